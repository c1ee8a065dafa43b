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
    tile = Lanes.manyRegisters() ? 8 : 4;
    if (Lanes.manyRegisters() && Math.ceilDiv(c.filtersPerGroup(), panel) % 2 == 0) {
      panel = 4 * Lanes.COUNT;
      tile = 6;
    }
    panels = Math.ceilDiv(c.filtersPerGroup(), panel);
    packed = Gemm.grown(packed, c.groups() * panels * c.taps() * panel);
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
    int at = (group * panels + number) * c.taps() * panel;
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
    int padded = Math.ceilDiv(positions, tile) * tile;
    int width = panels * panel;
    own.block = Gemm.grown(own.block, padded * width);
    for (int group = 0; group < c.groups(); group++) {
      own.plane.fill(c, x, sample, group, convFirst, convRows, tile);
      begin(group, own.block, padded, width);
      product(group, own.plane, own.block, padded, width);
      finish(group, sample * c.rows() + first, rows, own.block, width);
    }
  }

  /** Every chain begins at its bias. */
  private void begin(int group, float[] block, int positions, int width) {
    Arrays.fill(block, 0, width, 0);
    for (int j = 0; bias != null && j < c.filtersPerGroup(); j++) {
      block[j] = bias[filter(c, group, j)];
    }
    for (int i = 1; i < positions; i++) {
      System.arraycopy(block, 0, block, i * width, width);
    }
  }

  /** One run of weights stays in the nearest cache while all positions pass. */
  private void product(int group, ConvPlane plane, float[] block, int positions, int width) {
    float[] image = plane.data(c);
    int[] places = plane.places(c);
    int run = ConvPlane.run(c);
    int stride = ConvPlane.runStride(c);
    for (int n = 0; n < panels; n++) {
      for (int r = 0; r < ConvPlane.runs(c); r++) {
        int weights = ((group * panels + n) * c.taps() + r * run) * panel;
        for (int i = 0; i < positions; i += tile) {
          int at = i * width + n * panel;
          switch (tile) {
            case 6 ->
                Simd.rows6x4(run, image, places, i, r * stride, packed, weights, block, at, width);
            case 8 ->
                Simd.rows8x2(run, image, places, i, r * stride, packed, weights, block, at, width);
            default ->
                Simd.rows4x2(run, image, places, i, r * stride, packed, weights, block, at, width);
          }
        }
      }
    }
  }

  /** From the block to y: rows of windows that begin at this row of all samples' rows. */
  private void finish(int group, int row, int rows, float[] block, int width) {
    int units = c.unitsPerGroup();
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
    private static final int L = Species.L;

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
            VectorMask<Float> larger = v.compare(VectorOperators.GT, best);
            best = best.blend(v, larger);
            winner = winner.blend(candidate, larger.cast(Species.I));
            candidate++;
          }
        }
      }
      best.intoArray(y, to);
      winner.intoArray(winners, to);
    }

    static void rows4x2(
        int run,
        float[] a,
        int[] places,
        int first,
        int add,
        float[] b,
        int bAt,
        float[] c,
        int at,
        int ldc) {
      FloatVector c00 = FloatVector.fromArray(Species.F, c, at);
      FloatVector c01 = FloatVector.fromArray(Species.F, c, at + L);
      FloatVector c10 = FloatVector.fromArray(Species.F, c, at + ldc);
      FloatVector c11 = FloatVector.fromArray(Species.F, c, at + ldc + L);
      FloatVector c20 = FloatVector.fromArray(Species.F, c, at + 2 * ldc);
      FloatVector c21 = FloatVector.fromArray(Species.F, c, at + 2 * ldc + L);
      FloatVector c30 = FloatVector.fromArray(Species.F, c, at + 3 * ldc);
      FloatVector c31 = FloatVector.fromArray(Species.F, c, at + 3 * ldc + L);
      int r0 = places[first] + add;
      int r1 = places[first + 1] + add;
      int r2 = places[first + 2] + add;
      int r3 = places[first + 3] + add;
      for (int p = 0; p < run; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L + L);
        FloatVector a0 = FloatVector.broadcast(Species.F, a[r0 + p]);
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        FloatVector a1 = FloatVector.broadcast(Species.F, a[r1 + p]);
        c10 = a1.fma(b0, c10);
        c11 = a1.fma(b1, c11);
        FloatVector a2 = FloatVector.broadcast(Species.F, a[r2 + p]);
        c20 = a2.fma(b0, c20);
        c21 = a2.fma(b1, c21);
        FloatVector a3 = FloatVector.broadcast(Species.F, a[r3 + p]);
        c30 = a3.fma(b0, c30);
        c31 = a3.fma(b1, c31);
      }
      c00.intoArray(c, at);
      c01.intoArray(c, at + L);
      c10.intoArray(c, at + ldc);
      c11.intoArray(c, at + ldc + L);
      c20.intoArray(c, at + 2 * ldc);
      c21.intoArray(c, at + 2 * ldc + L);
      c30.intoArray(c, at + 3 * ldc);
      c31.intoArray(c, at + 3 * ldc + L);
    }

    static void rows8x2(
        int run,
        float[] a,
        int[] places,
        int first,
        int add,
        float[] b,
        int bAt,
        float[] c,
        int at,
        int ldc) {
      FloatVector c00 = FloatVector.fromArray(Species.F, c, at);
      FloatVector c01 = FloatVector.fromArray(Species.F, c, at + L);
      FloatVector c10 = FloatVector.fromArray(Species.F, c, at + ldc);
      FloatVector c11 = FloatVector.fromArray(Species.F, c, at + ldc + L);
      FloatVector c20 = FloatVector.fromArray(Species.F, c, at + 2 * ldc);
      FloatVector c21 = FloatVector.fromArray(Species.F, c, at + 2 * ldc + L);
      FloatVector c30 = FloatVector.fromArray(Species.F, c, at + 3 * ldc);
      FloatVector c31 = FloatVector.fromArray(Species.F, c, at + 3 * ldc + L);
      FloatVector c40 = FloatVector.fromArray(Species.F, c, at + 4 * ldc);
      FloatVector c41 = FloatVector.fromArray(Species.F, c, at + 4 * ldc + L);
      FloatVector c50 = FloatVector.fromArray(Species.F, c, at + 5 * ldc);
      FloatVector c51 = FloatVector.fromArray(Species.F, c, at + 5 * ldc + L);
      FloatVector c60 = FloatVector.fromArray(Species.F, c, at + 6 * ldc);
      FloatVector c61 = FloatVector.fromArray(Species.F, c, at + 6 * ldc + L);
      FloatVector c70 = FloatVector.fromArray(Species.F, c, at + 7 * ldc);
      FloatVector c71 = FloatVector.fromArray(Species.F, c, at + 7 * ldc + L);
      int r0 = places[first] + add;
      int r1 = places[first + 1] + add;
      int r2 = places[first + 2] + add;
      int r3 = places[first + 3] + add;
      int r4 = places[first + 4] + add;
      int r5 = places[first + 5] + add;
      int r6 = places[first + 6] + add;
      int r7 = places[first + 7] + add;
      for (int p = 0; p < run; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L + L);
        FloatVector a0 = FloatVector.broadcast(Species.F, a[r0 + p]);
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        FloatVector a1 = FloatVector.broadcast(Species.F, a[r1 + p]);
        c10 = a1.fma(b0, c10);
        c11 = a1.fma(b1, c11);
        FloatVector a2 = FloatVector.broadcast(Species.F, a[r2 + p]);
        c20 = a2.fma(b0, c20);
        c21 = a2.fma(b1, c21);
        FloatVector a3 = FloatVector.broadcast(Species.F, a[r3 + p]);
        c30 = a3.fma(b0, c30);
        c31 = a3.fma(b1, c31);
        FloatVector a4 = FloatVector.broadcast(Species.F, a[r4 + p]);
        c40 = a4.fma(b0, c40);
        c41 = a4.fma(b1, c41);
        FloatVector a5 = FloatVector.broadcast(Species.F, a[r5 + p]);
        c50 = a5.fma(b0, c50);
        c51 = a5.fma(b1, c51);
        FloatVector a6 = FloatVector.broadcast(Species.F, a[r6 + p]);
        c60 = a6.fma(b0, c60);
        c61 = a6.fma(b1, c61);
        FloatVector a7 = FloatVector.broadcast(Species.F, a[r7 + p]);
        c70 = a7.fma(b0, c70);
        c71 = a7.fma(b1, c71);
      }
      c00.intoArray(c, at);
      c01.intoArray(c, at + L);
      c10.intoArray(c, at + ldc);
      c11.intoArray(c, at + ldc + L);
      c20.intoArray(c, at + 2 * ldc);
      c21.intoArray(c, at + 2 * ldc + L);
      c30.intoArray(c, at + 3 * ldc);
      c31.intoArray(c, at + 3 * ldc + L);
      c40.intoArray(c, at + 4 * ldc);
      c41.intoArray(c, at + 4 * ldc + L);
      c50.intoArray(c, at + 5 * ldc);
      c51.intoArray(c, at + 5 * ldc + L);
      c60.intoArray(c, at + 6 * ldc);
      c61.intoArray(c, at + 6 * ldc + L);
      c70.intoArray(c, at + 7 * ldc);
      c71.intoArray(c, at + 7 * ldc + L);
    }

    static void rows6x4(
        int run,
        float[] a,
        int[] places,
        int first,
        int add,
        float[] b,
        int bAt,
        float[] c,
        int at,
        int ldc) {
      FloatVector c00 = FloatVector.fromArray(Species.F, c, at);
      FloatVector c01 = FloatVector.fromArray(Species.F, c, at + L);
      FloatVector c02 = FloatVector.fromArray(Species.F, c, at + 2 * L);
      FloatVector c03 = FloatVector.fromArray(Species.F, c, at + 3 * L);
      FloatVector c10 = FloatVector.fromArray(Species.F, c, at + ldc);
      FloatVector c11 = FloatVector.fromArray(Species.F, c, at + ldc + L);
      FloatVector c12 = FloatVector.fromArray(Species.F, c, at + ldc + 2 * L);
      FloatVector c13 = FloatVector.fromArray(Species.F, c, at + ldc + 3 * L);
      FloatVector c20 = FloatVector.fromArray(Species.F, c, at + 2 * ldc);
      FloatVector c21 = FloatVector.fromArray(Species.F, c, at + 2 * ldc + L);
      FloatVector c22 = FloatVector.fromArray(Species.F, c, at + 2 * ldc + 2 * L);
      FloatVector c23 = FloatVector.fromArray(Species.F, c, at + 2 * ldc + 3 * L);
      FloatVector c30 = FloatVector.fromArray(Species.F, c, at + 3 * ldc);
      FloatVector c31 = FloatVector.fromArray(Species.F, c, at + 3 * ldc + L);
      FloatVector c32 = FloatVector.fromArray(Species.F, c, at + 3 * ldc + 2 * L);
      FloatVector c33 = FloatVector.fromArray(Species.F, c, at + 3 * ldc + 3 * L);
      FloatVector c40 = FloatVector.fromArray(Species.F, c, at + 4 * ldc);
      FloatVector c41 = FloatVector.fromArray(Species.F, c, at + 4 * ldc + L);
      FloatVector c42 = FloatVector.fromArray(Species.F, c, at + 4 * ldc + 2 * L);
      FloatVector c43 = FloatVector.fromArray(Species.F, c, at + 4 * ldc + 3 * L);
      FloatVector c50 = FloatVector.fromArray(Species.F, c, at + 5 * ldc);
      FloatVector c51 = FloatVector.fromArray(Species.F, c, at + 5 * ldc + L);
      FloatVector c52 = FloatVector.fromArray(Species.F, c, at + 5 * ldc + 2 * L);
      FloatVector c53 = FloatVector.fromArray(Species.F, c, at + 5 * ldc + 3 * L);
      int r0 = places[first] + add;
      int r1 = places[first + 1] + add;
      int r2 = places[first + 2] + add;
      int r3 = places[first + 3] + add;
      int r4 = places[first + 4] + add;
      int r5 = places[first + 5] + add;
      for (int p = 0; p < run; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * 4 * L);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, bAt + p * 4 * L + L);
        FloatVector b2 = FloatVector.fromArray(Species.F, b, bAt + p * 4 * L + 2 * L);
        FloatVector b3 = FloatVector.fromArray(Species.F, b, bAt + p * 4 * L + 3 * L);
        FloatVector a0 = FloatVector.broadcast(Species.F, a[r0 + p]);
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        c02 = a0.fma(b2, c02);
        c03 = a0.fma(b3, c03);
        FloatVector a1 = FloatVector.broadcast(Species.F, a[r1 + p]);
        c10 = a1.fma(b0, c10);
        c11 = a1.fma(b1, c11);
        c12 = a1.fma(b2, c12);
        c13 = a1.fma(b3, c13);
        FloatVector a2 = FloatVector.broadcast(Species.F, a[r2 + p]);
        c20 = a2.fma(b0, c20);
        c21 = a2.fma(b1, c21);
        c22 = a2.fma(b2, c22);
        c23 = a2.fma(b3, c23);
        FloatVector a3 = FloatVector.broadcast(Species.F, a[r3 + p]);
        c30 = a3.fma(b0, c30);
        c31 = a3.fma(b1, c31);
        c32 = a3.fma(b2, c32);
        c33 = a3.fma(b3, c33);
        FloatVector a4 = FloatVector.broadcast(Species.F, a[r4 + p]);
        c40 = a4.fma(b0, c40);
        c41 = a4.fma(b1, c41);
        c42 = a4.fma(b2, c42);
        c43 = a4.fma(b3, c43);
        FloatVector a5 = FloatVector.broadcast(Species.F, a[r5 + p]);
        c50 = a5.fma(b0, c50);
        c51 = a5.fma(b1, c51);
        c52 = a5.fma(b2, c52);
        c53 = a5.fma(b3, c53);
      }
      c00.intoArray(c, at);
      c01.intoArray(c, at + L);
      c02.intoArray(c, at + 2 * L);
      c03.intoArray(c, at + 3 * L);
      c10.intoArray(c, at + ldc);
      c11.intoArray(c, at + ldc + L);
      c12.intoArray(c, at + ldc + 2 * L);
      c13.intoArray(c, at + ldc + 3 * L);
      c20.intoArray(c, at + 2 * ldc);
      c21.intoArray(c, at + 2 * ldc + L);
      c22.intoArray(c, at + 2 * ldc + 2 * L);
      c23.intoArray(c, at + 2 * ldc + 3 * L);
      c30.intoArray(c, at + 3 * ldc);
      c31.intoArray(c, at + 3 * ldc + L);
      c32.intoArray(c, at + 3 * ldc + 2 * L);
      c33.intoArray(c, at + 3 * ldc + 3 * L);
      c40.intoArray(c, at + 4 * ldc);
      c41.intoArray(c, at + 4 * ldc + L);
      c42.intoArray(c, at + 4 * ldc + 2 * L);
      c43.intoArray(c, at + 4 * ldc + 3 * L);
      c50.intoArray(c, at + 5 * ldc);
      c51.intoArray(c, at + 5 * ldc + L);
      c52.intoArray(c, at + 5 * ldc + 2 * L);
      c53.intoArray(c, at + 5 * ldc + 3 * L);
    }
  }
}
