package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Whole training steps of the convolutional network. Read steps a second.
 *
 * <pre>java -jar bench/target/benchmarks.jar ConvolutionStepBenchmark -p shape=convolution-step-50
 * </pre>
 */
@State(Scope.Benchmark)
public class ConvolutionStepBenchmark extends KernelBenchmark {
  @Param({"convolution-step-50"})
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
