package advx.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The matrix product C ← op(A)·op(B): square sizes, and the products of the networks' layers.
 *
 * <pre>java -jar bench/target/benchmarks.jar MatrixProductBenchmark -p shape=product-128</pre>
 */
@State(Scope.Benchmark)
public class MatrixProductBenchmark extends KernelBenchmark {
  @Param({
    "product-128",
    "product-256",
    "product-512",
    "product-1024",
    "product-2048",
    "product-784x1200",
    "product-784x1200-dw",
    "product-784x1200-dx",
    "product-240x1200",
    "product-784x8000",
    "product-1600x8000",
    "product-240x10",
    "product-240x10-dw",
    "product-240x10-dx"
  })
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
