package advx.bench;

import advx.bench.work.Shapes;
import advx.bench.work.Work;
import advx.bench.work.Works;
import advx.engine.InputException;
import advx.engine.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What all subjects share: a shape of {@code shapes.txt}, the threads, and the check that the work
 * is right, before and after it is measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class WorkBenchmark {
  Workers workers;
  Work work;

  /** The name of the measured shape, JMH's parameter of that name. */
  protected abstract String shape();

  /** JMH's parameter of that name; 1 where the work knows no threads. */
  protected int threads() {
    return 1;
  }

  @Setup
  public void prepare() {
    checkSubject();
    workers = new Workers(threads());
    work = Works.make(Shapes.named(shape()), workers);
    work.check();
  }

  /**
   * {@code -p shape=…} reaches all benchmarks that were chosen: others' shapes are none of ours.
   */
  private void checkSubject() {
    try {
      List<String> own =
          Arrays.asList(getClass().getField("shape").getAnnotation(Param.class).value());
      if (!own.contains(shape())) {
        throw new InputException(
            "'%s' is no shape of this benchmark: name the one that has it, or give one of %s."
                .formatted(shape(), String.join(", ", own)));
      }
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  @TearDown
  public void check() {
    work.check();
    workers.close();
  }
}
