package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Softmax of rows, the logarithm of its denominator, and the cross-entropy with its gradient.
 *
 * <pre>java -jar bench/target/benchmarks.jar SoftmaxBenchmark -p shape=softmax-100x10</pre>
 */
@State(Scope.Benchmark)
public class SoftmaxBenchmark extends KernelBenchmark {
  @Param({
    "softmax-100x10",
    "softmax-500x1000",
    "logsumexp-100x10",
    "cross-entropy-100x10",
    "cross-entropy-500x10"
  })
  public String shape;

  @Override
  protected String shape() {
    return shape;
  }
}
