package advx.bench.guard;

import static org.junit.jupiter.api.Assumptions.abort;

import advx.engine.Workers;
import advx.engine.kernel.Lanes;
import advx.engine.kernel.Ruler;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether a figure below its floor is the code's fault. It looks at the ruler in each round
 * of a measurement, and at how much of the processors others use.
 */
final class Referee {
  /** A core that lowers its clock for wide vectors moves the ruler by a quarter. */
  private static final double MOST_DRIFT = 1.4;

  /** The share of all processors that others may use. */
  private static final double MOST_OTHERS = 0.15;

  private static final long RULER_NANOS = 10_000_000L;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Workers workers;
  private final List<Double> others = new ArrayList<>();
  private double most;
  private double least = Double.POSITIVE_INFINITY;

  Referee(Workers workers) {
    this.workers = workers;
    SYSTEM.getCpuLoad();
    SYSTEM.getProcessCpuLoad();
  }

  /** Skips the calling test, by name, on a machine that has no vectors to speak of. */
  static void wantVectors() {
    if (Lanes.COUNT < 2) {
      abort("this machine cannot decide: " + Lanes.describe());
    }
  }

  /** The peak now, in GFLOP/s. */
  double peak() {
    double peak = Ruler.peakGflops(workers, RULER_NANOS);
    see(peak, Math.max(0, SYSTEM.getCpuLoad() - SYSTEM.getProcessCpuLoad()));
    return peak;
  }

  /** Takes note of a peak, and of the share of the processors that others used meanwhile. */
  void see(double peak, double load) {
    most = Math.max(most, peak);
    least = Math.min(least, peak);
    others.add(load);
  }

  /** The best peak that was seen. */
  double best() {
    return most;
  }

  /** Why this machine cannot decide, or an empty text. */
  String objection() {
    return objection(
        least, most, others.stream().mapToDouble(Double::doubleValue).average().orElse(0));
  }

  static String objection(double least, double most, double others) {
    if (most > MOST_DRIFT * least) {
      return "the ruler drifted between %.0f and %.0f GFLOP/s".formatted(least, most);
    }
    if (others > MOST_OTHERS) {
      return "others used %.0f %% of the processors".formatted(100 * others);
    }
    return "";
  }

  /** Fails with all sentences, or skips if this machine cannot decide them. */
  void judge(List<String> violations) {
    if (violations.isEmpty()) {
      return;
    }
    String sentences = String.join("\n", violations);
    if (!objection().isEmpty()) {
      abort("this machine cannot decide, " + objection() + ": " + sentences);
    }
    throw new AssertionError(sentences);
  }
}
