package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Convolution, direct: no image is unfolded as a whole. The lanes run over the filters, a tile is a
 * few positions of the kernel by 2 vectors of filters, and a tap is one broadcast number of the
 * image times 2 vectors of packed weights.
 *
 * <pre>
 *  weights, packed   [group][panel of 2 vectors of filters][kernel row][kernel column][channel]
 *  image, padded     [row][column][channel]: a row of the kernel is one run of neighbours
 *  scratch           [position][filters], a band of rows that the cache holds
 * </pre>
 *
 * <p>A piece of work is one band of one sample's rows: its convolution stays in the scratch, and a
 * finish reads it at once: copy it, take the maximum over each unit's pieces and its window of
 * positions, or select given winners. Each number is one chain over ascending kernel row, kernel
 * column and channel, beginning at its bias; the border's zeros are part of it.
 */
public final class ConvForward implements Workers.Task {
  /** Positions in one band, about. */
  private static final int BAND = 256;

  private ConvShape c;
  private float[] x;
  private float[] w;
  private float[] bias;
  private float[] y;
  private int[] winners;
  private boolean select;
  private boolean packing;
  private int bands;
  private int bandRows;
  private int panels;

  /** Positions in a tile. */
  private int tile;

  /** Filters in a tile and in a panel of packed weights. */
  private int panel;

  private float[] packed = {};
  private Scratch[] scratch = {};

  /** What a worker keeps. */
  private static final class Scratch {
    private final ConvPlane plane = new ConvPlane();
    private float[] block = {};
  }

  private ConvForward() {}

  /**
   * y[s][q][u] = max over the positions i of q's window and the pieces p of b[u·k+p] + ⟨patch(x[s],
   * i), W[u·k+p]⟩. Ties go to the lowest i, then to the lowest p; a NaN wins only at the first.
   *
   * @param x images [samples][height][width][channels]
   * @param w weights [filters][depth][kernel height][kernel width]
   * @param bias one a filter, or null for zeros
   * @param y [samples][rows][columns][units], overwritten
   * @param winners the winner i·k+p for each number of y, written; unused for a plain convolution
   */
  public static void convolve(
      Workers workers,
      ConvShape c,
      float[] x,
      int samples,
      float[] w,
      float[] bias,
      float[] y,
      int[] winners) {
    run(workers, c, x, samples, w, bias, y, winners, false);
  }

  /** y[s][q][u] = ⟨patch(x[s], i), W[u·k+p]⟩ at the given winners. */
  public static void select(
      Workers workers, ConvShape c, float[] x, int samples, float[] w, int[] winners, float[] y) {
    run(workers, c, x, samples, w, null, y, winners, true);
  }

  private static void run(
      Workers workers,
      ConvShape c,
      float[] x,
      int samples,
      float[] w,
      float[] bias,
      float[] y,
      int[] winners,
      boolean select) {
    if (!Lanes.VECTOR) {
      scalar(c, x, samples, w, bias, y, winners, select);
      return;
    }
    ConvForward job = workers.scratch(ConvForward.class, ConvForward::new);
    job.c = c;
    job.x = x;
    job.w = w;
    job.bias = bias;
    job.y = y;
    job.winners = winners;
    job.select = select;
    job.convolve(workers, samples);
  }

  private void convolve(Workers workers, int samples) {
    panel = 2 * Lanes.COUNT;
    if (Lanes.manyRegisters() && c.filtersPerGroup() <= Lanes.COUNT) {
      panel = Lanes.COUNT;
    } else if (Lanes.manyRegisters() && Math.ceilDiv(c.filtersPerGroup(), panel) % 2 == 0) {
      panel = 4 * Lanes.COUNT;
    }
    tile = RowTiles.height(panel);
    panels = Math.ceilDiv(c.filtersPerGroup(), panel);
    packed = Packing.grown(packed, c.groups() * panels * c.taps() * panel);
    if (scratch.length < workers.threads()) {
      scratch = new Scratch[workers.threads()];
      Arrays.setAll(scratch, i -> new Scratch());
    }
    int wanted = Math.ceilDiv(BAND, c.pool().strideY() * c.convColumns());
    bands = Math.ceilDiv(c.rows(), Math.max(wanted, c.pool().height()));
    bandRows = Math.ceilDiv(c.rows(), bands);
    packing = true;
    workers.run(c.groups() * panels, this);
    packing = false;
    workers.run(samples * bands, this);
  }

