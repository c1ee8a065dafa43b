package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The input gradient of a convolution with few channels, an image's first one: the lanes run along
 * the rows of the image.
 *
 * <p>dy is spread to one plane a filter, [row][filter][column], with a border of zeros; then
 * dx[y][x] is one chain over ascending rows of the convolution (descending kernel rows), columns of
 * the convolution, and filters: the order of {@link ConvInput}, whose scalar twin is this one's
 * too.
 */
final class ConvInputFew implements Workers.Task {
  /** Channels of a group up to which this way is the faster one. */
  private static final int FEW = 4;

  /** Rows of dx in a tile of 2 vectors. */
  private static final int MR = 4;

  private static final int NR = 2 * Lanes.COUNT;

  private ConvShape c;
  private float[] dy;
  private float[] w;
  private int[] winners;
  private float[] dx;
  private int rowSize;
  private int planeWidth;
  private float[] packed = {};
  private final ConvWinners table = new ConvWinners();
  private Scratch[] scratch = {};

  /** What a worker keeps: the planes of dy and a tile of dx. */
  private static final class Scratch {
    private float[] planes = {};
    private final float[] tile = new float[MR * NR];
  }

  private ConvInputFew() {}

  static boolean fits(ConvShape c) {
    return c.depth() <= FEW
        && c.kernel().strideY() * c.kernel().strideX() == 1
        && !c.pool().overlaps();
  }

  static void gradient(
      Workers workers, ConvShape c, float[] dy, int samples, float[] w, int[] winners, float[] dx) {
    ConvInputFew job = workers.scratch(ConvInputFew.class, ConvInputFew::new);
    job.c = c;
    job.dy = dy;
    job.w = w;
    job.winners = winners;
    job.dx = dx;
    job.gradient(workers, samples);
  }

  private void gradient(Workers workers, int samples) {
    table.set(c);
    planeWidth = c.kernel().left() + Math.ceilDiv(c.width(), NR) * NR + c.kernel().width() - 1;
    planeWidth = Math.max(planeWidth, c.convColumns() + 2 * (c.kernel().width() - 1));
    rowSize = c.filtersPerGroup() * planeWidth;
    packed = Gemm.grown(packed, c.filters() * c.taps());
    for (int filter = 0; filter < c.filters(); filter++) {
      pack(filter);
    }
    if (scratch.length < workers.threads()) {
      scratch = new Scratch[workers.threads()];
      Arrays.setAll(scratch, i -> new Scratch());
    }
    workers.run(samples, this);
  }

  /** To [group][channel][kernel row][kernel column][filter of the group]. */
  private void pack(int filter) {
    int group = filter / c.filtersPerGroup();
    int j = filter % c.filtersPerGroup();
    for (int tap = 0; tap < c.taps(); tap++) {
      packed[(group * c.taps() + tap) * c.filtersPerGroup() + j] = w[filter * c.taps() + tap];
    }
  }

  @Override
  public void run(int sample, int worker) {
    if (ConvPlane.idle(c, dy, sample, dx)) {
      return;
    }
    Scratch own = scratch[worker];
    int above = c.kernel().height() - 1;
    // Tiles may begin with the last row of the image and see MR rows from there.
    int rows = Math.max(c.convRows() + above, c.kernel().top() + c.height() + MR) + above;
    int size = rows * rowSize;
    own.planes = Gemm.grown(own.planes, size);
    for (int group = 0; group < c.groups(); group++) {
      Arrays.fill(own.planes, 0, size, 0);
      spread(sample, group, own.planes);
      for (int i = 0; i < c.depth(); i++) {
        channel(sample, group, i, own);
      }
    }
  }

