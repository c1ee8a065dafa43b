package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;

/**
 * The derivative of convolution's form T(dy, x, W) = Σ dy[s][q][u]·⟨patch(x[s], i), W[u·k+p]⟩, i
 * and p the winners, with respect to x: the input gradient.
 *
 * <p>After max pooling and ReLU few positions and filters carry gradient. Those that do are listed
 * by position; then for each row of the kernel and each position, one run of dx takes up the sum of
 * its listed filters' weights ({@link RowSums}). Each element of dx is one chain over ascending
 * rows of the convolution, windows q, and units u, zeros of dy skipped.
 *
 * <p>With few channels that run is too short for vectors; then ({@link ConvInputFew}) the lanes run
 * along the image's rows, in the same order. And where most of dy carries gradient, lists do not
 * pay ({@link ConvInputDense}).
 */
public final class ConvInput implements Workers.Task {
  /** Positions in one band, about: their lists stay in the cache. */
  private static final int BAND = 256;

  private ConvShape c;
  private float[] dy;
  private float[] w;
  private int[] winners;
  private float[] dx;
  private boolean packing;
  private boolean plain;
  private float[] packed = {};
  private final ConvWinners table = new ConvWinners();
  private Scratch[] scratch = {};

  /** What a worker keeps: a padded dx and the list of filters that carry gradient. */
  private static final class Scratch {
    private float[] plane = {};
    private int[] rows = {};
    private float[] scale = {};
    private int[] counts = {};
  }

  private ConvInput() {}

  /**
   * The input gradient.
   *
   * @param dy [samples][rows][columns][units]
   * @param w weights [filters][depth][kernel height][kernel width]
   * @param winners as {@link ConvForward#convolve} left them; unused for a plain convolution
   * @param dx [samples][height][width][channels], overwritten
   */
  public static void gradient(
      Workers workers, ConvShape c, float[] dy, int samples, float[] w, int[] winners, float[] dx) {
    if (!Lanes.VECTOR) {
      scalar(c, dy, samples, w, winners, dx);
    } else if (ConvInputFew.fits(c)) {
      ConvInputFew.gradient(workers, c, dy, samples, w, winners, dx);
    } else if (ConvInputDense.fits(workers, c, dy, samples)) {
      ConvInputDense.gradient(workers, c, dy, samples, w, dx);
    } else {
      ConvInput job = workers.scratch(ConvInput.class, ConvInput::new);
      job.c = c;
      job.dy = dy;
      job.w = w;
      job.winners = winners;
      job.dx = dx;
      job.gradient(workers, samples);
    }
  }

  private void gradient(Workers workers, int samples) {
    table.set(c);
    plain = c.plain();
    packed = Packing.grown(packed, c.filters() * c.taps());
    if (scratch.length < workers.threads()) {
      scratch = new Scratch[workers.threads()];
      Arrays.setAll(scratch, i -> new Scratch());
    }
    packing = true;
    workers.run(c.filters(), this);
    packing = false;
    workers.run(samples, this);
  }

  @Override
  public void run(int piece, int worker) {
    if (packing) {
      pack(piece);
    } else if (!ConvPlane.idle(c, dy, piece, dx)) {
      sample(piece, scratch[worker]);
    }
  }

  /** To [group][kernel row][filter of the group][kernel column][channel]. */
  private void pack(int filter) {
    int group = filter / c.filtersPerGroup();
    int j = filter % c.filtersPerGroup();
    int kw = c.kernel().width();
    for (int ky = 0; ky < c.kernel().height(); ky++) {
      int at = row(group, ky) + j * c.run();
      for (int i = 0; i < c.depth(); i++) {
        int from = ((filter * c.depth() + i) * c.kernel().height() + ky) * kw;
        for (int kx = 0; kx < kw; kx++) {
          packed[at + kx * c.depth() + i] = w[from + kx];
        }
      }
    }
  }

  /** Where the packed weights of one group and one row of the kernel begin. */
  private int row(int group, int ky) {
    return Packing.START + (group * c.kernel().height() + ky) * c.filtersPerGroup() * c.run();
  }

  private void sample(int sample, Scratch own) {
    int size = c.paddedHeight() * c.rowStride();
    own.plane = Packing.grown(own.plane, size);
    // Where windows overlap, two bands would share a row of the convolution.
    int band = c.pool().overlaps() ? c.rows() : Math.ceilDiv(BAND, c.columns() * c.pool().area());
    for (int group = 0; group < c.groups(); group++) {
      Arrays.fill(own.plane, Packing.START, Packing.START + size, 0);
      for (int row = 0; row < c.rows(); row += band) {
        int rows = Math.min(band, c.rows() - row);
        list(sample, group, row, rows, own);
        for (int ky = c.kernel().height() - 1; ky >= 0; ky--) {
          spread(group, ky, row, rows, own);
        }
      }
      copy(sample, group, own.plane);
    }
  }

