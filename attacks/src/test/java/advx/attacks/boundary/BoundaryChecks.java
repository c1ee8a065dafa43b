package advx.attacks.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Box;
import advx.attacks.Fixtures;
import advx.attacks.Rule;
import advx.engine.Tensor;
import advx.nn.Classifier;
import advx.nn.Network;
import java.util.Arrays;
import java.util.List;

/** What an analysis of the boundary has to find where the answer is known in advance. */
final class BoundaryChecks {
  /** An analysis of one input; the directions have length 1 and are orthogonal. */
  @FunctionalInterface
  interface Analyser {
    BoundaryProfile of(
        Classifier classifier, BoundarySettings settings, float[][] directions, Tensor x);
  }

  /** Fails unless the analyser finds what it has to. */
  @FunctionalInterface
  interface Check {
    void on(Analyser analyser);
  }

  static final List<Check> ALL =
      List.of(
          BoundaryChecks::linear,
          BoundaryChecks::clipped,
          BoundaryChecks::firstChange,
          BoundaryChecks::unnamed);

  private static final int FEATURES = 24;
  private static final int CLASSES = 4;

  private BoundaryChecks() {}

  /** Orthogonal vectors of length 1, by Gram and Schmidt in double. */
  static float[][] orthonormal(long seed, int k, int n) {
    double[][] u = new double[k][n];
    float[] normal = Fixtures.normal(seed, 1, k, n).data();
    float[][] out = new float[k][n];
    for (int a = 0; a < k; a++) {
      for (int i = 0; i < n; i++) {
        u[a][i] = normal[a * n + i];
      }
      for (int b = 0; b < a; b++) {
        double dot = dot(u[a], u[b]);
        for (int i = 0; i < n; i++) {
          u[a][i] -= dot * u[b][i];
        }
      }
      double length = Math.sqrt(dot(u[a], u[a]));
      for (int i = 0; i < n; i++) {
        u[a][i] /= length;
        out[a][i] = (float) u[a][i];
      }
    }
    return out;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /**
   * Of a linear model the boundary to class c along u, RMS 1, lies at (z_y − z_c)/((w_c − w_y)·u),
   * if that is above 0; the nearest class is the adjacent one, the distance the next grid point.
   */
  static void linear(Analyser analyser) {
    Tensor weights = Fixtures.normal(5, 1, CLASSES, FEATURES);
    float[][] rows = new float[CLASSES][];
    for (int c = 0; c < CLASSES; c++) {
      rows[c] = Arrays.copyOfRange(weights.data(), c * FEATURES, (c + 1) * FEATURES);
    }
    Network model = Fixtures.linear(rows, 0.3f, -0.2f, 0.1f, 0);
    float[][] u = orthonormal(6, 10, FEATURES);
    BoundarySettings settings = new BoundarySettings(10, true, 0.01, 49, 1, Box.NONE, 1);
    int met = 0;
    for (int image = 0; image < 20; image++) {
      Tensor x = Fixtures.normal(100 + image, 0.3f, 1, FEATURES);
      double[] z = new double[CLASSES];
      double[] biases = {0.3f, -0.2f, 0.1f, 0};
      for (int c = 0; c < CLASSES; c++) {
        z[c] = biases[c] + product(rows[c], x.data());
      }
      int label = 0;
      for (int c = 1; c < CLASSES; c++) {
        label = z[c] > z[label] ? c : label;
      }
      BoundaryProfile profile = analyser.of(model, settings, u, x);
      assertEquals(label, profile.prediction());
      assertEquals(20, profile.ways());
      for (int way = 0; way < 20; way++) {
        double sign = Math.sqrt(FEATURES) * (way < 10 ? 1 : -1);
        double nearest = Double.POSITIVE_INFINITY;
        double second = Double.POSITIVE_INFINITY;
        int adjacent = -1;
        for (int c = 0; c < CLASSES; c++) {
          double slope = sign * (product(rows[c], u[way % 10]) - product(rows[label], u[way % 10]));
          double at = c != label && slope > 0 ? (z[label] - z[c]) / slope : Double.MAX_VALUE;
          second = Math.min(second, Math.max(nearest, at));
          adjacent = at < nearest ? c : adjacent;
          nearest = Math.min(nearest, at);
        }
        double steps = nearest / 0.01;
        boolean near = Math.abs(steps - Math.rint(steps)) < 1e-2;
        if (!near && steps > 49) {
          assertEquals(1, profile.distance(way), "never");
          assertEquals(-1, profile.adjacent()[way]);
        } else if (!near) {
          met++;
          assertEquals(0.01 * Math.ceil(steps), profile.distance(way), 1e-9);
          if (second > 0.01 * (Math.ceil(steps) + 0.01)) {
            assertEquals(adjacent, profile.adjacent()[way]);
          }
        }
      }
    }
    assertTrue(met > 100 && met < 390, met + " boundaries of 400 were met");
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /**
   * x = (0.1, 0.9), class 1 where x₀ + x₁ > 1.3, in [0, 1]². Along e₀ the sum is reached at 0.3/√2
   * = 0.212 RMS, so at 0.22; along e₁ never, for x₁ ends at 1.
   */
  static void clipped(Analyser analyser) {
    Rule model = new Rule(2, 2, x -> new float[] {1.3f, x[0] + x[1]});
    BoundarySettings settings = BoundarySettings.mnist(1).along(2, true);
    Tensor x = Tensor.of(new float[] {0.1f, 0.9f}, 1, 2);
    BoundaryProfile profile = analyser.of(model, settings, new float[][] {{1, 0}, {0, 1}}, x);
    assertEquals(0.22, profile.distance(0), 1e-9);
    assertEquals(1, profile.adjacent()[0]);
    for (int way = 1; way < 4; way++) {
      assertEquals(1, profile.distance(way), "way " + way);
    }
  }

  /** Along +1: class 0, from 0.105 class 2, from 0.205 class 0 again, from 0.305 class 1. */
  static void firstChange(Analyser analyser) {
    Rule model =
        new Rule(
            1,
            3,
            x -> {
              float[] z = new float[3];
              z[x[0] > 0.605f && x[0] < 0.705f ? 2 : x[0] > 0.805f ? 1 : 0] = 1;
              return z;
            });
    BoundarySettings settings = BoundarySettings.mnist(1).along(1, true);
    Tensor x = Tensor.of(new float[] {0.5f}, 1, 1);
    BoundaryProfile profile = analyser.of(model, settings, new float[][] {{1}}, x);
    assertEquals(0, profile.prediction());
    assertEquals(0.11, profile.distance(0), 1e-9);
    assertEquals(2, profile.adjacent()[0]);
    assertEquals(1, profile.distance(1));
    assertEquals(-1, profile.adjacent()[1]);
  }

  /** Where the model names no class its answer has changed, to none. */
  static void unnamed(Analyser analyser) {
    Rule model = new Rule(1, 2, x -> new float[] {1, x[0] > 0.605f ? Float.NaN : 0});
    BoundarySettings settings = BoundarySettings.mnist(1).along(1, true);
    Tensor x = Tensor.of(new float[] {0.5f}, 1, 1);
    BoundaryProfile profile = analyser.of(model, settings, new float[][] {{1}}, x);
    assertEquals(0.11, profile.distance(0), 1e-9);
    assertEquals(-1, profile.adjacent()[0]);
  }
}
