package advx.engine.kernel;

import advx.engine.Bits;
import advx.engine.Workers;

/**
 * Prints the lanes of this JVM, and for each shape of {@link ConvKernelsTest} a digest of what
 * convolution's kernels compute; argument: the number of threads.
 */
final class ConvDigest {
  private static final int SAMPLES = 2;

  private ConvDigest() {}

  public static void main(String[] arguments) {
    System.out.println("lanes=" + Lanes.COUNT);
    System.out.println("kind=" + (Lanes.VECTOR ? "vector" : "scalar"));
    try (Workers workers = new Workers(Integer.parseInt(arguments[0]))) {
      System.out.println("threads=" + workers.threads());
      int number = 0;
      for (ConvShape c : ConvKernelsTest.shapes().toList()) {
        System.out.println("digest " + number++ + " " + digest(c, workers));
      }
      System.out.println("digest pool " + pool(workers));
      System.out.println("digest rbf " + rbf(workers));
    }
  }

  private static String digest(ConvShape c, Workers workers) {
    float[] x = Samples.normal(SAMPLES * c.inputs(), 1, 1);
    float[] w = Samples.normal(c.filters() * c.taps(), 2, 1);
    float[] bias = Samples.normal(c.filters(), 3, 1);
    float[] y = new float[SAMPLES * c.outputs()];
    int[] winners = new int[y.length];
    ConvForward.convolve(workers, c, x, SAMPLES, w, bias, y, winners);
    Bits.Digest digest = new Bits.Digest().add(y);
    for (int winner : winners) {
      digest.add(winner);
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.max(y[i], 0);
    }
    float[] dx = new float[x.length];
    float[] dw = new float[w.length];
    ConvInput.gradient(workers, c, y, SAMPLES, w, winners, dx);
    ConvWeight.gradient(workers, c, y, SAMPLES, x, winners, dw);
    ConvForward.select(workers, c, dx, SAMPLES, w, winners, y);
    return digest.add(dx).add(dw).add(y).hex();
  }

  private static String pool(Workers workers) {
    Bits.Digest digest = new Bits.Digest();
    for (int channels : new int[] {1, 3, 16, 17, 70}) {
      PoolShape p = new PoolShape(9, 8, channels, Window.of(3, 2, 1));
      float[] x = Samples.normal(SAMPLES * p.inputs(), 4, 1);
      float[] y = new float[SAMPLES * p.outputs()];
      int[] winners = new int[y.length];
      MaxPool.pool(workers, p, x, SAMPLES, y, winners);
      digest.add(y);
      MaxPool.spread(workers, p, y, SAMPLES, winners, x);
      digest.add(x);
      AveragePool.pool(workers, p, x, SAMPLES, y);
      AveragePool.spread(workers, p, y, SAMPLES, x);
      digest.add(y).add(x);
    }
    return digest.hex();
  }

  private static String rbf(Workers workers) {
    Bits.Digest digest = new Bits.Digest();
    for (int in : new int[] {1, 63, 64, 207, 784}) {
      float[] z = new float[20 * 7];
      RbfForward.exponents(
          workers,
          Samples.normal(20 * in, 1, 1),
          20,
          in,
          Samples.normal(7 * in, 2, 1),
          Samples.normal(7 * in, 3, 0.1f),
          7,
          z);
      digest.add(z);
    }
    return digest.hex();
  }
}
