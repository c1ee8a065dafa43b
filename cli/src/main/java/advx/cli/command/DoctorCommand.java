package advx.cli.command;

import advx.cli.Machine;
import advx.cli.console.Console;
import advx.cli.report.Numbers;
import advx.engine.Numerics;
import advx.engine.Workers;
import advx.engine.kernel.Gemm;
import advx.engine.kernel.Lanes;
import advx.engine.kernel.Ruler;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code advx doctor}: what the program runs on, and how fast that is. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Print JDK, processor, vector width, data sets found and measured speed.")
public final class DoctorCommand implements Callable<Integer> {
  /** A fused multiply-add in software takes some 76 ns, in hardware at most 2. */
  private static final double SLOW_FMA_NANOS = 20;

  private static final int FMA_STEPS = 200_000;
  private static final int FMA_ROUNDS = 20;

  /** Rows and columns of the matrices. */
  private static final int SIDE = 512;

  private static final int LEAST_RUNS = 50;
  private static final long GEMM_NANOS = 1_500_000_000L;

  @Mixin private RunOptions run;

  @Override
  public Integer call() {
    Console console = run.console();
    try (Workers workers = run.workers()) {
      console.result(
          """
          program     advx %s, numerics %d
          JDK         %s, %s
          processor   %s, %d cores
          system      %s
          vectors     %s
          threads     %d
          heap        %s MB at most
          """
              .formatted(
                  Machine.version(),
                  Numerics.VERSION,
                  Machine.jdk(),
                  System.getProperty("java.home"),
                  Machine.processor(),
                  Runtime.getRuntime().availableProcessors(),
                  Machine.system(),
                  Lanes.describe(),
                  workers.threads(),
                  Runtime.getRuntime().maxMemory() >> 20));
      DataCommand.overview().lines().forEach(line -> console.resultLine("data        " + line));
      console.live("measuring");
      speed(console, workers);
    }
    return 0;
  }

  private static void speed(Console console, Workers workers) {
    double nanos = fmaNanos();
    console.resultLine(
        "fused       %s ns for one multiply-add after another".formatted(Numbers.plain(nanos))
            + (nanos > SLOW_FMA_NANOS
                ? ": this processor has no instruction for it, and everything will be very slow"
                : ""));
    double peak = Ruler.peakGflops(workers);
    console.resultLine(
        "peak        %s GFLOP/s, multiply-adds in registers on all threads"
            .formatted(Numbers.plain(peak)));
    double product = productGflops(workers);
    console.resultLine(
        "product     %s GFLOP/s for %d×%d matrices, %s of peak"
            .formatted(Numbers.plain(product), SIDE, SIDE, Numbers.percent(product / peak)));
  }

  /** Nanoseconds for one of a chain of fused multiply-adds; the best of several rounds. */
  private static double fmaNanos() {
    long best = Long.MAX_VALUE;
    float x = 1;
    for (int round = 0; round < FMA_ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < FMA_STEPS; i++) {
        x = Math.fma(x, 0.5f, 1);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return x > 0 ? (double) best / FMA_STEPS : Double.NaN; // x is used, so it is computed
  }

  /** Billions of operations a second of C ← C + A·B; the best of many runs. */
  private static double productGflops(Workers workers) {
    float[] a = new float[SIDE * SIDE];
    float[] b = new float[SIDE * SIDE];
    float[] c = new float[SIDE * SIDE];
    long best = Long.MAX_VALUE;
    long begin = System.nanoTime();
    long now = begin;
    for (int run = 0; run < LEAST_RUNS || now - begin < GEMM_NANOS; run++) {
      now = System.nanoTime();
      Gemm.gemm(workers, false, false, SIDE, SIDE, SIDE, a, SIDE, b, SIDE, c, SIDE);
      best = Math.min(best, System.nanoTime() - now);
    }
    return 2.0 * SIDE * SIDE * SIDE / best;
  }
}
