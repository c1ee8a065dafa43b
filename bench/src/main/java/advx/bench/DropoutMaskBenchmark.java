package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The dropout masks of a batch, from counter-based random numbers.
 *
 * <pre>java -jar bench/target/benchmarks.jar DropoutMaskBenchmark -p shape=dropout-100x784</pre>
 */
@State(Scope.Benchmark)
public class DropoutMaskBenchmark extends StreamingBenchmark {
  @Param({"dropout-100x784", "dropout-100x1600"})
  public String shape;

  @Override
  protected String shape() {
    return shape;
  }
}
