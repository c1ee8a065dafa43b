package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Batch normalisation of images: in training, with its gradient, and in inference.
 *
 * <pre>java -jar bench/target/benchmarks.jar BatchNormBenchmark -p shape=batch-norm-14</pre>
 */
@State(Scope.Benchmark)
public class BatchNormBenchmark extends StreamingBenchmark {
  @Param({"batch-norm-14", "batch-norm-14-dx", "batch-norm-14-inference"})
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
