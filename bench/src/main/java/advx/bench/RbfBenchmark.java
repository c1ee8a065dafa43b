package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The exponents of radial basis functions.
 *
 * <pre>java -jar bench/target/benchmarks.jar RbfBenchmark -p shape=rbf-784x10</pre>
 */
@State(Scope.Benchmark)
public class RbfBenchmark extends KernelBenchmark {
  @Param({"rbf-784x10", "rbf-784x240"})
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
