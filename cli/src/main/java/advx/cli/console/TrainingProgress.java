package advx.cli.console;

import advx.nn.Epoch;
import advx.nn.TrainingListener;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how a training run goes on: on a terminal a live line, rewritten ten times a second at
 * most; else a line an epoch, but no more than one in two seconds.
 *
 * <pre>
 * maxout  epoch 3/8   62 %  loss 0.0812  error 1.92 %  31,200/s  1:12 left
 * </pre>
 *
 * <p>The time left is what the samples so far took, validations included, times the samples to
 * come; a run that may stop early takes no longer than that.
 */
final class TrainingProgress implements TrainingListener {
  private static final long LIVE_NANOS = 100_000_000L;
  private static final long LINE_NANOS = 2_000_000_000L;

  /** Before that, the virtual machine is still compiling, and an estimate would be far too long. */
  private static final long WARM_NANOS = 2_000_000_000L;

  private final Console console;
  private final String name;
  private final LongSupplier clock;
  private long started;
  private long shown;
  private long epochStarted;
  private int firstEpoch;
  private int epochs;
  private int total;
  private double error = Double.NaN;

  TrainingProgress(Console console, String name) {
    this(console, name, System::nanoTime);
  }

  /** {@code clock} counts nanoseconds. */
  TrainingProgress(Console console, String name, LongSupplier clock) {
    this.console = console;
    this.name = name;
    this.clock = clock;
  }

  @Override
  public void found(Path file) {
    console.progress("  %s: trained before, read from %s".formatted(name, file));
  }

  @Override
  public void started(int finishedEpochs, int plannedEpochs) {
    started = clock.getAsLong();
    shown = started - LINE_NANOS;
    epochStarted = started;
    firstEpoch = finishedEpochs + 1;
    epochs = plannedEpochs;
    if (finishedEpochs > 0 && finishedEpochs < plannedEpochs) {
      console.progress("  %s: going on at epoch %d of %d".formatted(name, firstEpoch, epochs));
    }
  }

  @Override
  public void batch(int epoch, int samples, int ofTotal, double cost) {
    total = ofTotal;
    long now = clock.getAsLong();
    if (console.look().live() && now - shown >= LIVE_NANOS) {
      shown = now;
      console.live(
          "  %s  epoch %d/%d  %3d %%  loss %s%s  %s/s%s"
              .formatted(
                  name,
                  epoch,
                  epochs,
                  100L * samples / total,
                  loss(cost),
                  Double.isNaN(error) ? "" : "  error " + percent(error),
                  rate(samples, now - epochStarted),
                  now - started < WARM_NANOS ? "" : "  " + left(epoch, samples, now)));
    }
  }

  @Override
  public void note(String what) {
    long now = clock.getAsLong();
    if (shown == 0 || now - shown >= (console.look().live() ? LIVE_NANOS : LINE_NANOS)) {
      shown = now;
      if (console.look().live()) {
        console.live("  %s  %s".formatted(name, what));
      } else {
        console.progress("  %s: %s".formatted(name, what));
      }
    }
  }

  @Override
  public void epoch(Epoch epoch) {
    long now = clock.getAsLong();
    error = epoch.validationError();
    boolean last = epoch.number() == epochs;
    if (!console.look().live() && (now - shown >= LINE_NANOS || last)) {
      shown = now;
      console.progress(
          "  %s: epoch %d of %d, loss %s, validation error %s, %s samples/s%s"
              .formatted(
                  name,
                  epoch.number(),
                  epochs,
                  loss(epoch.cost()),
                  percent(error),
                  rate(total, now - epochStarted),
                  last ? "" : ", " + left(epoch.number(), total, now)));
    } else if (last) {
      console.clear();
    }
    epochStarted = now;
  }

  @Override
  public void ended(int finishedEpochs) {
    console.clear();
    if (finishedEpochs < epochs) {
      console.progress(
          "  %s: ended after epoch %d of at most %d, validation error %s"
              .formatted(name, finishedEpochs, epochs, percent(error)));
    }
  }

  private String left(int epoch, int samples, long now) {
    double done = (double) (epoch - firstEpoch) * total + samples;
    double toCome = (double) (epochs - epoch) * total + (total - samples);
    return duration(Math.round((now - started) / 1e9 * toCome / done)) + " left";
  }

  /** "0:07", "12:30", "2:05:00". */
  static String duration(long seconds) {
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private static String rate(int samples, long nanos) {
    return String.format(Locale.ROOT, "%,.0f", samples * 1e9 / Math.max(1, nanos));
  }

  private static String loss(double cost) {
    return String.format(Locale.ROOT, "%.4f", cost);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
