package advx.nn.data;

import advx.engine.InputException;
import advx.engine.Numerics;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.engine.kernel.Gemm;
import advx.nn.io.Canonical;
import advx.nn.io.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The preprocessing of CIFAR-10 for maxout networks: {@link Contrast}, then ZCA whitening, fitted
 * on the training images.
 *
 * <pre>
 * x' = (contrast(x) − m)·W,   m = mean,  W = (Σ + bias·I)^(−1/2),  Σ = the covariance, divided by n
 * </pre>
 *
 * <p>Neighbouring pixels lose their correlation, directions of little variance are left small by
 * the bias: numbers have a standard deviation of about 0.5. Source: Goodfellow et al. 2013, Maxout
 * networks, §5.2 and its configuration, bias 0.1; the same data in Goodfellow et al. 2015.
 *
 * @param mean [d]
 * @param matrix W, [d, d], symmetric
 * @param inverse W⁻¹, [d, d]: leads back to what can be looked at
 */
public record Whitening(Contrast contrast, Tensor mean, Tensor matrix, Tensor inverse) {
  /** The maxout networks' settings. */
  public static final double SCALE = 55;

  public static final double BIAS = 0.1;

  /** Images that are worked on at a time. */
  private static final int CHUNK = 2_000;

  /**
   * The whitening fitted on this data set: read from a file if it was fitted on the same data with
   * the same settings, else fitted and written.
   *
   * @param progress is told what is being done
   */
  public static Whitening of(Dataset data, Path file, Workers workers, Consumer<String> progress) {
    String hash = hash(data);
    if (Files.exists(file)) {
      SafeTensors.Contents contents = SafeTensors.read(file);
      if (hash.equals(contents.metadata().get("settings"))) {
        return read(contents, data.features(), file);
      }
    }
    Whitening fitted = fit(data, BIAS, workers, progress);
    SafeTensors.write(
        file,
        new SafeTensors.Contents(
            Map.of("mean", fitted.mean, "matrix", fitted.matrix, "inverse", fitted.inverse),
            Map.of("settings", hash, "data", data.name())));
    return fitted;
  }

  /** The SHA-256 of everything that decides a fit: equal hash, equal bits. */
  public static String hash(Dataset data) {
    return Canonical.sha256(
        Map.of(
            "whitening",
            "zca",
            "scale",
            SCALE,
            "bias",
            BIAS,
            "data",
            data.checksum(),
            "numerics",
            Numerics.VERSION));
  }

  private static Whitening read(SafeTensors.Contents contents, int d, Path file) {
    contents.requireFinite(file.toString());
    Tensor mean = contents.tensors().get("mean");
    Tensor matrix = contents.tensors().get("matrix");
    Tensor inverse = contents.tensors().get("inverse");
    if (mean == null
        || matrix == null
        || inverse == null
        || mean.size() != d
        || matrix.size() != d * d
        || inverse.size() != d * d) {
      throw new InputException(
          "%s does not hold a whitening of %d numbers; delete it and run again."
              .formatted(file, d));
    }
    return new Whitening(new Contrast(SCALE), mean, matrix, inverse);
  }

  /** Fits mean and matrix; the covariance is one ascending chain over the images. */
  static Whitening fit(Dataset data, double bias, Workers workers, Consumer<String> progress) {
    int n = data.size();
    int d = data.features();
    Contrast contrast = new Contrast(SCALE);
    double[] sums = new double[d];
    chunks(
        data,
        contrast,
        null,
        workers,
        (from, rows) -> {
          progress.accept("mean of image %,d of %,d".formatted(from, n));
          for (int i = 0; i < rows.size(); i++) {
            sums[i % d] += rows.data()[i];
          }
        });
    Tensor mean = Tensor.zeros(d);
    for (int j = 0; j < d; j++) {
      mean.data()[j] = (float) (sums[j] / n);
    }
    Tensor covariance = Tensor.zeros(d, d);
    chunks(
        data,
        contrast,
        mean,
        workers,
        (from, rows) -> {
          progress.accept("covariance of image %,d of %,d".formatted(from, n));
          float[] x = rows.data();
          float[] c = covariance.data();
          Gemm.gemm(workers, true, false, d, d, rows.dim(0), x, d, x, d, c, d);
        });
    float[] c = covariance.data();
    for (int i = 0; i < c.length; i++) {
      c[i] = (float) (c[i] / (double) n + (i % (d + 1) == 0 ? bias : 0));
    }
    InverseRoot root =
        InverseRoot.of(covariance, workers, k -> progress.accept("inverse square root, step " + k));
    return new Whitening(contrast, mean, root.inverse(), root.root());
  }

  /** The same samples, preprocessed; their box has no edges. */
  public Dataset apply(Dataset data, Workers workers) {
    int d = data.features();
    Tensor out = Tensor.zeros(data.size(), d);
    Tensor product = Tensor.zeros(Math.min(CHUNK, data.size()), d);
    chunks(
        data,
        contrast,
        mean,
        workers,
        (from, rows) -> {
          int m = rows.dim(0);
          Gemm.product(
              workers, false, false, m, d, d, rows.data(), d, matrix.data(), d, product.data(), d);
          System.arraycopy(product.data(), 0, out.data(), from * d, m * d);
        });
    Dataset.Info info = data.info();
    return data.withImages(
        new Dataset.Info(
            info.name() + " whitened",
            info.classes(),
            info.height(),
            info.width(),
            info.channels(),
            Float.NEGATIVE_INFINITY,
            Float.POSITIVE_INFINITY,
            info.comparable()),
        out);
  }

  /**
   * Back to images of normalised contrast, in which 0 is the image's own mean: x'·W⁻¹ + m.
   *
   * @param x [samples, d]
   */
  public Tensor restore(Tensor x, Workers workers) {
    int d = mean.size();
    Tensor images = Tensor.zeros(x.rows(), d);
    float[] y = images.data();
    for (int i = 0; i < y.length; i++) {
      y[i] = mean.data()[i % d];
    }
    Gemm.gemm(workers, false, false, x.rows(), d, d, x.data(), d, inverse.data(), d, y, d);
    return images;
  }

  /** What is done with some images of normalised contrast, less the mean. */
  private interface Rows {
    void take(int from, Tensor rows);
  }

  private static void chunks(
      Dataset data, Contrast contrast, Tensor mean, Workers workers, Rows action) {
    int d = data.features();
    Tensor raw = Tensor.zeros(Math.min(CHUNK, data.size()), d);
    for (int from = 0; from < data.size(); from += CHUNK) {
      int to = Math.min(data.size(), from + CHUNK);
      if (to - from < raw.dim(0)) {
        raw = Tensor.zeros(to - from, d);
      }
      data.images(from, to, raw);
      float[] x = raw.data();
      workers.run(
          to - from,
          (row, worker) -> {
            contrast.normalise(x, row * d, d, x, row * d);
            for (int j = 0; mean != null && j < d; j++) {
              x[row * d + j] -= mean.data()[j];
            }
          });
      action.take(from, raw);
    }
  }
}
