package advx.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Bits;
import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.io.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhiteningTest {
  private static final int SIDE = 5;
  private static final int FEATURES = 3 * SIDE * SIDE;
  private static final int IMAGES = 2_500;

  @TempDir Path folder;

  /** Images whose neighbours agree: each number is half its neighbour's and half chance. */
  private static Dataset images() {
    RandomStream random = new RandomStream(5, Purpose.TEST, 0, 0, 0);
    Tensor x = Tensor.zeros(IMAGES, FEATURES);
    for (int i = 0; i < x.size(); i++) {
      float fresh = random.uniform();
      x.data()[i] = i % FEATURES == 0 ? fresh : 0.5f * x.data()[i - 1] + 0.5f * fresh;
    }
    int[] labels = new int[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = i % 10;
    }
    return new Dataset(new Dataset.Info("test", 10, SIDE, SIDE, 3, 0, 1, false), x, labels);
  }

  /** Kills: a mean per channel, the deviation instead of the norm, a factor of √d. */
  @Test
  void contrastIsRemovedFromEachImage() {
    float[] y = new float[6];
    new Contrast(55).normalise(new float[] {9, 1, 2, 3, 6}, 1, 4, y, 1);
    double norm = Math.sqrt(4 + 1 + 0 + 9);
    float[] expected = {0, (float) (-2 * 55 / norm), (float) (-55 / norm), 0, 0, 0};
    expected[4] = (float) (3 * 55 / norm);
    assertArrayEquals(expected, y, 1e-5f);
    new Contrast(55).normalise(new float[] {0.3f, 0.3f, 0.3f}, 0, 3, y, 0);
    assertArrayEquals(new float[3], java.util.Arrays.copyOf(y, 3));
  }

  /**
   * A = Q·diag(λ)·Q with the reflection Q = I − 2·v·vᵀ, whose roots are known. Kills: a step too
   * few, the other order of the products, the root instead of its inverse, s instead of √s.
   */
  @Test
  void inverseRootsOfAKnownMatrix() {
    int n = 40;
    double[] v = new double[n];
    double norm = 0;
    for (int i = 0; i < n; i++) {
      v[i] = 1 + i % 7;
      norm += v[i] * v[i];
    }
    double[][] q = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        q[i][j] = (i == j ? 1 : 0) - 2 * v[i] * v[j] / norm;
      }
    }
    // Eigenvalues from 0.1 to 1000, as of the covariance of natural images.
    double[] eigenvalues = new double[n];
    for (int i = 0; i < n; i++) {
      eigenvalues[i] = 0.1 * StrictMath.pow(10, 4.0 * i / (n - 1));
    }
    try (Workers workers = new Workers(2)) {
      Tensor a = similar(q, eigenvalues, 1);
      List<Integer> steps = new ArrayList<>();
      InverseRoot found = InverseRoot.of(a, workers, steps::add);
      assertArrayEquals(similar(q, eigenvalues, -0.5).data(), found.inverse().data(), 2e-3f);
      assertArrayEquals(similar(q, eigenvalues, 0.5).data(), found.root().data(), 1e-3f);
      assertTrue(found.residual() < 1e-4, "residual " + found.residual());
      assertTrue(steps.size() > 5 && steps.size() < 30, "steps " + steps.size());
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          assertEquals(found.inverse().get(i, j), found.inverse().get(j, i));
        }
      }
    }
  }

  @Test
  void aMatrixWithANegativeEigenvalueIsRefused() {
    Tensor a = Tensor.of(new float[] {1, 2, 2, 1}, 2, 2);
    try (Workers workers = new Workers(1)) {
      assertThrows(ArithmeticException.class, () -> InverseRoot.of(a, workers, k -> {}));
      Tensor zero = Tensor.zeros(2, 2);
      assertThrows(ArithmeticException.class, () -> InverseRoot.of(zero, workers, k -> {}));
    }
  }

  private static Tensor similar(double[][] q, double[] eigenvalues, double power) {
    int n = q.length;
    Tensor a = Tensor.zeros(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += q[i][k] * StrictMath.pow(eigenvalues[k], power) * q[k][j];
        }
        a.data()[i * n + j] = (float) sum;
      }
    }
    return a;
  }

  /** Kills: no bias, no mean, a covariance divided by n − 1, W applied twice. */
  @Test
  void whitenedImagesHaveTheCovarianceThatTheBiasLeaves() {
    Dataset data = images();
    try (Workers workers = new Workers(2)) {
      Whitening whitening = Whitening.fit(data, 0.1, workers, text -> {});
      Dataset white = whitening.apply(data, workers);
      float[] x = white.images(0, IMAGES).data();
      // W·Σ·W = I − bias·W², for Σ is (W²)⁻¹ − bias·I.
      for (int i = 0; i < FEATURES; i += 7) {
        double mean = 0;
        for (int s = 0; s < IMAGES; s++) {
          mean += x[s * FEATURES + i] / (double) IMAGES;
        }
        assertEquals(0, mean, 1e-4);
        for (int j = 0; j < FEATURES; j += 3) {
          double covariance = 0;
          double square = 0;
          for (int s = 0; s < IMAGES; s++) {
            covariance += (double) x[s * FEATURES + i] * x[s * FEATURES + j] / IMAGES;
          }
          for (int k = 0; k < FEATURES; k++) {
            square += whitening.matrix().get(i, k) * whitening.matrix().get(k, j);
          }
          assertEquals((i == j ? 1 : 0) - 0.1 * square, covariance, 2e-4);
        }
      }
      Tensor restored = whitening.restore(white.images(0, 30), workers);
      float[] expected = new float[FEATURES];
      for (int s = 0; s < 30; s++) {
        whitening.contrast().normalise(data.images(s, s + 1).data(), 0, FEATURES, expected, 0);
        for (int i = 0; i < FEATURES; i++) {
          assertEquals(expected[i], restored.get(s, i), 5e-3);
        }
      }
    }
  }

  @Test
  void theSameBitsOnAnyThreadsAndInAnyPart() {
    Dataset data = images();
    try (Workers one = new Workers(1);
        Workers three = new Workers(3)) {
      Whitening a = Whitening.fit(data, 0.1, one, text -> {});
      Whitening b = Whitening.fit(data, 0.1, three, text -> {});
      Bits.assertEqualBits(a.matrix().data(), b.matrix().data());
      Bits.assertEqualBits(a.inverse().data(), b.inverse().data());
      Bits.assertEqualBits(a.mean().data(), b.mean().data());
      Dataset all = a.apply(data, one);
      Dataset part = a.apply(data.subset(2_100, 2_107), three);
      Bits.assertEqualBits(all.images(2_100, 2_107).data(), part.images(0, 7).data());
      assertEquals(2_100, part.index(0));
      assertEquals(0, part.label(0));
      assertEquals("test whitened", part.name());
      assertEquals(all.subset(2_100, 2_107).checksum(), part.checksum());
    }
  }

  @Test
  void isFittedOnceAndReadAgain() throws java.io.IOException {
    Dataset data = images();
    Path file = folder.resolve("whitening.safetensors");
    try (Workers workers = new Workers(2)) {
      List<String> told = new ArrayList<>();
      Whitening fitted = Whitening.of(data, file, workers, told::add);
      assertTrue(told.size() > 5, told.toString());
      told.clear();
      Whitening read = Whitening.of(data, file, workers, told::add);
      assertEquals(List.of(), told);
      Bits.assertEqualBits(fitted.matrix().data(), read.matrix().data());
      Bits.assertEqualBits(fitted.inverse().data(), read.inverse().data());
      Dataset others = data.subset(0, 2_000);
      Whitening.of(others, file, workers, told::add);
      assertFalse(told.isEmpty(), "other data need a fit of their own");
      SafeTensors.write(
          file,
          new SafeTensors.Contents(
              Map.of("mean", fitted.mean()), Map.of("settings", Whitening.hash(data))));
      var e =
          assertThrows(InputException.class, () -> Whitening.of(data, file, workers, text -> {}));
      assertEquals(
          file + " does not hold a whitening of 75 numbers; delete it and run again.",
          e.getMessage());
      Files.delete(file);
    }
  }
}
