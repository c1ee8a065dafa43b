package advx.bench;

import advx.bench.work.Shapes;
import advx.bench.work.Work;
import advx.bench.work.Works;
import advx.engine.Workers;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
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
    workers = new Workers(threads());
    work = Works.make(Shapes.named(shape()), workers);
    work.check();
  }

  @TearDown
  public void check() {
    work.check();
    workers.close();
  }
}
