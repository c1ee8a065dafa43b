package advx.bench;

import advx.attacks.train.AdversarialObjective;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Pass;
import advx.nn.Sgd;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * A training step of the maxout network 784–units×5–units×5–10: batch 100, dropout, momentum, norm
 * limit; clean, or adversarial with two forward passes.
 *
 * <p>Read steps a second. Inputs are dense, uniform in [0, 1), the worse case: of MNIST's pixels
 * four in five are zero, {@code pixels=sparse} draws as many zeros. Run it alone:
 *
 * <pre>java -jar bench/target/benchmarks.jar TrainingStep -p objective=clean -prof gc</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class TrainingStepBenchmark {
  private static final int BATCH = 100;
  private static final int FEATURES = 784;

  @Param({"clean", "adversarial"})
  public String objective;

  @Param({"240"})
  public int units;

  @Param({"dense", "sparse"})
  public String pixels;

  @Param({"1", "2"})
  public int threads;

  private Workers workers;
  private Network network;
  private Pass pass;
  private Objective cost;
  private Sgd sgd;
  private Tensor x;
  private int[] labels;
  private int[] samples;
  private int step;

  @Setup
  public void build() {
    workers = new Workers(threads);
    String layer = "maxout(" + units + ",5,init=uniform:0.05,limit=1.9365) dropout(0.5) ";
    network =
        Architecture.parse("dropout(0.8,unscaled) " + layer + layer + "dense(10) softmax")
            .network(FEATURES, 1);
    pass = Pass.training(new Tape(workers), 1);
    cost = objective.equals("clean") ? new CleanObjective() : new AdversarialObjective(0.5, 0.25);
    sgd = new Sgd(Sgd.Schedule.constant(0.01, 0.5));
    x = Tensor.zeros(BATCH, FEATURES);
    labels = new int[BATCH];
    samples = new int[BATCH];
    RandomStream random = new RandomStream(1, Purpose.TEST, 0, 0, 0);
    for (int i = 0; i < x.size(); i++) {
      boolean zero = pixels.equals("sparse") && random.nextInt(5) > 0;
      x.data()[i] = zero ? 0 : random.uniform();
    }
    for (int i = 0; i < BATCH; i++) {
      labels[i] = i % 10;
      samples[i] = i;
    }
  }

  /** A network that has broken down would be fast and worthless. */
  @TearDown
  public void check() {
    workers.close();
    network
        .parameters()
        .forEach(
            p -> {
              for (float weight : p.value().data()) {
                if (!Float.isFinite(weight)) {
                  throw new IllegalStateException(p.name() + " holds " + weight);
                }
              }
            });
  }

  @Benchmark
  @Fork(2)
  public double vector() {
    return step();
  }

  /** The twin: the same call in a JVM without vectors. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dadvx.vector=none")
  public double scalar() {
    return step();
  }

  private double step() {
    pass.start(step, samples);
    double sum = cost.gradients(network, pass, x, labels);
    sgd.update(workers, network.parameters(), pass, 1, step++);
    return sum;
  }
}