  @Override
  public void run(int piece, int worker) {
    if (packing) {
      pack(piece / panels, piece % panels);
      return;
    }
    int sample = piece / bands;
    int first = piece % bands * bandRows;
    int rows = Math.min(bandRows, c.rows() - first);
    if (rows > 0) {
      band(sample, first, rows, scratch[worker]);
    }
  }

  /** The filter in column j of a group: all first pieces, then all second ones. */
  private static int filter(ConvShape c, int group, int j) {
    int units = c.unitsPerGroup();
    return (group * units + j % units) * c.pieces() + j / units;
  }

  private void pack(int group, int number) {
    int area = c.kernel().area();
    int at = Packing.START + (group * panels + number) * c.taps() * panel;
    int used = Math.min(panel, c.filtersPerGroup() - number * panel);
    if (used < panel) {
      Arrays.fill(packed, at, at + c.taps() * panel, 0);
    }
    for (int j = 0; j < used; j++) {
      int from = filter(c, group, number * panel + j) * c.taps();
      for (int i = 0; i < c.depth(); i++) {
        for (int tap = 0; tap < area; tap++) {
          packed[at + (tap * c.depth() + i) * panel + j] = w[from + i * area + tap];
        }
      }
    }
  }

  private void band(int sample, int first, int rows, Scratch own) {
    int convFirst = first * c.pool().strideY();
    int convRows = (rows - 1) * c.pool().strideY() + c.pool().height();
    int positions = convRows * c.convColumns();
    int width = panels * panel;
    own.block = Gemm.grown(own.block, (positions + tile) * width);
    for (int group = 0; group < c.groups(); group++) {
      own.plane.fill(c, x, sample, group, convFirst, convRows, tile);
      begin(group, own.block, positions, width);
      product(group, own.plane, own.block, convFirst, convRows, width);
      finish(group, sample * c.rows() + first, rows, own.block, width);
    }
  }

  /** Every chain begins at its bias: the first position's are written, then doubled. */
  private void begin(int group, float[] block, int positions, int width) {
    Arrays.fill(block, 0, width, 0);
    for (int j = 0; bias != null && j < c.filtersPerGroup(); j++) {
      block[j] = bias[filter(c, group, j)];
    }
    int size = positions * width;
    for (int done = width; done < size; done *= 2) {
      System.arraycopy(block, 0, block, done, Math.min(done, size - done));
    }
  }

  /** One run of weights stays in the nearest cache while all positions pass. */
  private void product(
      int group, ConvPlane plane, float[] block, int convFirst, int convRows, int width) {
    int run = ConvPlane.run(c);
    int low = RowTiles.low(panel);
    for (int n = 0; n < panels; n++) {
      for (int r = 0; r < ConvPlane.runs(c); r++) {
        int weights = Packing.START + ((group * panels + n) * c.taps() + r * run) * panel;
        int end =
            (ConvPlane.unfolds(c) ? convRows : lastRow(r, convFirst, convRows)) * c.convColumns();
        int i = (ConvPlane.unfolds(c) ? 0 : firstRow(r, convFirst)) * c.convColumns();
        while (i < end) {
          int height = end - i <= low ? low : tile;
          int at = i * width + n * panel;
          RowTiles.tile(
              height,
              panel,
              run,
              plane.data(c),
              plane.places(c),
              i,
              r * ConvPlane.runStride(c),
              packed,
              weights,
              block,
              at,
              width,
              block,
              at,
              width);
          i += height;
        }
      }
    }
  }

  /** The band's first row whose kernel row r lies in the image: a border's zeros add nothing. */
  private int firstRow(int r, int convFirst) {
    return Math.max(0, Math.ceilDiv(c.kernel().top() - r, c.kernel().strideY()) - convFirst);
  }

  /** Past the band's last row whose kernel row r lies in the image. */
  private int lastRow(int r, int convFirst, int convRows) {
    int last = Math.floorDiv(c.height() - 1 + c.kernel().top() - r, c.kernel().strideY());
    return Math.min(convRows, last + 1 - convFirst);
  }

  /** From the block to y: rows of windows that begin at this row of all samples' rows. */
  private void finish(int group, int row, int rows, float[] block, int width) {
    int units = c.unitsPerGroup();
    if (c.plain() && c.groups() == 1 && width == c.units()) {
      System.arraycopy(block, 0, y, row * c.columns() * units, rows * c.columns() * units);
      return;
    }
    for (int q = 0; q < rows * c.columns(); q++) {
      int top = q / c.columns() * c.pool().strideY();
      int left = q % c.columns() * c.pool().strideX();
      int at = (top * c.convColumns() + left) * width;
      int to = (row * c.columns() + q) * c.units() + group * units;
      if (c.plain()) {
        System.arraycopy(block, at, y, to, units);
      } else if (select) {
        select(block, at, width, to);
      } else {
        maximum(block, at, width, to);
      }
    }
  }

