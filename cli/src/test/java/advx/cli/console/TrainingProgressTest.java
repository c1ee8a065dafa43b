package advx.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import advx.nn.Epoch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final StringWriter err = new StringWriter();
  private long now;

  private TrainingProgress progress(boolean live) {
    Console console =
        new Console(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            new Look(live, false, 120, 120, false));
    return new TrainingProgress(console, "maxout", () -> now);
  }

  @Test
  void theLiveLineTellsWhatIsDoneAndWhatIsLeft() {
    TrainingProgress progress = progress(true);
    progress.started(0, 4);
    now = 5 * SECOND;
    progress.batch(1, 1_000, 2_000, 0.5);
    assertEquals(
        "\r\033[K  maxout  epoch 1/4   50 %  loss 0.5000  200/s  0:35 left", err.toString());
  }

  @Test
  void validationsCountForTheTimeLeftButNotForTheSpeed() {
    TrainingProgress progress = progress(true);
    progress.started(0, 4);
    now = 20 * SECOND; // ten of them for the validation
    progress.epoch(new Epoch(1, 0.25, 0.125));
    now = 25 * SECOND;
    progress.batch(2, 1_000, 2_000, 0.125);
    assertEquals(
        "\r\033[K  maxout  epoch 2/4   50 %  loss 0.1250  error 12.50 %  200/s  0:42 left",
        err.toString());
  }

  @Test
  void theLiveLineChangesTenTimesASecondAtMost() {
    TrainingProgress progress = progress(true);
    progress.started(0, 1);
    for (int sample = 1; sample <= 1_000; sample++) {
      now += SECOND / 1_000;
      progress.batch(1, sample, 1_000, 1);
    }
    assertEquals(11, err.toString().split("\r").length - 1, 1);
  }

  @Test
  void pipesGetALineInTwoSecondsAndTheLastEpoch() {
    TrainingProgress progress = progress(false);
    progress.started(0, 10);
    for (int epoch = 1; epoch <= 10; epoch++) {
      progress.batch(epoch, 2_000, 2_000, 0.5);
      now += SECOND / 2;
      progress.epoch(new Epoch(epoch, 0.5, 0.25));
    }
    List<String> lines = err.toString().lines().toList();
    assertEquals(4, lines.size(), err.toString());
    assertEquals(
        "  maxout: epoch 1 of 10, loss 0.5000, validation error 25.00 %, 4,000 samples/s, 0:05"
            + " left",
        lines.get(0));
    assertEquals(
        "  maxout: epoch 5 of 10, loss 0.5000, validation error 25.00 %, 4,000 samples/s, 0:03"
            + " left",
        lines.get(1));
    assertEquals(
        "  maxout: epoch 10 of 10, loss 0.5000, validation error 25.00 %, 4,000 samples/s",
        lines.get(3));
  }

  @Test
  void goingOnAndFindingAreSaid() {
    TrainingProgress progress = progress(false);
    progress.started(6, 12);
    progress.found(Path.of("m.safetensors"));
    assertEquals(
        List.of(
            "  maxout: going on at epoch 7 of 12",
            "  maxout: trained before, read from m.safetensors"),
        err.toString().lines().toList());
  }

  @Test
  void endingBeforeTheLastEpochIsSaid() {
    TrainingProgress progress = progress(false);
    progress.started(0, 12);
    progress.epoch(new Epoch(1, 0.25, 0.125));
    String before = err.toString();
    progress.ended(12);
    assertEquals(before, err.toString());
    progress.ended(1);
    assertEquals(
        "  maxout: ended after epoch 1 of at most 12, validation error 12.50 %",
        err.toString().lines().toList().getLast());
  }

  @Test
  void timesAreReadable() {
    assertEquals("0:07", TrainingProgress.duration(7));
    assertEquals("12:30", TrainingProgress.duration(750));
    assertEquals("2:05:00", TrainingProgress.duration(7_500));
  }
}
