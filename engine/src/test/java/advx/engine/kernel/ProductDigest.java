package advx.engine.kernel;

import advx.engine.Bits;
import advx.engine.Workers;

/**
 * Prints the lanes of this JVM, and for each of some products a digest of what is computed;
 * argument: the number of threads.
 */
final class ProductDigest {
  /** Transposed A, transposed B (1 or 0), m, n, k: each way that {@link Gemm#product} goes. */
  static final int[][] PRODUCTS = {
    {0, 1, 100, 10, 72},
    {1, 0, 10, 240, 100},
    {0, 0, 100, 240, 10},
    {1, 0, 130, 113, 40},
    {0, 0, 50, 83, 67},
    {0, 1, 70, 130, 33},
    {0, 1, 40, 60, 33},
    {1, 0, 20, 700, 190},
    {0, 0, 50, 700, 190},
    {1, 0, 20, 640, 210},
  };

  private ProductDigest() {}

  public static void main(String[] arguments) {
    System.out.println("lanes=" + Lanes.COUNT);
    try (Workers workers = new Workers(Integer.parseInt(arguments[0]))) {
      for (int[] p : PRODUCTS) {
        boolean transA = p[0] == 1;
        boolean transB = p[1] == 1;
        int m = p[2];
        int n = p[3];
        int k = p[4];
        float[] a = Samples.normal(m * k, 1, 1);
        float[] b = Samples.normal(n * k, 2, 1);
        float[] c = new float[m * n];
        Gemm.product(workers, transA, transB, m, n, k, a, transA ? m : k, b, transB ? k : n, c, n);
        System.out.println("digest " + new Bits.Digest().add(c).hex());
      }
    }
  }
}
