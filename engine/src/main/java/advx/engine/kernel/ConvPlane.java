package advx.engine.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * One image, or a band of its rows, as convolution's kernels read it: the channels of one group,
 * with its border of zeros, [padded rows][padded width][depth]. One row of the kernel then covers
 * {@link ConvShape#run()} neighbouring numbers.
 *
 * <p>Where that run is short (few channels), the kernels read patches instead: for each position of
 * the kernel its taps side by side, one run. A band's patches are as small as the cache wants them.
 */
final class ConvPlane {
  /** Runs below this length are copied into patches. */
  private static final int SHORT = 32;

  private float[] plane = {};
  private float[] patches = {};
  private int[] planePlaces = {};
  private int[] patchPlaces = {};
  private ConvShape shape;
  private int placedRows;

  /** Whether the kernels read patches. */
  static boolean unfolds(ConvShape c) {
    return c.run() < SHORT && c.kernel().height() > 1;
  }

  /** The runs under one position: rows of the kernel, or one whole patch. */
  static int runs(ConvShape c) {
    return unfolds(c) ? 1 : c.kernel().height();
  }

  /** The length of a run. */
  static int run(ConvShape c) {
    return unfolds(c) ? c.taps() : c.run();
  }

  /** The distance between the runs of a position. */
  static int runStride(ConvShape c) {
    return unfolds(c) ? 0 : c.rowStride();
  }

  /** The numbers that the kernels read; whole vectors of channels lie on the cache's lines. */
  float[] data(ConvShape c) {
    return unfolds(c) ? patches : plane;
  }

  /** Where each position of the band begins in {@link #data}. */
  int[] places(ConvShape c) {
    return unfolds(c) ? patchPlaces : planePlaces;
  }

  /**
   * Fills in the image that the positions of rows first … first+rows−1 see.
   *
   * @param tile as many places follow the last position, all of them its own
   */
  void fill(ConvShape c, float[] x, int sample, int group, int first, int rows, int tile) {
    int top = first * c.kernel().strideY();
    int height = (rows - 1) * c.kernel().strideY() + c.kernel().height();
    plane = Packing.grown(plane, height * c.rowStride() + Lanes.LOGICAL);
    for (int y = 0; y < height; y++) {
      int at = Packing.START + y * c.rowStride();
      row(c, x, sample, group, top + y - c.kernel().top(), at);
    }
    if (placedRows != rows || !c.equals(shape)) {
      place(c, rows, tile);
      shape = c;
      placedRows = rows;
    }
    if (unfolds(c)) {
      unfold(c, rows * c.convColumns());
    }
  }

  /** The table of places, the same for every band of as many rows. */
  private void place(ConvShape c, int rows, int tile) {
    int columns = c.convColumns();
    int positions = rows * columns;
    int padded = positions + tile;
    if (planePlaces.length < padded) {
      planePlaces = new int[padded];
      patchPlaces = new int[padded];
    }
    for (int i = 0; i < padded; i++) {
      int p = Math.min(i, positions - 1);
      planePlaces[i] = Packing.START + c.place(p / columns, p % columns);
      patchPlaces[i] = Packing.START + p * patchStride(c);
    }
  }

  /** One row of the padded image; y is its row in the image, which may lie in the border. */
  private void row(ConvShape c, float[] x, int sample, int group, int y, int at) {
    int depth = c.depth();
    int end = at + c.rowStride();
    if (y < 0 || y >= c.height()) {
      Arrays.fill(plane, at, end, 0);
      return;
    }
    int begin = at + c.kernel().left() * depth;
    int used = c.width() * depth;
    int from = sample * c.inputs() + y * c.width() * c.channels() + group * depth;
    Arrays.fill(plane, at, begin, 0);
    Arrays.fill(plane, begin + used, end, 0);
    if (c.groups() == 1) {
      System.arraycopy(x, from, plane, begin, used);
      return;
    }
    for (int i = 0; i < c.width(); i++) {
      System.arraycopy(x, from + i * c.channels(), plane, begin + i * depth, depth);
    }
  }

  private void unfold(ConvShape c, int positions) {
    int run = c.run();
    int stride = patchStride(c);
    patches = Packing.grown(patches, positions * stride + Lanes.LOGICAL);
    for (int r = 0; r < c.kernel().height(); r++) {
      int from = r * c.rowStride();
      int to = Packing.START + r * run;
      if (Lanes.VECTOR) {
        for (int j = 0; j < run; j += Lanes.COUNT) {
          Simd.gather(plane, planePlaces, positions, from + j, patches, stride, to + j);
        }
      } else {
        for (int i = 0; i < positions; i++) {
          System.arraycopy(plane, planePlaces[i] + from, patches, i * stride + to, run);
        }
      }
    }
  }

  /** The distance between two patches, whole vectors: one more than it needs fits into its end. */
  private static int patchStride(ConvShape c) {
    return Math.ceilDiv(c.taps() + Lanes.COUNT, Lanes.COUNT) * Lanes.COUNT;
  }

  /** 0 for ±0, 1 for any other number, without a branch. */
  static int oneUnlessZero(float d) {
    int bits = Float.floatToRawIntBits(d) << 1;
    return (bits | -bits) >>> 31;
  }

  /** Whether dx of a sample is zero since all its dy is; then it is written. */
  static boolean idle(ConvShape c, float[] dy, int sample, float[] dx) {
    int end = (sample + 1) * c.outputs();
    for (int i = sample * c.outputs(); i < end; i++) {
      if (dy[i] != 0) {
        return false;
      }
    }
    Arrays.fill(dx, sample * c.inputs(), (sample + 1) * c.inputs(), 0);
    return true;
  }

  static final class Simd {
    private Simd() {}

    /** One vector a patch; what is too much is overwritten by its next row, or lies at its end. */
    static void gather(
        float[] plane, int[] places, int positions, int from, float[] patches, int stride, int to) {
      for (int i = 0; i < positions; i++) {
        FloatVector.fromArray(Species.F, plane, places[i] + from)
            .intoArray(patches, i * stride + to);
      }
    }
  }
}
