package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The update of a layer's weights: momentum with a norm limit, and Adam.
 *
 * <pre>java -jar bench/target/benchmarks.jar OptimiserBenchmark -p shape=sgd-784x1200</pre>
 */
@State(Scope.Benchmark)
public class OptimiserBenchmark extends StreamingBenchmark {
  @Param({"sgd-784x1200", "sgd-240x1200", "sgd-1600x8000", "adam-784x1200", "adam-240x1200"})
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
