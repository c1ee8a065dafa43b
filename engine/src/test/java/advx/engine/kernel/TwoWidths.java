package advx.engine.kernel;

import advx.engine.Workers;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Computes with vectors of eight until the compiler must know them, then with whole ones: prints
 * what a product allocates once it is compiled.
 */
final class TwoWidths {
  private static final VectorSpecies<Float> EIGHT = Species.EIGHT;
  private static final int OTHERS = 20_000;
  private static final int ROWS = 99;
  private static final int COLUMNS = 768;
  private static final int DEPTH = 1200;
  private static final int CALLS = 10;
  private static final long LIMIT = TimeUnit.SECONDS.toNanos(90);

  /** A few objects of the measurement itself, far below one vector a tile. */
  private static final long FEW = 4096;

  private TwoWidths() {}

  private static void eight(float[] x) {
    FloatVector v = FloatVector.fromArray(EIGHT, x, 0);
    v.fma(v, v).intoArray(x, 0);
  }

  public static void main(String[] arguments) {
    System.out.println("lanes=" + Lanes.COUNT);
    float[] x = new float[EIGHT.length()];
    for (int i = 0; i < OTHERS; i++) {
      eight(x);
    }
    float[] a = Samples.normal(ROWS * DEPTH, 1, 1);
    float[] b = Samples.normal(DEPTH * COLUMNS, 2, 1);
    float[] c = new float[ROWS * COLUMNS];
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long begin = System.nanoTime();
    long bytes = Long.MAX_VALUE;
    try (Workers workers = new Workers(1)) {
      while (bytes > FEW && System.nanoTime() - begin < LIMIT) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
          Gemm.blocked(
              workers, true, false, false, ROWS, COLUMNS, DEPTH, a, DEPTH, b, COLUMNS, c, COLUMNS);
        }
        bytes = threads.getCurrentThreadAllocatedBytes() - before;
      }
    }
    System.out.println("bytes=" + bytes);
  }
}
