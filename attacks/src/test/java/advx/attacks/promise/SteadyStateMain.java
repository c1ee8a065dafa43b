package advx.attacks.promise;

import advx.engine.Workers;
import advx.nn.AdamOptimiser;
import advx.nn.Sgd;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Prints how many bytes a warm training step allocates, over all threads of this JVM. */
public final class SteadyStateMain {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int STEPS = 200;
  private static final long LIMIT = 1024;
  private static final long PATIENCE = 60_000_000_000L;
  private static final long CANARY = 2_000_000_000L;

  private static volatile float[] sink = {};

  private SteadyStateMain() {}

  public static void main(String[] arguments) {
    try (Workers workers = new Workers(2)) {
      Sgd.Schedule schedule = Sgd.Schedule.constant(0.01, 0.5);
      Steps clean = new Steps(workers, Steps.MAXOUT, false, new Sgd(schedule));
      print("clean", clean::step, PATIENCE);
      Steps adversarial = new Steps(workers, Steps.MAXOUT, true, new Sgd(schedule));
      print("adversarial", adversarial::step, PATIENCE);
      Steps adam = new Steps(workers, Steps.MAXOUT, true, new AdamOptimiser(0.001));
      print("adam", adam::step, PATIENCE);
      print(
          "canary",
          () -> {
            sink = new float[400];
            clean.step();
          },
          CANARY);
    }
  }

  /**
   * The least of several rounds, at most until it is below the limit: until the compilers are done,
   * they let steps allocate more.
   */
  private static void print(String name, Runnable step, long patience) {
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + patience;
    while (least >= LIMIT * STEPS && System.nanoTime() < end) {
      long before = THREADS.getTotalThreadAllocatedBytes();
      for (int i = 0; i < STEPS; i++) {
        step.run();
      }
      least = Math.min(least, THREADS.getTotalThreadAllocatedBytes() - before);
    }
    System.out.println(name + "=" + least / STEPS + " sink " + sink.length);
  }
}
