package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The fast gradient sign method on softmax regression. Read runs a second.
 *
 * <pre>java -jar bench/target/benchmarks.jar SoftmaxAttackBenchmark -p shape=fgsm-10000x784</pre>
 */
@State(Scope.Benchmark)
public class SoftmaxAttackBenchmark extends StreamingBenchmark {
  @Param({"fgsm-10000x784", "fgsm-500x784"})
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
