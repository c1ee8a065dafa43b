package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Max and average pooling of images, and their gradients.
 *
 * <pre>java -jar bench/target/benchmarks.jar PoolBenchmark -p shape=max-pool-28</pre>
 */
@State(Scope.Benchmark)
public class PoolBenchmark extends StreamingBenchmark {
  @Param({"max-pool-28", "max-pool-28-dx", "max-pool-14", "average-pool-28", "average-pool-28-dx"})
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