  /**
   * The filters that carry gradient, by window and position in the window, units ascending. A zero
   * is written too, and the next entry overwrites it: half of the numbers are zero, and a branch
   * would be guessed wrongly every other time.
   */
  private void list(int sample, int group, int row, int rows, Scratch own) {
    int units = c.unitsPerGroup();
    int area = c.pool().area();
    int buckets = rows * c.columns() * area;
    if (own.rows.length < buckets * units) {
      own.rows = new int[buckets * units];
      own.scale = new float[buckets * units];
    }
    if (own.counts.length < buckets) {
      own.counts = new int[buckets];
    }
    int[] counts = own.counts;
    Arrays.fill(counts, 0, buckets, 0);
    int at = ((sample * c.rows() + row) * c.columns()) * c.units() + group * units;
    for (int first = 0; first < buckets; first += area) {
      for (int u = 0; u < units; u++) {
        float d = dy[at + u];
        int winner = plain ? 0 : winners[at + u];
        int bucket = first + table.position(winner);
        int e = bucket * units + counts[bucket];
        own.rows[e] = (u * c.pieces() + table.piece(winner)) * c.run();
        own.scale[e] = d;
        counts[bucket] += ConvPlane.oneUnlessZero(d);
      }
      at += c.units();
    }
  }

  /** One row of the kernel: every listed position adds to one run of dx. */
  private void spread(int group, int ky, int row, int rows, Scratch own) {
    int area = c.pool().area();
    int column = row(group, ky);
    int run = c.run();
    int units = c.unitsPerGroup();
    int bucket = 0;
    for (int y = row; y < row + rows; y++) {
      for (int x = 0; x < c.columns(); x++) {
        int window = c.place(y * c.pool().strideY(), x * c.pool().strideX());
        window += Packing.START + ky * c.rowStride();
        for (int i = 0; i < area; i++) {
          int from = bucket * units;
          int to = from + own.counts[bucket];
          bucket++;
          if (from < to) {
            int first = i * c.pieces();
            int at = window + c.place(table.row(first), table.column(first));
            RowSums.add(packed, column, own.rows, own.scale, from, to, own.plane, at, run);
          }
        }
      }
    }
  }

  /** Leaves the border out. */
  private void copy(int sample, int group, float[] plane) {
    int depth = c.depth();
    for (int y = 0; y < c.height(); y++) {
      int from = (y + c.kernel().top()) * c.rowStride() + c.kernel().left() * depth;
      from += Packing.START;
      int to = sample * c.inputs() + y * c.width() * c.channels() + group * depth;
      if (c.groups() == 1) {
        System.arraycopy(plane, from, dx, to, c.width() * depth);
      } else {
        for (int x = 0; x < c.width(); x++) {
          System.arraycopy(plane, from + x * depth, dx, to + x * c.channels(), depth);
        }
      }
    }
  }

  /** The twin: the definition. */
  static void scalar(ConvShape c, float[] dy, int samples, float[] w, int[] winners, float[] dx) {
    Arrays.fill(dx, 0, samples * c.inputs(), 0);
    for (int s = 0; s < samples; s++) {
      for (int row = 0; row < c.convRows(); row++) {
        for (int q = 0; q < c.rows() * c.columns(); q++) {
          for (int i = 0; i < c.pool().area(); i++) {
            if (c.winnerRow(q / c.columns(), i * c.pieces()) == row) {
              scalarPosition(c, dy, w, winners, dx, s, q, i);
            }
          }
        }
      }
    }
  }

  private static void scalarPosition(
      ConvShape c, float[] dy, float[] w, int[] winners, float[] dx, int s, int q, int i) {
    int top = c.winnerRow(q / c.columns(), i * c.pieces()) * c.kernel().strideY();
    int left = c.winnerColumn(q % c.columns(), i * c.pieces()) * c.kernel().strideX();
    for (int u = 0; u < c.units(); u++) {
      int at = (s * c.rows() * c.columns() + q) * c.units() + u;
      int winner = c.plain() ? 0 : winners[at];
      if (dy[at] == 0 || winner / c.pieces() != i) {
        continue;
      }
      int filter = u * c.pieces() + winner % c.pieces();
      int channel = filter / c.filtersPerGroup() * c.depth();
      for (int tap = 0; tap < c.taps(); tap++) {
        int y = top + tap / c.kernel().width() % c.kernel().height() - c.kernel().top();
        int x = left + tap % c.kernel().width() - c.kernel().left();
        if (y >= 0 && y < c.height() && x >= 0 && x < c.width()) {
          int to =
              s * c.inputs()
                  + (y * c.width() + x) * c.channels()
                  + channel
                  + tap / c.kernel().area();
          dx[to] = Math.fma(dy[at], w[filter * c.taps() + tap], dx[to]);
        }
      }
    }
  }
}
