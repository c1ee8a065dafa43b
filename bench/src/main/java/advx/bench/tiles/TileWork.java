package advx.bench.tiles;

import advx.bench.work.Work;

/** One tile, again and again on the same operands, which so stay in the caches. */
final class TileWork extends Work {
  private static final int WARM_DEPTH = 8;
  private static final int WARM_CALLS = 20;

  /** All works read the same B: an array that begins on a cache line is large. */
  private static final float[] B = Operand.uniform(1 << 20, 1);

  private final TileShape shape;
  private final Tile tile;
  private final int kc;
  private final int lda;
  private final int ldb;
  private final int begin;
  private final float[] a;
  private final float[] b;
  private final float[] c;

  /**
   * The work.
   *
   * @param lda the distance between rows of A, if they are not packed
   * @param ldb the distance between rows of B, if it is no panel
   * @param begin numbers from a cache line's begin to that of B
   */
  TileWork(TileShape shape, Tile tile, int kc, int lda, int ldb, int begin) {
    super(
        2.0 * shape.rows() * shape.width() * kc,
        4.0 * (kc * (shape.rows() + shape.width()) + 2 * shape.rows() * shape.width()));
    this.shape = shape;
    this.tile = tile;
    this.kc = kc;
    this.lda = lda;
    this.ldb = shape.panelB() ? shape.width() : ldb;
    this.begin = Operand.START + begin;
    a = Operand.uniform(shape.packedA() ? kc * shape.rows() : shape.rows() * lda, 0);
    b = B;
    if (b.length < this.begin + kc * this.ldb) {
      throw new IllegalArgumentException("a panel of %d×%d".formatted(kc, this.ldb));
    }
    c = Operand.uniform(shape.rows() * shape.width(), 2);
  }

  @Override
  public void run() {
    tile.run(kc, a, 0, lda, b, begin, ldb, c, 0, shape.width());
  }

  @Override
  public void warm() {
    for (int call = 0; call < WARM_CALLS; call++) {
      tile.run(WARM_DEPTH, a, 0, lda, b, begin, ldb, c, 0, shape.width());
    }
  }

  /** Bit for bit: the chain of multiply-adds over ascending k that begins at what C holds. */
  @Override
  public void check() {
    float[] expected = c.clone();
    for (int r = 0; r < shape.rows(); r++) {
      for (int j = 0; j < shape.width(); j++) {
        int at = r * shape.width() + j;
        for (int p = 0; p < kc; p++) {
          float x = shape.packedA() ? a[p * shape.rows() + r] : a[r * lda + p];
          expected[at] = Math.fma(x, b[begin + p * ldb + j], expected[at]);
        }
      }
    }
    run();
    Operand.expect(shape.type(), expected, c);
  }
}
