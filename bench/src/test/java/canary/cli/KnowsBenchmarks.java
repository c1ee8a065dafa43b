package canary.cli;

import java.util.stream.DoubleStream;

/** A command that knows a benchmark, and lets platform and scheduler decide on a result. */
public final class KnowsBenchmarks {
  /** A benchmark. */
  public Object benchmark() {
    return new canary.bench.Benchmark();
  }

  /** A sum that differs from run to run. */
  public double sum(double[] values) {
    return DoubleStream.of(values).parallel().map(Math::tanh).sum();
  }
}
