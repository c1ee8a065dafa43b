package advx.cli.result;

import advx.nn.io.Checksums;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;

/**
 * One number for everything that a run measured: the same on every machine, with any number of
 * threads and any vector width.
 *
 * <p>It is the SHA-256, in lower-case hexadecimal, of these lines in UTF-8, sorted by their bytes
 * and each ended by a line feed:
 *
 * <pre>
 * row/metric=hexadecimal bits                for every metric of every row
 * row/fingerprint.name=SHA-256 of weights    for every model
 * </pre>
 *
 * <p>Results of more than one seed have {@code row@seed} in place of {@code row}. Only values
 * enter. Intervals, labels, the paper's figures, pictures, times, paths, threads and the machine do
 * not.
 */
public final class Digest {
  /** The digest of these rows, in whatever order they stand. */
  public static String of(List<RowResult> rows) {
    // Names are ASCII, so the order of strings is the order of their bytes.
    var lines = new TreeSet<String>();
    boolean one = rows.stream().mapToLong(RowResult::seed).distinct().count() <= 1;
    for (RowResult row : rows) {
      String name = one ? row.id() : row.id() + "@" + row.seed();
      for (Metric metric : row.metrics()) {
        lines.add(name + "/" + metric.name() + "=" + bits(metric.value()) + "\n");
      }
      row.fingerprints()
          .forEach((model, hash) -> lines.add(name + "/fingerprint." + model + "=" + hash + "\n"));
    }
    return Checksums.sha256(String.join("", lines).getBytes(StandardCharsets.UTF_8));
  }

  /** The bits of a number as 16 hexadecimal digits; −0 counts as +0, and every NaN is the same. */
  public static String bits(double value) {
    return "%016x".formatted(Double.doubleToLongBits(value == 0 ? 0.0 : value));
  }

  private Digest() {}
}
