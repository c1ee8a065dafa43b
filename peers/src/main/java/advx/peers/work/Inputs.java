package advx.peers.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The numbers that all start from: the same in every process. */
public final class Inputs {
  /** Distinct dense batches: enough that no network learns them by heart while it is measured. */
  private static final int DENSE_BATCHES = 20;

  private static final float CNN_SPREAD = 0.05f;

  /** Images [n][784] in [0, 1] and their labels. */
  public record Images(float[] x, int[] labels) {
    public int size() {
      return labels.length;
    }
  }

  /** A matrix [out][in] and its bias. */
  public record Layer(float[] weight, float[] bias, int out, int in) {}

  private Inputs() {}

  /** Uniform in [from, to): element i is a hash of (seed, i). */
  public static float[] uniform(long seed, int size, float from, float to) {
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = from + (to - from) * ((hash(seed, i) >>> 40) * 0x1p-24f);
    }
    return x;
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long hash(long seed, long i) {
    long z = (seed * 0x632be59bd9b4e019L + i + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  public static float[] a(Subject.Sgemm s) {
    return uniform(1, s.m() * s.k(), -1, 1);
  }

  public static float[] b(Subject.Sgemm s) {
    return uniform(2, s.k() * s.n(), -1, 1);
  }

  /** The training images of a maxout step, at least one batch. */
  public static Images images(Subject.Maxout s, Path digits) {
    return s.digits() ? digits(digits) : dense(DENSE_BATCHES * Subject.Maxout.BATCH);
  }

  /** Dense images, uniform in [0, 1). */
  public static Images dense(int samples) {
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = (int) (hash(4, i) >>> 33) % Subject.Maxout.CLASSES;
    }
    return new Images(uniform(3, samples * Subject.Maxout.FEATURES, 0, 1), labels);
  }

  /** The three layers of a maxout network; a unit's pieces are neighbouring rows. */
  public static Layer[] layers(Subject.Maxout s) {
    int rows = s.units() * Subject.Maxout.PIECES;
    return new Layer[] {
      layer(10, rows, Subject.Maxout.FEATURES, 0.05f),
      layer(11, rows, s.units(), 0.05f),
      layer(12, Subject.Maxout.CLASSES, s.units(), 0.05f)
    };
  }

  /** The layer of a softmax regression. */
  public static Layer softmax() {
    return layer(20, Subject.Maxout.CLASSES, Subject.Maxout.FEATURES, 0.05f);
  }

  /**
   * The four layers of the convolutional network: weights [channels out][channels in·5·5] and
   * [out][in], the first dense layer's inputs in the order channel, row, column.
   */
  public static Layer[] cnn() {
    return new Layer[] {
      layer(30, 32, 25, 0.2f),
      layer(31, 64, 32 * 25, CNN_SPREAD),
      layer(32, 1024, 64 * 49, CNN_SPREAD),
      layer(33, Subject.Maxout.CLASSES, 1024, CNN_SPREAD)
    };
  }

  /** The start of an attack: the images moved by up to its ε, within [0, 1]. */
  public static float[] start(float[] x) {
    float[] start = uniform(40, x.length, -Subject.CnnPgd.EPSILON, Subject.CnnPgd.EPSILON);
    for (int i = 0; i < x.length; i++) {
      start[i] = Math.clamp(x[i] + start[i], 0f, 1f);
    }
    return start;
  }

  private static Layer layer(long seed, int out, int in, float spread) {
    return new Layer(
        uniform(seed, out * in, -spread, spread), uniform(seed + 100, out, -0.05f, 0.05f), out, in);
  }

  /** About a thousand elements, evenly spread, in order. */
  public static float[] sample(float[] x) {
    int stride = Math.max(1, x.length / 1000);
    float[] some = new float[(x.length + stride - 1) / stride];
    for (int i = 0; i < some.length; i++) {
      some[i] = x[i * stride];
    }
    return some;
  }

  /** What an array has changed by, sampled. */
  public static float[] change(float[] from, float[] to) {
    float[] difference = sample(to);
    float[] before = sample(from);
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= before[i];
    }
    return difference;
  }

  /** All of them in a row. */
  public static float[] join(float[]... parts) {
    int size = 0;
    for (float[] part : parts) {
      size += part.length;
    }
    float[] all = new float[size];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** Writes images for {@link #digits}. */
  public static void write(Path file, Images images) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * images.x().length + 4 * images.size());
    bytes.putInt(images.size());
    for (int label : images.labels()) {
      bytes.putInt(label);
    }
    for (float x : images.x()) {
      bytes.putFloat(x);
    }
    Files.write(file, bytes.array());
  }

  /** Reads what {@link #write} wrote. */
  public static Images digits(Path file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      int[] labels = new int[bytes.getInt()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = bytes.getInt();
      }
      float[] x = new float[labels.length * Subject.Maxout.FEATURES];
      for (int i = 0; i < x.length; i++) {
        x[i] = bytes.getFloat();
      }
      return new Images(x, labels);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
