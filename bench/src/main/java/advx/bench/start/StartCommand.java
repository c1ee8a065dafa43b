package advx.bench.start;

import advx.bench.Options;
import advx.bench.work.Shapes;
import advx.bench.work.Work;
import advx.bench.work.Works;
import advx.engine.Workers;
import advx.engine.warm.WarmUp;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * {@code start}: makes calls of one shape in this JVM from its begin on, and prints when the first,
 * the 10th, … has ended; after {@code --warm S} seconds of warm-up at most, which count too.
 */
public final class StartCommand {
  private static final List<Integer> PRINTED = List.of(1, 10, 50, 100, 200, 400);
  private static final int MOST_SECONDS = 600;

  private StartCommand() {}

  /** Runs it and returns the exit code. */
  public static int run(String[] arguments, PrintStream out) {
    Options options = new Options("start", List.of("shape", "threads", "warm"), arguments);
    String shape = options.word("shape", "clean-240");
    int processors = Runtime.getRuntime().availableProcessors();
    int seconds = options.has("warm") ? options.number("warm", 1, 1, MOST_SECONDS) : 0;
    try (Workers workers = new Workers(options.number("threads", processors, 1, 1024))) {
      Work work = Works.make(Shapes.named(shape), workers);
      long begin = System.nanoTime();
      if (seconds > 0) {
        boolean rest = WarmUp.run(workers, Duration.ofSeconds(seconds));
        String how = rest ? "the kernels at rest" : "at its limit";
        out.printf(Locale.ROOT, "warm-up   %6.2f s, %s%n", since(begin), how);
      }
      for (int call = 1; call <= PRINTED.getLast(); call++) {
        work.run();
        if (PRINTED.contains(call)) {
          out.printf(Locale.ROOT, "call %4d %6.2f s%n", call, since(begin));
        }
      }
    }
    return 0;
  }

  private static double since(long begin) {
    return 1e-9 * (System.nanoTime() - begin);
  }
}
