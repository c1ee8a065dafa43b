package advx.engine.kernel;

import advx.engine.Workers;

/** Turns each sample's matrix round: images channel by channel to channels last, and back. */
public final class Turn implements Workers.Task {
  /** Below this many numbers a second thread costs more than it saves. */
  private static final int SERIAL = 1 << 14;

  private float[] x;
  private int m;
  private int n;
  private float[] y;

  private Turn() {}

  /** y[s][j][i] = x[s][i][j]: [samples][m][n] to [samples][n][m]. */
  public static void turn(Workers workers, float[] x, int samples, int m, int n, float[] y) {
    if (m == 1 || n == 1) {
      System.arraycopy(x, 0, y, 0, samples * m * n);
      return;
    }
    Turn job = workers.scratch(Turn.class, Turn::new);
    job.x = x;
    job.m = m;
    job.n = n;
    job.y = y;
    if (samples * m * n < SERIAL) {
      for (int s = 0; s < samples; s++) {
        job.run(s, 0);
      }
    } else {
      workers.run(samples, job);
    }
  }

  @Override
  public void run(int sample, int worker) {
    int at = sample * m * n;
    Packing.transpose(x, at, n, m, n, y, at, m);
  }
}
