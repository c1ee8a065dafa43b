package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The input gradient of a maxout layer; only operations on winners that were kept are counted.
 *
 * <pre>java -jar bench/target/benchmarks.jar WinnerInputBenchmark -p shape=winner-input-784x240
 * </pre>
 */
@State(Scope.Benchmark)
public class WinnerInputBenchmark extends KernelBenchmark {
  @Param({
    "winner-input-784x240",
    "winner-input-240x240",
    "winner-input-784x1600",
    "winner-input-1600x1600"
  })
  public String shape;

  @Param({"1", "2"})
  public int threads;

  @Override
  protected String shape() {
    return shape;
  }

  @Override
  protected int threads() {
    return threads;
  }
}
