package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * y[j] = Σ over rows of x[row][j], one ascending chain each: the sum over a batch, a bias's
 * gradient. The work is cut by columns; a block of four vectors of sums stays in registers while
 * the rows pass, where a sum in memory would be read and written for each number.
 */
public final class ColumnSums implements Workers.Task {
  /** Columns in one piece of work. */
  private static final int COLUMNS = 256;

  private float[] x;
  private int rows;
  private int columns;
  private float[] y;

  private ColumnSums() {}

  /**
   * The sums of the columns.
   *
   * @param x [rows][columns]
   * @param y [columns], overwritten
   */
  public static void sum(Workers workers, float[] x, int rows, int columns, float[] y) {
    ColumnSums job = workers.scratch(ColumnSums.class, ColumnSums::new);
    job.x = x;
    job.rows = rows;
    job.columns = columns;
    job.y = y;
    workers.run(Math.ceilDiv(columns, COLUMNS), job);
  }

  @Override
  public void run(int piece, int worker) {
    int from = piece * COLUMNS;
    int to = Math.min(columns, from + COLUMNS);
    if (Lanes.VECTOR) {
      from = Simd.sums(x, rows, columns, from, to, y);
    }
    scalar(x, rows, columns, from, to, y);
  }

  /** The twin. */
  static void scalar(float[] x, int rows, int columns, int from, int to, float[] y) {
    Arrays.fill(y, from, to, 0);
    for (int row = 0; row < rows; row++) {
      for (int j = from; j < to; j++) {
        y[j] += x[row * columns + j];
      }
    }
  }

  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    /** Whole vectors of columns; returns where it ended. */
    static int sums(float[] x, int rows, int columns, int from, int to, float[] y) {
      int j = from;
      for (; j + 4 * L <= to; j += 4 * L) {
        block4(x, rows, columns, j, y);
      }
      for (; j + L <= to; j += L) {
        block1(x, rows, columns, j, y);
      }
      return j;
    }

    private static void block4(float[] x, int rows, int columns, int at, float[] y) {
      FloatVector s0 = FloatVector.zero(Species.F);
      FloatVector s1 = FloatVector.zero(Species.F);
      FloatVector s2 = FloatVector.zero(Species.F);
      FloatVector s3 = FloatVector.zero(Species.F);
      for (int row = 0; row < rows; row++) {
        int i = row * columns + at;
        s0 = FloatVector.fromArray(Species.F, x, i).add(s0);
        s1 = FloatVector.fromArray(Species.F, x, i + L).add(s1);
        s2 = FloatVector.fromArray(Species.F, x, i + 2 * L).add(s2);
        s3 = FloatVector.fromArray(Species.F, x, i + 3 * L).add(s3);
      }
      s0.intoArray(y, at);
      s1.intoArray(y, at + L);
      s2.intoArray(y, at + 2 * L);
      s3.intoArray(y, at + 3 * L);
    }

    private static void block1(float[] x, int rows, int columns, int at, float[] y) {
      FloatVector sum = FloatVector.zero(Species.F);
      for (int row = 0; row < rows; row++) {
        sum = FloatVector.fromArray(Species.F, x, row * columns + at).add(sum);
      }
      sum.intoArray(y, at);
    }
  }
}