  private void spread(int sample, int group, float[] planes) {
    int units = c.unitsPerGroup();
    int above = c.kernel().height() - 1;
    int before = c.kernel().width() - 1;
    boolean plain = c.plain();
    int at = sample * c.outputs() + group * units;
    for (int y = 0; y < c.rows(); y++) {
      for (int x = 0; x < c.columns(); x++) {
        int window = (y * c.pool().strideY() + above) * rowSize + x * c.pool().strideX() + before;
        for (int u = 0; u < units; u++) {
          int winner = plain ? 0 : winners[at + u];
          int filter = u * c.pieces() + table.piece(winner);
          int place = filter * planeWidth + table.row(winner) * rowSize + table.column(winner);
          planes[window + place] = dy[at + u];
        }
        at += c.units();
      }
    }
  }

  private void channel(int sample, int group, int channel, Scratch own) {
    int weights = (group * c.taps() + channel * c.kernel().area()) * c.filtersPerGroup();
    for (int y = 0; y < c.height(); y += MR) {
      for (int x = 0; x < c.width(); x += NR) {
        // The plane's row and column that dx[y][x] meets with the kernel's last tap.
        int from = (y + c.kernel().top()) * rowSize + x + c.kernel().left();
        Simd.tile(
            c.kernel().height(),
            c.kernel().width(),
            c.filtersPerGroup(),
            own.planes,
            from,
            rowSize,
            planeWidth,
            packed,
            weights,
            own.tile);
        int to = sample * c.inputs() + group * c.depth() + channel;
        for (int r = 0; r < Math.min(MR, c.height() - y); r++) {
          for (int j = 0; j < Math.min(NR, c.width() - x); j++) {
            dx[to + ((y + r) * c.width() + x + j) * c.channels()] = own.tile[r * NR + j];
          }
        }
      }
    }
  }

  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    /** Four rows of dx by two vectors; the last tap of the kernel meets the first row of dy. */
    static void tile(
        int height,
        int width,
        int filters,
        float[] planes,
        int from,
        int rowSize,
        int planeWidth,
        float[] w,
        int weights,
        float[] tile) {
      FloatVector s00 = FloatVector.zero(Species.F);
      FloatVector s01 = FloatVector.zero(Species.F);
      FloatVector s10 = FloatVector.zero(Species.F);
      FloatVector s11 = FloatVector.zero(Species.F);
      FloatVector s20 = FloatVector.zero(Species.F);
      FloatVector s21 = FloatVector.zero(Species.F);
      FloatVector s30 = FloatVector.zero(Species.F);
      FloatVector s31 = FloatVector.zero(Species.F);
      for (int tap = 0; tap < height * width; tap++) {
        int r0 = from + tap / width * rowSize + tap % width;
        int r1 = r0 + rowSize;
        int r2 = r1 + rowSize;
        int r3 = r2 + rowSize;
        int at = weights + (height * width - 1 - tap) * filters;
        for (int f = 0; f < filters; f++) {
          FloatVector a = FloatVector.broadcast(Species.F, w[at + f]);
          int j = f * planeWidth;
          s00 = a.fma(FloatVector.fromArray(Species.F, planes, r0 + j), s00);
          s01 = a.fma(FloatVector.fromArray(Species.F, planes, r0 + j + L), s01);
          s10 = a.fma(FloatVector.fromArray(Species.F, planes, r1 + j), s10);
          s11 = a.fma(FloatVector.fromArray(Species.F, planes, r1 + j + L), s11);
          s20 = a.fma(FloatVector.fromArray(Species.F, planes, r2 + j), s20);
          s21 = a.fma(FloatVector.fromArray(Species.F, planes, r2 + j + L), s21);
          s30 = a.fma(FloatVector.fromArray(Species.F, planes, r3 + j), s30);
          s31 = a.fma(FloatVector.fromArray(Species.F, planes, r3 + j + L), s31);
        }
      }
      s00.intoArray(tile, 0);
      s01.intoArray(tile, L);
      s10.intoArray(tile, 2 * L);
      s11.intoArray(tile, 3 * L);
      s20.intoArray(tile, 4 * L);
      s21.intoArray(tile, 5 * L);
      s30.intoArray(tile, 6 * L);
      s31.intoArray(tile, 7 * L);
    }
  }
}
