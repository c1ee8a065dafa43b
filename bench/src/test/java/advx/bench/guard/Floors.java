package advx.bench.guard;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is demanded, by shape. All floors lie well below what was measured on an Intel Xeon with
 * AVX-512 (Temurin 25.0.3, 16 lanes), so that they hold on a CPU with half the lanes, and on a
 * machine that others use: they find a kernel that has lost its vectors or its tile, which costs a
 * factor, not one that is a tenth slower. A kernel that has become much faster gets a higher floor.
 */
final class Floors {
  /** Times as fast as the scalar twin; measured 26 to 60: twins neither block nor pack. */
  private static final double PRODUCTS = 8;

  /** Ten columns or outputs leave half of a tile idle; measured 12 to 15. */
  private static final double NARROW_PRODUCTS = 4;

  /** Polynomials, in lanes of their own; measured 5.5 to 7.2. */
  private static final double FUNCTIONS = 2.5;

  /** The twin adds in 64 lanes too, one after another; measured 4.5 to 6.5. */
  private static final double SUMS = 2;

  /** The same code, which the compiler vectorises by itself: nothing is to be lost; 1.0. */
  private static final double PLAIN_LOOPS = 0.7;

  /** All of a step's kernels together; measured 18 to 19. */
  private static final double STEPS = 7;

  static final Map<String, Double> OVER_SCALAR = new TreeMap<>();

  static {
    OVER_SCALAR.put("product-128", PRODUCTS);
    OVER_SCALAR.put("product-256", PRODUCTS);
    OVER_SCALAR.put("product-512", PRODUCTS);
    OVER_SCALAR.put("product-784x1200", PRODUCTS);
    OVER_SCALAR.put("product-784x1200-dw", PRODUCTS);
    OVER_SCALAR.put("product-784x1200-dx", PRODUCTS);
    OVER_SCALAR.put("dense-784x1200", PRODUCTS);
    OVER_SCALAR.put("maxout-784x240", PRODUCTS);
    OVER_SCALAR.put("product-240x10", NARROW_PRODUCTS);
    OVER_SCALAR.put("dense-240x10", NARROW_PRODUCTS);
    // The twin's inner loop over one row is vectorised by the compiler: measured 5.1 and 3.8.
    OVER_SCALAR.put("winner-input-784x240", 2.0);
    OVER_SCALAR.put("winner-weight-784x240", 1.5);
    OVER_SCALAR.put("rbf-784x10", SUMS);
    // The twin's comparisons are branches that a processor guesses wrong.
    OVER_SCALAR.put("max-pool-28", 1.5);
    // Memory limits the update; only the norm's sum is a kernel: measured 1.8.
    OVER_SCALAR.put("sgd-784x1200", 1.1);
    OVER_SCALAR.put("adam-784x1200", PLAIN_LOOPS);
    OVER_SCALAR.put("sign-step-100x784", PLAIN_LOOPS);
    // Exponentials in lanes, divisions one by one: measured 2.5. Ten columns are too few: 1.1.
    OVER_SCALAR.put("softmax-500x1000", 1.4);
    OVER_SCALAR.put("cross-entropy-100x10", PLAIN_LOOPS);
    OVER_SCALAR.put("exp-1000", FUNCTIONS);
    OVER_SCALAR.put("log-1000", FUNCTIONS);
    OVER_SCALAR.put("tanh-1000", FUNCTIONS);
    OVER_SCALAR.put("sigmoid-1000", FUNCTIONS);
    OVER_SCALAR.put("softplus-1000", FUNCTIONS);
    OVER_SCALAR.put("sum-784", SUMS);
    OVER_SCALAR.put("absolutes-784", SUMS);
    OVER_SCALAR.put("squares-784", SUMS);
    OVER_SCALAR.put("dot-784", SUMS);
    OVER_SCALAR.put("distance-784", SUMS);
    OVER_SCALAR.put("max-3072", SUMS);
    // Half of its time it looks for the place, one by one: measured 2.8.
    OVER_SCALAR.put("argmax-3072", 1.3);
    // Blocks of random bits in lanes: measured 6.9.
    OVER_SCALAR.put("dropout-100x784", 2.5);
    OVER_SCALAR.put("clean-240", STEPS);
    OVER_SCALAR.put("adversarial-240", STEPS);
    OVER_SCALAR.put("clean-1600", STEPS);
    // The step's own pass is a plain loop: measured 3.9.
    OVER_SCALAR.put("fgsm-500x784", 1.8);
  }

  /**
   * Shares of the peak: three quarters of what was measured, for on a busy machine the best of
   * several still loses up to a fifth.
   */
  static final Map<String, Double> OF_PEAK =
      Map.of(
          "product-512", 0.48,
          "product-784x1200", 0.32,
          "product-784x1200-dw", 0.42,
          "product-784x1200-dx", 0.6,
          "maxout-784x240", 0.27,
          "clean-240", 0.14,
          "adversarial-240", 0.13,
          "clean-1600", 0.13,
          "convolution-step-50", 0.28);

  /**
   * An adversarial step over a clean one: two passes forward and back, an input gradient and a sign
   * step more; measured 2.2.
   */
  static final double MOST_ADVERSARIAL_OVER_CLEAN = 3;

  /**
   * What a second thread brings to a step of the large network, as a share of what it brings to the
   * ruler: its weights are shared and memory is one, and still most of a step is products.
   */
  static final double SECOND_THREAD = 0.6;

  /**
   * Speed after the engine's warm-up, as a share of the speed after many more calls; measured 0.73
   * to 1.0, below the floor where others disturb the caches. Where a branch was new to the
   * compiler, it was 0.17 to 0.65.
   */
  static final double WARMED_UP = 0.8;

  private Floors() {}
}
