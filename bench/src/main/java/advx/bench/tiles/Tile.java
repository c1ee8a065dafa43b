package advx.bench.tiles;

/** A micro-kernel: C[rows][vectors] += A[rows][kc]·B[kc][vectors]. */
@FunctionalInterface
public interface Tile {
  /**
   * One tile.
   *
   * @param lda the distance between rows of A; unused where A is packed
   * @param ldb the distance between rows of B; unused where B is a panel
   */
  void run(
      int kc, float[] a, int aAt, int lda, float[] b, int bAt, int ldb, float[] c, int at, int ldc);
}
