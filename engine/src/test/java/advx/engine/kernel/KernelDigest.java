package advx.engine.kernel;

import advx.engine.Bits;
import advx.engine.Workers;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prints the lanes of this JVM, and for each kernel a digest of the bits it computes from fixed
 * numbers. {@link KernelWidthsTest} runs it with each width of vectors.
 *
 * <p>The argument is how often: in many rounds the first is the interpreter's and the last the
 * second compiler's, and all must give the same bits.
 */
final class KernelDigest {
  private static final int[] SIZES = {1, 3, 10, 16, 17, 64, 65, 207, 300};

  /** Enough rows for the widest vector, and a rest. */
  private static final int ROWS = 17;

  private final Bits.Digest digest = new Bits.Digest();
  private final float[] lanes = new float[64];
  private final float[] scratch = new float[SoftmaxResidual.SCRATCH];
  private final Workers workers = new Workers(1);
  private final Map<String, String> digests = new LinkedHashMap<>();
  private final float[][] normal = new float[SIZES.length][];
  private final float[][] special = new float[SIZES.length][];

  private KernelDigest() {
    for (int i = 0; i < SIZES.length; i++) {
      normal[i] = Samples.normal(5 * SIZES[i], 1, 3);
      special[i] = Samples.withSpecial(5 * SIZES[i], 2, 9);
    }
  }

  public static void main(String[] args) {
    System.out.println("lanes=" + Lanes.COUNT);
    System.out.println("kind=" + (Lanes.VECTOR ? "vector" : "scalar"));
    KernelDigest d = new KernelDigest();
    for (int round = 0; round < Integer.parseInt(args[0]); round++) {
      d.function("exp", Exp::exp);
      d.function("log", Log::log);
      d.function("tanh", Tanh::tanh);
      d.function("sigmoid", Sigmoid::sigmoid);
      d.function("softplus", Softplus::softplus);
      for (int i = 0; i < SIZES.length; i++) {
        d.sums(SIZES[i], d.normal[i], d.special[i]);
        d.extremes(SIZES[i], d.normal[i], d.special[i]);
        d.softmax(SIZES[i], d.normal[i]);
        d.dropout(SIZES[i]);
        d.steps(SIZES[i], d.normal[i], d.special[i]);
        d.passes(SIZES[i], d.normal[i], d.special[i]);
      }
    }
    d.digests.forEach((kernel, hex) -> System.out.println(kernel + "=" + hex));
  }

  private void keep(String kernel) {
    String hex = digest.hex();
    String first = digests.putIfAbsent(kernel, hex);
    if (first != null && !first.equals(hex)) {
      throw new IllegalStateException(kernel + " changed its bits: " + first + ", then " + hex);
    }
  }

  private void function(String name, FunctionKernelsTest.Kernel kernel) {
    for (int i = 0; i < SIZES.length; i++) {
      float[] y = new float[SIZES[i]];
      kernel.run(normal[i], 1, y, 0, y.length);
      digest.add(y);
      kernel.run(special[i], 1, y, 0, y.length);
      digest.add(y);
    }
    keep(name);
  }

  private void sums(int n, float[] x, float[] special) {
    digest.add(Sums.sum(x, 1, n, lanes), Sums.absolutes(x, 1, n, lanes));
    digest.add(Sums.squares(x, 1, n, lanes), Sums.dot(x, 1, x, 0, n, lanes));
    digest.add(Sums.squaredDistance(x, 1, x, 2, n, lanes), Sums.strided(x, 0, n, 5, lanes));
    digest.add(Sums.sum(special, 0, n, lanes));
    keep("sums of " + n);
  }

  private void extremes(int n, float[] x, float[] special) {
    digest.add(Extremes.max(x, 1, n)).add(Extremes.argmax(x, 1, n));
    digest.add(Extremes.max(special, 0, n)).add(Extremes.argmax(special, 0, n));
    digest.add(Extremes.magnitude(x, 1, n), Extremes.magnitude(special, 0, n));
    digest.add(Extremes.within(x, 1, n, -99, 99) ? 1 : 0);
    keep("extremes of " + n);
  }

  private void softmax(int n, float[] z) {
    float[] y = new float[5 * n];
    float[] out = new float[5];
    SoftmaxRows.softmax(z, y, 5, n, lanes);
    SoftmaxRows.logSumExp(z, out, 5, n, lanes, new float[2 * n]);
    digest.add(y).add(out);
    int columns = Math.min(n, 64);
    float[] r = Samples.normal(ROWS * columns, n, 3);
    SoftmaxResidual.residual(r, r, ROWS, columns, new int[ROWS], 0, scratch);
    digest.add(r);
    keep("softmax of " + n);
  }

  private void dropout(int n) {
    float[] mask = new float[n];
    DropoutMask.mask(mask, 0, n, 0xFEDCBA9876543210L, n, -3, 2, 0.5f, 2);
    digest.add(mask);
    keep("dropout of " + n);
  }

  private void steps(int n, float[] x, float[] special) {
    float[] out = new float[n];
    SignStep.step(x, 0, special, 0, 0.25f, out, 0, n);
    digest.add(out);
    SignStep.clippedStep(x, 0, special, 0, 0.25f, 0, 1, out, 0, n);
    digest.add(out);
    float[] high = x.clone();
    for (int i = 0; i < n; i++) {
      high[i] += 0.5f;
    }
    BoundedStep.step(out, special, 0.25f, x, high, 0, n);
    digest.add(out);
    for (double epsilon : new double[] {0.25, -0.1}) {
      BallStep.step(x, 0, special, 0, epsilon, out, 0, n);
      digest.add(out);
      BallStep.clippedStep(x, 0, special, 0, epsilon, 0, 1, out, 0, n);
      digest.add(out);
    }
    float[] w = x.clone();
    float[] m = new float[n];
    float[] v = new float[n];
    for (int t = 0; t < 3; t++) {
      Adam.step(w, m, v, x, 0, n, 1e-3f, 0.9f, 0.999f, 1e-8f, 0.3f, 0.01f);
    }
    digest.add(w).add(m).add(v);
    keep("steps of " + n);
  }

  /** What runs in one pass over memory, shared by threads. */
  private void passes(int n, float[] x, float[] special) {
    float[] y = new float[n];
    Rectifier.relu(workers, special, y, n);
    digest.add(y);
    Rectifier.gate(workers, special, x, 0, y, n);
    digest.add(y);
    Rectifier.gate(workers, x, special, 0.1f, y, n);
    digest.add(y);
    ColumnSums.sum(workers, x, 5, n, y);
    digest.add(y);
    Addition.add(workers, x, special, y, n);
    digest.add(y);
    Hadamard.multiply(workers, x, special, y, n);
    digest.add(y);
    channels(n, x, special);
    keep("passes of " + n);
  }

  /** Five places of n channels; or, one sample more, of one channel and n places. */
  private void channels(int n, float[] x, float[] special) {
    float[] first = new float[n];
    float[] second = new float[n];
    ChannelSums.sum(workers, x, 5, 1, n, first);
    ChannelSums.squares(workers, x, special, 1, 5, n, second);
    digest.add(first).add(second);
    ChannelSums.gradient(workers, x, special, x, 5, n, 1, first, second);
    digest.add(first[0], second[0]);
    float[] y = new float[5 * n];
    ChannelMaps.scale(workers, special, x, n, y);
    digest.add(y);
    ChannelMaps.normalise(workers, x, special, x, x, n, y);
    digest.add(y);
    ChannelMaps.gradient(workers, x, x, y, x, x, special, n, y);
    digest.add(y);
  }
}
