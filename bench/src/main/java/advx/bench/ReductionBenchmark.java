package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Sums in 64 lanes, and the largest of an array.
 *
 * <pre>java -jar bench/target/benchmarks.jar ReductionBenchmark -p shape=sum-784</pre>
 */
@State(Scope.Benchmark)
public class ReductionBenchmark extends StreamingBenchmark {
  @Param({
    "sum-784",
    "sum-940800",
    "absolutes-784",
    "squares-784",
    "dot-784",
    "dot-940800",
    "distance-784",
    "max-3072",
    "argmax-3072"
  })
  public String shape;

  @Override
  protected String shape() {
    return shape;
  }
}
