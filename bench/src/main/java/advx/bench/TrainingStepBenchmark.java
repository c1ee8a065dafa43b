package advx.bench;

import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole training steps of the maxout networks, clean and adversarial. Read steps a second.
 *
 * <p>The shapes that end in {@code mnist} train on its images, and fail with a sentence where no
 * folder holds them.
 *
 * <pre>java -jar bench/target/benchmarks.jar TrainingStepBenchmark -p shape=clean-240</pre>
 */
@State(Scope.Benchmark)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class TrainingStepBenchmark extends KernelBenchmark {
  @Param({
    "clean-240",
    "clean-240-sparse",
    "clean-240-mnist",
    "adversarial-240",
    "adversarial-240-sparse",
    "adversarial-240-mnist",
    "clean-1600",
    "clean-1600-mnist",
    "adversarial-1600",
    "adversarial-1600-mnist"
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
