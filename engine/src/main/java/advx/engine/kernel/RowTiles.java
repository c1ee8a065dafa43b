package advx.engine.kernel;

/**
 * Micro-kernels of products whose first operand is read where it lies, row by row, and whose second
 * is a packed panel: C[rows][width] ← begin[rows][width] + A[rows][kc]·B[kc][width].
 *
 * <p>For weights [out][in], which change with every step and meet few samples, packing would cost
 * more than it saves. Reading separate rows costs an address each, so the tile is wide: four
 * vectors share each broadcast where there are 32 registers, two where there are 16. Where a row
 * begins, a table says ({@code places}): rows of a matrix lie evenly, patches of an image do not.
 *
 * <p>The tiles themselves are {@link WideTiles} and {@link NarrowTiles}.
 */
final class RowTiles {
  /** Rows of the highest tile. */
  static final int MR = Lanes.manyRegisters() ? 8 : 4;

  /** Vectors side by side in the widest tile. */
  static final int NV = Lanes.manyRegisters() ? 4 : 2;

  /** Columns of the widest panel. */
  static final int NR = NV * Lanes.COUNT;

  /**
   * Some CPUs execute 512 bits as two halves: there the last vector may be one, and a panel of one
   * vector is two.
   */
  private static final boolean HALVES = Lanes.COUNT == 16;

  /** A row that chains may begin at, with a step of 0. */
  static final float[] ZEROS = new float[NR];

  private RowTiles() {}

  /** What each thread keeps: room for one tile, and where its rows begin. */
  static final class Scratch {
    private final float[] edge = new float[MR * NR];
    private final int[] places = new int[MR];
  }

  /**
   * The width of the panel that begins at this column: the widest, or as many whole vectors as the
   * remaining columns need.
   */
  static int width(int column, int columns) {
    int vectors = Math.min(NV, Gemm.ceilDiv(columns - column, Lanes.COUNT));
    return (Lanes.manyRegisters() ? vectors : NV) * Lanes.COUNT;
  }

  /** Columns of all panels together, padding included. */
  static int padded(int columns) {
    int last = (columns - 1) / NR * NR;
    return last + width(last, columns);
  }

  /** Rows of the tile for a panel of this width: rows × vectors is 24 where there are registers. */
  static int height(int width) {
    return MR == 8 && width == 4 * Lanes.COUNT ? 6 : MR;
  }

  /** The columns that a tile computes: 2½ vectors of three, where no more of them matter. */
  private static int computed(int width, int used) {
    int less = width - Lanes.COUNT / 2;
    return HALVES && MR == 8 && width == 3 * Lanes.COUNT && used <= less ? less : width;
  }

  /** Rows of the lower tile that takes up what is left, where there is one. */
  static int low(int width) {
    return MR == 8 && width == 4 * Lanes.COUNT ? 3 : MR;
  }

  /**
   * C ← begin + A·B for any number of rows.
   *
   * @param lda the distance between rows of A
   * @param b a panel [kc][width]
   * @param used the columns that matter; those beyond may be computed or not
   * @param step the distance between rows of {@code begin}, which may be C itself, or 0
   */
  static void rows(
      int rows,
      int kc,
      float[] a,
      int aAt,
      int lda,
      float[] b,
      int bAt,
      int width,
      int used,
      float[] begin,
      int from,
      int step,
      float[] c,
      int at,
      int ldc,
      Scratch own) {
    int height = height(width);
    int low = low(width);
    int columns = computed(width, used);
    int[] places = own.places;
    for (int i = 0; i < height; i++) {
      places[i] = i * lda;
    }
    int r = 0;
    for (; r + height <= rows; r += height) {
      int add = aAt + r * lda;
      tile(
          height,
          columns,
          kc,
          a,
          places,
          0,
          add,
          b,
          bAt,
          begin,
          from + r * step,
          step,
          c,
          at + r * ldc,
          ldc);
    }
    if (r + low <= rows) {
      int add = aAt + r * lda;
      tile(
          low,
          columns,
          kc,
          a,
          places,
          0,
          add,
          b,
          bAt,
          begin,
          from + r * step,
          step,
          c,
          at + r * ldc,
          ldc);
      r += low;
    }
    if (r < rows) {
      // The last row again and again fills the tile.
      int left = rows - r;
      for (int i = left; i < low; i++) {
        places[i] = (left - 1) * lda;
      }
      Gemm.copy(begin, from + r * step, step, own.edge, 0, width, left, width);
      int add = aAt + r * lda;
      tile(low, columns, kc, a, places, 0, add, b, bAt, own.edge, 0, width, own.edge, 0, width);
      Gemm.copy(own.edge, 0, width, c, at + r * ldc, ldc, left, width);
    }
  }

  /**
   * One tile; row i of A begins at places[first + i] + add.
   *
   * @param columns whole vectors, or 2½ of a panel of three
   */
  static void tile(
      int height,
      int columns,
      int kc,
      float[] a,
      int[] places,
      int first,
      int add,
      float[] b,
      int bAt,
      float[] begin,
      int from,
      int step,
      float[] c,
      int at,
      int ldc) {
    switch (20 * height + 2 * columns / Lanes.COUNT) {
      case 128 ->
          WideTiles.Simd.tile6x4(kc, a, places, first, add, b, bAt, begin, from, step, c, at, ldc);
      case 68 ->
          WideTiles.Simd.tile3x4(kc, a, places, first, add, b, bAt, begin, from, step, c, at, ldc);
      case 166 ->
          WideTiles.Simd.tile8x3(kc, a, places, first, add, b, bAt, begin, from, step, c, at, ldc);
      case 165 ->
          WideTiles.Simd.tile8x2Half(
              kc, a, places, first, add, b, bAt, begin, from, step, c, at, ldc);
      case 164 ->
          NarrowTiles.Simd.tile8x2(
              kc, a, places, first, add, b, bAt, begin, from, step, c, at, ldc);
      case 162 -> {
        if (HALVES) {
          NarrowTiles.Simd.tile8x1Halves(
              kc, a, places, first, add, b, bAt, begin, from, step, c, at, ldc);
        } else {
          NarrowTiles.Simd.tile8x1(
              kc, a, places, first, add, b, bAt, begin, from, step, c, at, ldc);
        }
      }
      case 84 ->
          NarrowTiles.Simd.tile4x2(
              kc, a, places, first, add, b, bAt, begin, from, step, c, at, ldc);
      default -> throw new IllegalArgumentException("no tile of " + height + " rows by " + columns);
    }
  }
}
