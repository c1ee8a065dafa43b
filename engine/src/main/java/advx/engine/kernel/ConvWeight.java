package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;

/**
 * The derivative of convolution's form T(dy, x, W) = Σ dy[s][q][u]·⟨patch(x[s], i), W[u·k+p]⟩, i
 * and p the winners, with respect to W: the weight gradient.
 *
 * <p>For each filter the positions that carry gradient are listed, and each row of its kernel is
 * the sum of the runs of the image under them ({@link RowSums}). Where most of dy carries gradient,
 * tiles of filters take all positions ({@link OuterTiles}). One sample's share is a chain over
 * ascending windows q, zeros of dy skipped; the shares are added up over ascending samples.
 */
public final class ConvWeight implements Workers.Task {
  /** Filters in one piece of work, about. */
  private static final int FILTERS = 16;

  /** Positions in one band, about. */
  private static final int BAND = 256;

  private ConvShape c;
  private float[] dy;
  private float[] x;
  private int[] winners;
  private float[] dw;
  private int samples;
  private int unitsPerPiece;
  private int piecesPerGroup;
  private int bandRows;
  private int rowSize;
  private boolean dense;
  private final ConvWinners table = new ConvWinners();
  private Scratch[] scratch = {};

  /** What a worker keeps. */
  private static final class Scratch {
    private final ConvPlane plane = new ConvPlane();
    private int[] rows = {};
    private float[] scale = {};
    private int[] counts = {};
    private int[] windows = {};
    private int[] steps = {};
    private float[] share = {};
    private float[] sum = {};
  }

  private ConvWeight() {}

  /**
   * The weight gradient.
   *
   * @param dy [samples][rows][columns][units]
   * @param x images [samples][height][width][channels]
   * @param winners as {@link ConvForward#convolve} left them; unused for a plain convolution
   * @param dw [filters][depth][kernel height][kernel width], overwritten
   */
  public static void gradient(
      Workers workers, ConvShape c, float[] dy, int samples, float[] x, int[] winners, float[] dw) {
    if (!Lanes.VECTOR) {
      scalar(c, dy, samples, x, winners, dw);
      return;
    }
    ConvWeight job = workers.scratch(ConvWeight.class, ConvWeight::new);
    job.c = c;
    job.dy = dy;
    job.samples = samples;
    job.x = x;
    job.winners = winners;
    job.dw = dw;
    job.gradient(workers);
  }

  private void gradient(Workers workers) {
    table.set(c);
    // Filters enough for one piece are shared by two threads.
    int filters = c.filtersPerGroup() > FILTERS ? FILTERS : FILTERS / 2;
    unitsPerPiece = Math.max(1, filters / c.pieces());
    piecesPerGroup = Math.ceilDiv(c.unitsPerGroup(), unitsPerPiece);
    bandRows = Math.ceilDiv(BAND, c.columns() * c.pool().strideY() * c.pool().strideX());
    dense = c.plain() && ConvInputDense.dense(dy, samples * c.outputs());
    // Whole vectors, or tiles: what is too much is never read.
    int whole = dense ? OuterTiles.WIDTH : Lanes.COUNT;
    rowSize = Math.ceilDiv(ConvPlane.run(c), whole) * whole;
    if (scratch.length < workers.threads()) {
      scratch = new Scratch[workers.threads()];
      Arrays.setAll(scratch, i -> new Scratch());
    }
    workers.run(c.groups() * piecesPerGroup, this);
  }

