package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * z[s][u] = Σᵢ (β[u][i]·(x[s][i] − μ[u][i]))²: the exponents of a layer of radial basis functions.
 * The sum over features goes by the rule of {@link Sums}: 64 lanes and a fixed tree; the difference
 * and its product with β are rounded, the square is not.
 */
public final class RbfForward implements Workers.Task {
  /** Samples in one piece of work. */
  private static final int SAMPLES = 16;

  private float[] x;
  private float[] centres;
  private float[] scales;
  private float[] z;
  private int samples;
  private int units;
  private int in;
  private float[][] lanes = {};

  private RbfForward() {}

  /**
   * The exponents.
   *
   * @param x [samples][in]
   * @param centres μ [units][in]
   * @param scales β [units][in]
   * @param z [samples][units], overwritten
   */
  public static void exponents(
      Workers workers,
      float[] x,
      int samples,
      int in,
      float[] centres,
      float[] scales,
      int units,
      float[] z) {
    RbfForward job = workers.scratch(RbfForward.class, RbfForward::new);
    job.x = x;
    job.samples = samples;
    job.in = in;
    job.centres = centres;
    job.scales = scales;
    job.units = units;
    job.z = z;
    if (job.lanes.length < workers.threads()) {
      job.lanes = new float[workers.threads()][Lanes.LOGICAL];
    }
    workers.run(Math.ceilDiv(samples, SAMPLES), job);
  }

  @Override
  public void run(int piece, int worker) {
    int last = Math.min(samples, (piece + 1) * SAMPLES);
    for (int s = piece * SAMPLES; s < last; s++) {
      for (int u = 0; u < units; u++) {
        z[s * units + u] =
            Lanes.VECTOR
                ? vector(x, s * in, centres, scales, u * in, in, lanes[worker])
                : scalar(x, s * in, centres, scales, u * in, in, lanes[worker]);
      }
    }
  }

  private static float vector(
      float[] x, int at, float[] centres, float[] scales, int unit, int n, float[] lanes) {
    int whole = n & -Lanes.LOGICAL;
    if (whole == 0) {
      return scalar(x, at, centres, scales, unit, n, lanes);
    }
    Simd.lanes(x, at, centres, scales, unit, whole, lanes);
    return rest(x, at, centres, scales, unit, whole, n, lanes);
  }

  /** The twin: one sample and one unit. */
  static float scalar(
      float[] x, int at, float[] centres, float[] scales, int unit, int n, float[] lanes) {
    Arrays.fill(lanes, 0);
    return rest(x, at, centres, scales, unit, 0, n, lanes);
  }

  private static float rest(
      float[] x,
      int at,
      float[] centres,
      float[] scales,
      int unit,
      int from,
      int n,
      float[] lanes) {
    for (int i = from; i < n; i++) {
      float t = scales[unit + i] * (x[at + i] - centres[unit + i]);
      lanes[i & 63] = Math.fma(t, t, lanes[i & 63]);
    }
    for (int width = Lanes.LOGICAL / 2; width > 0; width /= 2) {
      for (int j = 0; j < width; j++) {
        lanes[j] += lanes[j + width];
      }
    }
    return lanes[0];
  }

  static final class Simd {
    private Simd() {}

    /** The sums of the 64 lanes over n numbers, a multiple of 64. */
    static void lanes(
        float[] x, int at, float[] centres, float[] scales, int unit, int n, float[] lanes) {
      for (int lane = 0; lane < Lanes.LOGICAL; lane += Species.L) {
        FloatVector sum = FloatVector.zero(Species.F);
        for (int i = lane; i < n; i += Lanes.LOGICAL) {
          FloatVector t =
              FloatVector.fromArray(Species.F, x, at + i)
                  .sub(FloatVector.fromArray(Species.F, centres, unit + i))
                  .mul(FloatVector.fromArray(Species.F, scales, unit + i));
          sum = t.fma(t, sum);
        }
        sum.intoArray(lanes, lane);
      }
    }
  }
}
