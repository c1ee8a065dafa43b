package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A convolution fused with its max pooling, and its gradients over the winners of the pool.
 *
 * <pre>java -jar bench/target/benchmarks.jar ConvolutionBenchmark -p shape=conv2</pre>
 */
@State(Scope.Benchmark)
public class ConvolutionBenchmark extends KernelBenchmark {
  @Param({"conv1", "conv1-dw", "conv1-dx", "conv2", "conv2-dw", "conv2-dx"})
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