  @Override
  public void run(int piece, int worker) {
    Scratch own = scratch[worker];
    int group = piece / piecesPerGroup;
    int unit = piece % piecesPerGroup * unitsPerPiece;
    int units = Math.min(unitsPerPiece, c.unitsPerGroup() - unit);
    unit += group * c.unitsPerGroup();
    int filters = units * c.pieces();
    int size = filters * ConvPlane.runs(c) * rowSize;
    int capacity = Math.min(bandRows, c.rows()) * c.columns();
    own.share = Packing.grown(own.share, size);
    own.sum = Gemm.grown(own.sum, size);
    own.rows = Gemm.grown(own.rows, filters * capacity);
    own.scale = Gemm.grown(own.scale, filters * capacity);
    own.counts = Gemm.grown(own.counts, filters);
    own.windows = Gemm.grown(own.windows, capacity);
    own.steps = Gemm.grown(own.steps, c.pool().area() * c.pieces());
    Arrays.fill(own.sum, 0, size, 0);
    for (int s = 0; s < samples; s++) {
      Arrays.fill(own.share, Packing.START, Packing.START + size, 0);
      for (int row = 0; row < c.rows(); row += bandRows) {
        int rows = Math.min(bandRows, c.rows() - row);
        int convRows = (rows - 1) * c.pool().strideY() + c.pool().height();
        own.plane.fill(c, x, s, group, row * c.pool().strideY(), convRows, 1);
        places(rows, own);
        int tiled = dense ? filters / OuterTiles.FILTERS * OuterTiles.FILTERS : 0;
        tiles(s, row, rows, unit, tiled, own);
        list(s, row, rows, unit, tiled, units, capacity, own);
        for (int f = tiled; f < filters; f++) {
          add(f, capacity, own);
        }
      }
      for (int i = 0; i < size; i++) {
        own.sum[i] += own.share[Packing.START + i];
      }
    }
    for (int f = 0; f < filters; f++) {
      unpack(unit * c.pieces() + f, f, own.sum);
    }
  }

  /**
   * The positions that carry gradient, by filter, windows ascending. A zero is written too, and the
   * next entry overwrites it, as in {@link ConvInput}.
   */
  private void list(
      int sample, int row, int rows, int unit, int from, int units, int capacity, Scratch own) {
    int windows = rows * c.columns();
    int at = (sample * c.rows() + row) * c.columns() * c.units() + unit;
    Arrays.fill(own.counts, 0, units * c.pieces(), 0);
    for (int u = from; u < units; u++) {
      if (c.pieces() == 1) {
        own.counts[u] = list(windows, at + u, u * capacity, own);
      } else {
        pieces(windows, at + u, u * c.pieces(), capacity, own);
      }
    }
  }

