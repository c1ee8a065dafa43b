package advx.nn.data;

import advx.engine.InputException;
import advx.engine.Tensor;
import advx.nn.io.Checksums;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Labelled images, which cannot be changed: sample i has features x ∈ [low, high]ᵈ in the data's
 * own units, d = channels·height·width, a label in 0 … classes−1, and an index.
 *
 * <p>The index is the sample's place in the data set that was read. It stays the same in every part
 * made of it, because the random numbers of a sample are drawn by it. Parts share the pixels of the
 * whole; pixels are only ever copied out.
 */
public final class Dataset {
  /**
   * What all samples have in common.
   *
   * @param name as printed in results
   * @param low the smallest value a pixel can have
   * @param high the largest
   * @param comparable whether figures measured on it may be held against the papers'
   */
  public record Info(
      String name,
      int classes,
      int height,
      int width,
      int channels,
      float low,
      float high,
      boolean comparable) {
    int features() {
      return channels * height * width;
    }
  }

  private final Info info;
  private final Tensor pixels;
  private final int[] labels;

  /** The row of {@code pixels} that sample i has. */
  private final int[] rows;

  /** The sample's index in the data set that was read. */
  private final int[] indices;

  private volatile String checksum;

  /**
   * A data set over this very tensor of shape [n, features]; sample i has index i.
   *
   * @throws IllegalArgumentException if the shapes do not fit
   * @throws InputException if a label is not below the number of classes
   */
  public Dataset(Info info, Tensor images, int[] labels) {
    this(info, images, labels.clone(), range(0, labels.length), range(0, labels.length));
    if (images.rank() != 2 || images.dim(0) != labels.length || images.dim(1) != info.features()) {
      throw new IllegalArgumentException(
          "Dataset: got images %s, expected [%d, %d]"
              .formatted(images.shapeString(), labels.length, info.features()));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= info.classes()) {
        throw new InputException(
            "%s: sample %d has label %d, but labels go from 0 to %d; check the label file."
                .formatted(info.name(), i, labels[i], info.classes() - 1));
      }
    }
  }

  private Dataset(Info info, Tensor pixels, int[] labels, int[] rows, int[] indices) {
    this.info = info;
    this.pixels = pixels;
    this.labels = labels;
    this.rows = rows;
    this.indices = indices;
  }

  public Info info() {
    return info;
  }

  public String name() {
    return info.name();
  }

  /** The number of samples. */
  public int size() {
    return labels.length;
  }

  /** The numbers of one image. */
  public int features() {
    return info.features();
  }

  public int classes() {
    return info.classes();
  }

  public int label(int i) {
    return labels[i];
  }

  /** A copy of all labels. */
  public int[] labels() {
    return labels.clone();
  }

  /** The sample's place in the data set that was read, by which its random numbers are drawn. */
  public int index(int i) {
    return indices[i];
  }

  /** How many samples each class has. */
  public int[] labelCounts() {
    int[] counts = new int[classes()];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  /** Samples from … to−1, with their indices; the pixels are shared. */
  public Dataset subset(int from, int to) {
    java.util.Objects.checkFromToIndex(from, to, size());
    return new Dataset(
        info,
        pixels,
        Arrays.copyOfRange(labels, from, to),
        Arrays.copyOfRange(rows, from, to),
        Arrays.copyOfRange(indices, from, to));
  }

  /**
   * The same samples, with their labels and indices, seen through a preprocessing.
   *
   * @param newInfo of as many classes
   * @param images row i belongs to sample i
   */
  public Dataset withImages(Info newInfo, Tensor images) {
    if (newInfo.classes() != classes()
        || images.rank() != 2
        || images.dim(0) != size()
        || images.dim(1) != newInfo.features()) {
      throw new IllegalArgumentException(
          "Dataset.withImages: got images %s of %d classes, expected [%d, %d] of %d"
              .formatted(
                  images.shapeString(), newInfo.classes(), size(), newInfo.features(), classes()));
    }
    return new Dataset(newInfo, images, labels, range(0, size()), indices);
  }

  /**
   * The samples with one of these labels, in order and with their indices; class k becomes the k-th
   * label given, so that {@code filterLabels(3, 7)} is a problem of two classes. Pixels are shared.
   */
  public Dataset filterLabels(int... kept) {
    int[] newLabel = new int[classes()];
    Arrays.fill(newLabel, -1);
    StringBuilder name = new StringBuilder(name());
    for (int k = 0; k < kept.length; k++) {
      if (kept[k] < 0 || kept[k] >= classes() || newLabel[kept[k]] >= 0) {
        throw new IllegalArgumentException(
            "filterLabels: got %s, expected distinct labels from 0 to %d"
                .formatted(Arrays.toString(kept), classes() - 1));
      }
      newLabel[kept[k]] = k;
      name.append(k == 0 ? " " : "-").append(kept[k]);
    }
    int[] at = range(0, size());
    at = Arrays.stream(at).filter(i -> newLabel[labels[i]] >= 0).toArray();
    int[] keptLabels = new int[at.length];
    int[] keptRows = new int[at.length];
    int[] keptIndices = new int[at.length];
    for (int i = 0; i < at.length; i++) {
      keptLabels[i] = newLabel[labels[at[i]]];
      keptRows[i] = rows[at[i]];
      keptIndices[i] = indices[at[i]];
    }
    Info two =
        new Info(
            name.toString(),
            kept.length,
            info.height(),
            info.width(),
            info.channels(),
            info.low(),
            info.high(),
            info.comparable());
    return new Dataset(two, pixels, keptLabels, keptRows, keptIndices);
  }

  /** A copy of the images from … to−1: shape [to − from, features]. */
  public Tensor images(int from, int to) {
    Tensor into = Tensor.zeros(to - from, features());
    images(from, to, into);
    return into;
  }

  /** Copies the images from … to−1 into a tensor of to − from rows; allocates nothing. */
  public void images(int from, int to, Tensor into) {
    checkRows(from, to, size(), into);
    for (int i = from; i < to; i++) {
      copyRow(rows[i], into, i - from);
    }
  }

  /**
   * Copies the images order[from] … order[to−1] into a tensor of to − from rows; allocates nothing.
   */
  public void batch(int[] order, int from, int to, Tensor into) {
    checkRows(from, to, order.length, into);
    for (int i = from; i < to; i++) {
      copyRow(rows[order[i]], into, i - from);
    }
  }

  private void checkRows(int from, int to, int length, Tensor into) {
    java.util.Objects.checkFromToIndex(from, to, length);
    if (into.rows() != to - from || into.columns() != features()) {
      throw new IllegalArgumentException(
          "Dataset.batch: got a tensor %s, expected [%d, %d]"
              .formatted(into.shapeString(), to - from, features()));
    }
  }

  private void copyRow(int row, Tensor into, int at) {
    int d = features();
    System.arraycopy(pixels.data(), row * d, into.data(), at * d, d);
  }

  /**
   * The SHA-256 over sizes, box, indices, labels and the bits of all pixels, in lower-case
   * hexadecimal; equal for equal content, whatever the name. Computed once, when first asked for.
   */
  public String checksum() {
    if (checksum == null) {
      checksum = computeChecksum();
    }
    return checksum;
  }

  private String computeChecksum() {
    MessageDigest sha = Checksums.sha256();
    int d = features();
    ByteBuffer bytes = ByteBuffer.allocate(4 * Math.max(d + 2, 8)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(size()).putInt(classes()).putInt(info.height()).putInt(info.width());
    bytes.putInt(info.channels()).putFloat(info.low()).putFloat(info.high());
    sha.update(bytes.flip());
    for (int i = 0; i < size(); i++) {
      bytes.clear().putInt(indices[i]).putInt(labels[i]);
      bytes.asFloatBuffer().put(pixels.data(), rows[i] * d, d);
      sha.update(bytes.rewind().limit(4 * (d + 2)));
    }
    return Checksums.hex(sha.digest());
  }

  private static int[] range(int from, int to) {
    int[] numbers = new int[to - from];
    Arrays.setAll(numbers, i -> from + i);
    return numbers;
  }
}
