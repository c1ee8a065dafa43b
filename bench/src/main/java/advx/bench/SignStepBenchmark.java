package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The step of the fast gradient sign method, clipped or not.
 *
 * <pre>java -jar bench/target/benchmarks.jar SignStepBenchmark -p shape=sign-step-100x784</pre>
 */
@State(Scope.Benchmark)
public class SignStepBenchmark extends StreamingBenchmark {
  @Param({
    "sign-step-100x784",
    "clipped-step-100x784",
    "sign-step-10000x784",
    "clipped-step-10000x784"
  })
  public String shape;

  @Override
  protected String shape() {
    return shape;
  }
}
