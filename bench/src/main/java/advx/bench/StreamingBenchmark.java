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
 * A subject that passes once over its operands, and is limited by how fast these come: the vector
 * kernel and its scalar twin as the same call.
 *
 * <p>Beside calls a second JMH prints {@code :gbyte}, thousand million bytes of compulsory traffic
 * a second, and {@code :ofMemory}, the same as a fraction of what a[i] = b[i] + ½·c[i] reaches in
 * memory, measured in the same fork, the best of all so far. Operands that fit into a cache come
 * faster: then the fraction is above 1.
 */
@State(Scope.Benchmark)
public abstract class StreamingBenchmark extends WorkBenchmark {
  private static final long RULER_NANOS = 50_000_000L;

  private double gbyte;
  private double memorySeconds;
  private double bandwidth;

  /** Counted traffic, which JMH divides by the time. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Rates {
    public double gbyte;

    @Setup(Level.Iteration)
    public void clear() {
      gbyte = 0;
    }
  }

  /** Counted traffic, and the seconds that it takes at the memory's speed. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class MemoryRates {
    public double gbyte;
    public double ofMemory;

    @Setup(Level.Iteration)
    public void clear() {
      gbyte = 0;
      ofMemory = 0;
    }
  }

  @Setup(Level.Iteration)
  public void measureMemory() {
    bandwidth = Math.max(bandwidth, Ruler.bandwidthGBs(workers, RULER_NANOS));
    gbyte = 1e-9 * work.bytes();
    memorySeconds = gbyte / bandwidth;
  }

  @Benchmark
  @Fork(2)
  public void vector(MemoryRates rates) {
    work.run();
    rates.gbyte += gbyte;
    rates.ofMemory += memorySeconds;
  }

  /** The twin: the same call in a JVM without vectors. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dadvx.vector=none")
  public void scalar(Rates rates) {
    work.run();
    rates.gbyte += gbyte;
  }
}
