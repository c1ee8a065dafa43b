package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A maxout layer: product, bias and maximum over the pieces in one pass.
 *
 * <pre>java -jar bench/target/benchmarks.jar MaxoutForwardBenchmark -p shape=maxout-784x240</pre>
 */
@State(Scope.Benchmark)
public class MaxoutForwardBenchmark extends KernelBenchmark {
  @Param({"maxout-784x240", "maxout-240x240", "maxout-784x1600", "maxout-1600x1600"})
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