  private void select(float[] block, int at, int width, int to) {
    int units = c.unitsPerGroup();
    for (int u = 0; u < units; u++) {
      int winner = winners[to + u];
      int position = c.winnerRow(0, winner) * c.convColumns() + c.winnerColumn(0, winner);
      y[to + u] = block[at + position * width + winner % c.pieces() * units + u];
    }
  }

  private void maximum(float[] block, int at, int width, int to) {
    int units = c.unitsPerGroup();
    int rowStep = c.convColumns() * width;
    Window pool = c.pool();
    int u = 0;
    for (; u + Lanes.COUNT <= units; u += Lanes.COUNT) {
      Simd.maximum(
          block,
          at + u,
          pool.height(),
          rowStep,
          pool.width(),
          width,
          c.pieces(),
          units,
          y,
          winners,
          to + u);
    }
    for (; u < units; u++) {
      float best = block[at + u];
      int winner = 0;
      for (int i = 1; i < pool.area() * c.pieces(); i++) {
        int position = c.winnerRow(0, i) * c.convColumns() + c.winnerColumn(0, i);
        float value = block[at + position * width + i % c.pieces() * units + u];
        if (value > best) {
          best = value;
          winner = i;
        }
      }
      y[to + u] = best;
      winners[to + u] = winner;
    }
  }

  /** The twin: the definition. */
  static void scalar(
      ConvShape c,
      float[] x,
      int samples,
      float[] w,
      float[] bias,
      float[] y,
      int[] winners,
      boolean select) {
    int candidates = c.pool().area() * c.pieces();
    for (int at = 0; at < samples * c.outputs(); at++) {
      int unit = at % c.units();
      int q = at / c.units();
      int column = q % c.columns();
      int row = q / c.columns() % c.rows();
      int image = q / c.columns() / c.rows() * c.inputs();
      float best = 0;
      int winner = -1;
      for (int i = select ? winners[at] : 0; i < candidates; i++) {
        int filter = unit * c.pieces() + i % c.pieces();
        float begin = bias == null ? 0 : bias[filter];
        int top = c.winnerRow(row, i) * c.kernel().strideY() - c.kernel().top();
        int left = c.winnerColumn(column, i) * c.kernel().strideX() - c.kernel().left();
        float value = chain(c, x, image, w, filter, top, left, begin);
        if (winner < 0 || value > best) {
          best = value;
          winner = i;
        }
        if (select) {
          break;
        }
      }
      y[at] = best;
      if (!select && !c.plain()) {
        winners[at] = winner;
      }
    }
  }

  private static float chain(
      ConvShape c, float[] x, int image, float[] w, int filter, int top, int left, float begin) {
    int channel = filter / c.filtersPerGroup() * c.depth();
    float sum = begin;
    for (int ky = 0; ky < c.kernel().height(); ky++) {
      for (int kx = 0; kx < c.kernel().width(); kx++) {
        boolean inside =
            top + ky >= 0 && top + ky < c.height() && left + kx >= 0 && left + kx < c.width();
        int pixel = image + ((top + ky) * c.width() + left + kx) * c.channels() + channel;
        for (int i = 0; i < c.depth(); i++) {
          int tap = ((filter * c.depth() + i) * c.kernel().height() + ky) * c.kernel().width() + kx;
          sum = Math.fma(inside ? x[pixel + i] : 0, w[tap], sum);
        }
      }
    }
    return sum;
  }

  static final class Simd {

    private Simd() {}

    /** The largest of a window's positions and a unit's pieces, one vector of units. */
    static void maximum(
        float[] block,
        int at,
        int rows,
        int rowStep,
        int columns,
        int columnStep,
        int pieces,
        int pieceStep,
        float[] y,
        int[] winners,
        int to) {
      FloatVector best = FloatVector.fromArray(Species.F, block, at);
      IntVector winner = IntVector.zero(Species.I);
      int candidate = 0;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          for (int p = 0; p < pieces; p++) {
            FloatVector v =
                FloatVector.fromArray(
                    Species.F, block, at + i * rowStep + j * columnStep + p * pieceStep);
            VectorMask<Float> others = v.compare(VectorOperators.GT, best).not();
            best = v.blend(best, others);
            winner =
                IntVector.broadcast(Species.I, candidate).blend(winner, others.cast(Species.I));
            candidate++;
          }
        }
      }
      best.intoArray(y, to);
      winner.intoArray(winners, to);
    }
  }
}
