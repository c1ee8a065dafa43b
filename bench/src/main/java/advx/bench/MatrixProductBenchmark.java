package advx.bench;

import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Workers;
import advx.engine.kernel.Gemm;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * The matrix product at square sizes and at the networks' shapes, m×n×k, vector kernel and scalar
 * twin by the same call.
 *
 * <p>Read the column {@code :gflop}: thousand million floating-point operations a second, a fused
 * multiply-add counted as two. Run it alone:
 *
 * <pre>java -jar bench/target/benchmarks.jar MatrixProduct -p threads=1</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatrixProductBenchmark {
  @Param({
    "128x128x128",
    "256x256x256",
    "512x512x512",
    "1024x1024x1024",
    "100x1200x784",
    "100x10x240"
  })
  public String shape;

  @Param({"1", "2"})
  public int threads;

  private int m;
  private int n;
  private int k;
  private float[] a;
  private float[] b;
  private float[] c;
  private Workers workers;

  /** Counts work, so that JMH prints it a second. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Work {
    public double gflop;

    @Setup(Level.Iteration)
    public void clear() {
      gflop = 0;
    }
  }

  @Setup
  public void draw() {
    int[] sizes = Arrays.stream(shape.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    m = sizes[0];
    n = sizes[1];
    k = sizes[2];
    a = uniform(m * k, 0);
    b = uniform(k * n, 1);
    c = new float[m * n];
    workers = new Workers(threads);
  }

  /** Uniform in [−1, 1): sums stay small, no product ends in infinities or denormals. */
  private static float[] uniform(int size, int sample) {
    RandomStream random = new RandomStream(1, Purpose.TEST, 0, 0, sample);
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = random.uniform(-1, 1);
    }
    return x;
  }

  /** The result is checked against the definition: a fast wrong product is worth nothing. */
  @TearDown
  public void check() {
    workers.close();
    float[] once = new float[m * n];
    try (Workers one = new Workers(1)) {
      Gemm.gemm(one, false, false, m, n, k, a, k, b, n, once, n);
    }
    for (int at = 0; at < m * n; at += 1 + m * n / 1000) {
      double sum = 0;
      for (int p = 0; p < k; p++) {
        sum += (double) a[at / n * k + p] * b[p * n + at % n];
      }
      if (!(Math.abs(sum - once[at]) < 1e-3)) {
        throw new IllegalStateException("wrong product at " + at + ": " + once[at] + ", " + sum);
      }
    }
  }

  @Benchmark
  @Fork(2)
  public float[] vector(Work work) {
    return multiply(work);
  }

  /** The twin: the same call in a JVM without vectors. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dadvx.vector=none")
  public float[] scalar(Work work) {
    return multiply(work);
  }

  private float[] multiply(Work work) {
    Arrays.fill(c, 0);
    Gemm.gemm(workers, false, false, m, n, k, a, k, b, n, c, n);
    work.gflop += 2e-9 * m * n * k;
    return c;
  }
}
