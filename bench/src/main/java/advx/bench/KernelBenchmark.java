package advx.bench;

import advx.engine.kernel.Ruler;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A subject that is limited by arithmetic: the vector kernel and its scalar twin as the same call.
 *
 * <p>Beside calls a second JMH prints {@code :gflop}, thousand million floating-point operations a
 * second, and {@code :ofPeak}, the same as a fraction of what independent multiply-adds reach on
 * these threads: measured in the same fork between the iterations, the best of all so far.
 */
@State(Scope.Benchmark)
public abstract class KernelBenchmark extends WorkBenchmark {
  private static final long RULER_NANOS = 50_000_000L;

  private double gflop;
  private double peakSeconds;
  private double peak;

  /** Counted operations, which JMH divides by the time. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Rates {
    public double gflop;

    @Setup(Level.Iteration)
    public void clear() {
      gflop = 0;
    }
  }

  /** Counted operations, and the seconds that they take at the peak. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class PeakRates {
    public double gflop;
    public double ofPeak;

    @Setup(Level.Iteration)
    public void clear() {
      gflop = 0;
      ofPeak = 0;
    }
  }

  @Setup(Level.Iteration)
  public void measurePeak() {
    peak = Math.max(peak, Ruler.peakGflops(workers, RULER_NANOS));
    gflop = 1e-9 * work.flops();
    peakSeconds = gflop / peak;
  }

  @Benchmark
  @Fork(2)
  public void vector(PeakRates rates) {
    work.run();
    rates.gflop += gflop;
    rates.ofPeak += peakSeconds;
  }

  /** The twin: the same call in a JVM without vectors. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dadvx.vector=none")
  public void scalar(Rates rates) {
    work.run();
    rates.gflop += gflop;
  }
}
