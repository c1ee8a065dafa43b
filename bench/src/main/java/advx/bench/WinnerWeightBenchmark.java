package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The weight gradient of a maxout layer; only operations on winners that were kept are counted.
 *
 * <pre>java -jar bench/target/benchmarks.jar WinnerWeightBenchmark -p shape=winner-weight-784x240
 * </pre>
 */
@State(Scope.Benchmark)
public class WinnerWeightBenchmark extends KernelBenchmark {
  @Param({
    "winner-weight-784x240",
    "winner-weight-240x240",
    "winner-weight-784x1600",
    "winner-weight-1600x1600"
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
