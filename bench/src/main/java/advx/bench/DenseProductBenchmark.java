package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The product of a dense layer, x·Wᵀ + b, without packing the weights.
 *
 * <pre>java -jar bench/target/benchmarks.jar DenseProductBenchmark -p shape=dense-240x10</pre>
 */
@State(Scope.Benchmark)
public class DenseProductBenchmark extends KernelBenchmark {
  @Param({"dense-240x10", "dense-784x10", "dense-784x1200"})
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
