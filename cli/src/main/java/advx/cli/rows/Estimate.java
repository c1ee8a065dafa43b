package advx.cli.rows;

import advx.engine.Workers;
import advx.engine.kernel.Ruler;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long rows will take here: the hours that their work takes on the reference machine, scaled by
 * the peak of multiply-adds measured now.
 *
 * @param slowness how many times as long this machine takes as the reference machine
 */
public record Estimate(double slowness) {
  /** Two cores of an AMD EPYC (Zen 4, 512-bit vectors), all threads: {@code advx doctor}. */
  public static final double REFERENCE_GFLOPS = 236;

  private static final long NANOS = 100_000_000;

  /** Looks at this machine for a tenth of a second. */
  public static Estimate measured(Workers workers) {
    return new Estimate(REFERENCE_GFLOPS / Ruler.peakGflops(workers, NANOS));
  }

  /** Hours for these rows, the models they share trained once a seed. */
  public double hours(List<Row> rows, Scope scope) {
    SortedMap<String, Double> parts = new TreeMap<>();
    for (Row row : rows) {
      row.work(scope).hours().forEach((part, hours) -> parts.merge(part, hours, Math::max));
    }
    return slowness * new Work(parts).total();
  }
}
