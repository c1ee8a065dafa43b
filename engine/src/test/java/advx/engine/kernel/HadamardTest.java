package advx.engine.kernel;

import advx.engine.Bits;
import advx.engine.Workers;
import org.junit.jupiter.api.Test;

/**
 * Every element is multiplied, or added, and none twice: a lost or repeated end of a block fails.
 */
class HadamardTest {
  @Test
  void equalsTheTwin() {
    int block = Hadamard.BLOCK;
    for (int n : new int[] {0, 1, 17, block - 1, block, block + 1, 3 * block + 5}) {
      float[] x = Samples.normal(n, 21, 1);
      float[] y = Samples.normal(n, 22, 1);
      float[] expected = new float[n];
      Hadamard.scalar(x, y, expected, 0, n);
      float[] sums = new float[n];
      Addition.scalar(x, y, sums, 0, n);
      for (int threads = 1; threads <= 3; threads++) {
        try (Workers workers = new Workers(threads)) {
          float[] found = x.clone();
          Hadamard.multiply(workers, found, y, found, n);
          Bits.assertEqualBits(expected, found, n + " numbers, " + threads + " threads");
          found = x.clone();
          Addition.add(workers, found, y, found, n);
          Bits.assertEqualBits(sums, found, n + " sums, " + threads + " threads");
        }
      }
    }
  }
}
