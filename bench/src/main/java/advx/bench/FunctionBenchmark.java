package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * exp, log, tanh, sigmoid and softplus of every element of an array.
 *
 * <pre>java -jar bench/target/benchmarks.jar FunctionBenchmark -p shape=exp-24000</pre>
 */
@State(Scope.Benchmark)
public class FunctionBenchmark extends KernelBenchmark {
  @Param({
    "exp-24000",
    "log-24000",
    "tanh-24000",
    "sigmoid-24000",
    "softplus-24000",
    "exp-1000",
    "log-1000",
    "tanh-1000",
    "sigmoid-1000",
    "softplus-1000"
  })
  public String shape;

  @Override
  protected String shape() {
    return shape;
  }
}
