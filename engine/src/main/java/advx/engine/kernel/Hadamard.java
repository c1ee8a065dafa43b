package advx.engine.kernel;

import advx.engine.Workers;
import jdk.incubator.vector.FloatVector;

/** z = x·y, element by element, in blocks that threads share: masks, and gates of a network. */
public final class Hadamard implements Workers.Task {
  /** Numbers in one piece of work: below, a second thread costs more than it saves. */
  static final int BLOCK = 1 << 13;

  private float[] x;
  private float[] y;
  private float[] z;
  private int n;

  private Hadamard() {}

  /** z = x·y, n numbers; z may be x or y. */
  public static void multiply(Workers workers, float[] x, float[] y, float[] z, int n) {
    Hadamard job = workers.scratch(Hadamard.class, Hadamard::new);
    job.x = x;
    job.y = y;
    job.z = z;
    job.n = n;
    workers.run(Math.ceilDiv(n, BLOCK), job);
  }

  @Override
  public void run(int piece, int worker) {
    int from = piece * BLOCK;
    int to = Math.min(n, from + BLOCK);
    int done = Lanes.VECTOR ? Simd.multiply(x, y, z, from, to) : from;
    scalar(x, y, z, done, to);
  }

  /** The twin. */
  static void scalar(float[] x, float[] y, float[] z, int from, int to) {
    for (int i = from; i < to; i++) {
      z[i] = x[i] * y[i];
    }
  }

  static final class Simd {
    private Simd() {}

    /** Whole vectors; returns the first number left. */
    static int multiply(float[] x, float[] y, float[] z, int from, int to) {
      int i = from;
      for (; i + Species.L <= to; i += Species.L) {
        FloatVector v = FloatVector.fromArray(Species.F, x, i);
        v.mul(FloatVector.fromArray(Species.F, y, i)).intoArray(z, i);
      }
      return i;
    }
  }
}