  /** Where each window begins, and how far from there its winners lie. */
  private void places(int rows, Scratch own) {
    int[] places = own.plane.places(c);
    Window pool = c.pool();
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < c.columns(); x++) {
        own.windows[y * c.columns() + x] =
            places[y * pool.strideY() * c.convColumns() + x * pool.strideX()];
      }
    }
    for (int i = 0; i < pool.area() * c.pieces(); i++) {
      own.steps[i] = places[table.step(i)] - places[0];
    }
  }

  /** One unit without pieces: its count stays in a register. Returns the number of entries. */
  private int list(int windows, int at, int to, Scratch own) {
    int[] begin = own.windows;
    int[] steps = own.steps;
    int[] places = own.rows;
    float[] scale = own.scale;
    int stride = c.units();
    int e = to;
    if (c.plain()) {
      for (int q = 0; q < windows; q++) {
        float d = dy[at + q * stride];
        places[e] = begin[q];
        scale[e] = d;
        e += ConvPlane.oneUnlessZero(d);
      }
    } else {
      for (int q = 0; q < windows; q++) {
        float d = dy[at + q * stride];
        places[e] = begin[q] + steps[winners[at + q * stride]];
        scale[e] = d;
        e += ConvPlane.oneUnlessZero(d);
      }
    }
    return e - to;
  }

  /** One unit whose winners belong to several filters. */
  private void pieces(int windows, int at, int filter, int capacity, Scratch own) {
    for (int q = 0; q < windows; q++) {
      float d = dy[at + q * c.units()];
      int winner = winners[at + q * c.units()];
      int f = filter + table.piece(winner);
      int e = f * capacity + own.counts[f];
      own.rows[e] = own.windows[q] + own.steps[winner];
      own.scale[e] = d;
      own.counts[f] += ConvPlane.oneUnlessZero(d);
    }
  }

  /** Filters 0 … count−1 of the piece, which are those of neighbouring units. */
  private void tiles(int sample, int row, int rows, int unit, int count, Scratch own) {
    int at = (sample * c.rows() + row) * c.columns() * c.units() + unit;
    for (int f = 0; f < count; f += OuterTiles.FILTERS) {
      for (int r = 0; r < ConvPlane.runs(c); r++) {
        for (int j = 0; j < rowSize; j += OuterTiles.WIDTH) {
          OuterTiles.add(
              dy,
              at + f,
              c.units(),
              own.plane.data(c),
              r * ConvPlane.runStride(c) + j,
              own.windows,
              rows * c.columns(),
              own.share,
              Packing.START + (f * ConvPlane.runs(c) + r) * rowSize + j,
              ConvPlane.runs(c) * rowSize);
        }
      }
    }
  }

  private void add(int f, int capacity, Scratch own) {
    int from = f * capacity;
    int to = from + own.counts[f];
    if (from == to) {
      return;
    }
    for (int r = 0; r < ConvPlane.runs(c); r++) {
      RowSums.add(
          own.plane.data(c),
          r * ConvPlane.runStride(c),
          own.rows,
          own.scale,
          from,
          to,
          own.share,
          Packing.START + (f * ConvPlane.runs(c) + r) * rowSize,
          rowSize);
    }
  }

  /** From [kernel row][kernel column][channel] to [channel][kernel row][kernel column]. */
  private void unpack(int filter, int f, float[] sum) {
    int width = c.kernel().width();
    int area = c.kernel().area();
    int rowStep = ConvPlane.unfolds(c) ? c.run() : rowSize;
    for (int i = 0; i < c.depth(); i++) {
      int to = filter * c.taps() + i * area;
      for (int ky = 0; ky < c.kernel().height(); ky++) {
        int from = f * ConvPlane.runs(c) * rowSize + ky * rowStep + i;
        for (int kx = 0; kx < width; kx++) {
          dw[to++] = sum[from + kx * c.depth()];
        }
      }
    }
  }

  /** The twin: the definition. */
  static void scalar(ConvShape c, float[] dy, int samples, float[] x, int[] winners, float[] dw) {
    Arrays.fill(dw, 0, c.filters() * c.taps(), 0);
    for (int filter = 0; filter < c.filters(); filter++) {
      for (int tap = 0; tap < c.taps(); tap++) {
        float sum = 0;
        for (int s = 0; s < samples; s++) {
          sum += share(c, dy, s, x, winners, filter, tap);
        }
        dw[filter * c.taps() + tap] = sum;
      }
    }
  }

  private static float share(
      ConvShape c, float[] dy, int s, float[] x, int[] winners, int filter, int tap) {
    int channel = filter / c.filtersPerGroup() * c.depth() + tap / c.kernel().area();
    int ky = tap / c.kernel().width() % c.kernel().height() - c.kernel().top();
    int kx = tap % c.kernel().width() - c.kernel().left();
    float share = 0;
    for (int q = 0; q < c.rows() * c.columns(); q++) {
      int at = (s * c.rows() * c.columns() + q) * c.units() + filter / c.pieces();
      int winner = c.plain() ? 0 : winners[at];
      if (dy[at] != 0 && winner % c.pieces() == filter % c.pieces()) {
        int row = c.winnerRow(q / c.columns(), winner) * c.kernel().strideY() + ky;
        int column = c.winnerColumn(q % c.columns(), winner) * c.kernel().strideX() + kx;
        if (row >= 0 && row < c.height() && column >= 0 && column < c.width()) {
          int pixel = s * c.inputs() + (row * c.width() + column) * c.channels() + channel;
          share = Math.fma(dy[at], x[pixel], share);
        }
      }
    }
    return share;
  }
}
