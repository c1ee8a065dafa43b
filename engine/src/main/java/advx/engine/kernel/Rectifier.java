package advx.engine.kernel;

import advx.engine.Workers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * y = max(x, 0) and its gate, element by element, in blocks that threads share.
 *
 * <p>The gate is the gradient: half of the numbers are zero without any order, and a branch would
 * be guessed wrongly every other time.
 */
public final class Rectifier implements Workers.Task {
  /** Numbers in one piece of work: below, a second thread costs more than it saves. */
  private static final int BLOCK = 1 << 14;

  private boolean forward;
  private float[] x;
  private float[] dy;
  private float slope;
  private float[] out;
  private int n;

  private Rectifier() {}

  /** y = max(x, 0), n numbers; NaN stays NaN. */
  public static void relu(Workers workers, float[] x, float[] y, int n) {
    run(workers, true, x, null, 0, y, n);
  }

  /** dx = dy where x &gt; 0, else slope·dy, n numbers; a slope of 0 gives 0 whatever dy is. */
  public static void gate(Workers workers, float[] x, float[] dy, float slope, float[] dx, int n) {
    run(workers, false, x, dy, slope, dx, n);
  }

  private static void run(
      Workers workers, boolean forward, float[] x, float[] dy, float slope, float[] out, int n) {
    Rectifier job = workers.scratch(Rectifier.class, Rectifier::new);
    job.forward = forward;
    job.x = x;
    job.dy = dy;
    job.slope = slope;
    job.out = out;
    job.n = n;
    workers.run(Math.ceilDiv(n, BLOCK), job);
  }

  @Override
  public void run(int piece, int worker) {
    int from = piece * BLOCK;
    int to = Math.min(n, from + BLOCK);
    if (forward) {
      if (Lanes.VECTOR) {
        from = Simd.relu(x, out, from, to);
      }
      scalarRelu(x, out, from, to);
    } else {
      if (Lanes.VECTOR) {
        from = Simd.gate(x, dy, slope, out, from, to);
      }
      scalarGate(x, dy, slope, out, from, to);
    }
  }

  /** The twin. */
  static void scalarRelu(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.max(x[i], 0);
    }
  }

  /** The twin. */
  static void scalarGate(float[] x, float[] dy, float slope, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] = x[i] > 0 ? dy[i] : slope == 0 ? 0 : slope * dy[i];
    }
  }

  /** Whole vectors; each body returns where it ended. */
  static final class Simd {
    private static final FloatVector ZERO = FloatVector.zero(Species.F);

    private Simd() {}

    static int relu(float[] x, float[] y, int from, int to) {
      int end = from + Species.F.loopBound(to - from);
      for (int i = from; i < end; i += Species.L) {
        FloatVector.fromArray(Species.F, x, i).max(ZERO).intoArray(y, i);
      }
      return end;
    }

    static int gate(float[] x, float[] dy, float slope, float[] dx, int from, int to) {
      return slope == 0 ? gate(x, dy, dx, from, to) : leaky(x, dy, slope, dx, from, to);
    }

    private static int gate(float[] x, float[] dy, float[] dx, int from, int to) {
      int end = from + Species.F.loopBound(to - from);
      for (int i = from; i < end; i += Species.L) {
        var open = FloatVector.fromArray(Species.F, x, i).compare(VectorOperators.GT, ZERO);
        ZERO.blend(FloatVector.fromArray(Species.F, dy, i), open).intoArray(dx, i);
      }
      return end;
    }

    private static int leaky(float[] x, float[] dy, float slope, float[] dx, int from, int to) {
      int end = from + Species.F.loopBound(to - from);
      for (int i = from; i < end; i += Species.L) {
        var open = FloatVector.fromArray(Species.F, x, i).compare(VectorOperators.GT, ZERO);
        FloatVector d = FloatVector.fromArray(Species.F, dy, i);
        d.mul(slope).blend(d, open).intoArray(dx, i);
      }
      return end;
    }
  }
}
