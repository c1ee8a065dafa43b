package advx.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ShareProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final StringWriter err = new StringWriter();
  private long now;

  private ShareProgress progress(boolean live) {
    Look look = new Look(live, false, 120, 120, false);
    Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), look);
    return new ShareProgress(console, "analysing", () -> now);
  }

  /** Warm after 2 s, at a tenth; 3 s later at four tenths: a tenth a second, six tenths to go. */
  @Test
  void theTimeLeftIsThatOfTheWarmMachine() {
    ShareProgress progress = progress(true);
    now = 2 * SECOND;
    progress.reached(0.1);
    now = 5 * SECOND;
    progress.reached(0.4);
    assertEquals("\r\033[Kanalysing   10 %\r\033[Kanalysing   40 %  0:06 left", err.toString());
  }

  @Test
  void inAPipeALineNowAndThen() {
    ShareProgress progress = progress(false);
    for (int second = 1; second <= 12; second++) {
      now = second * SECOND;
      progress.reached(second / 12.0);
    }
    assertEquals("analysing   41 %  0:07 left\nanalysing   83 %  0:02 left\n", err.toString());
  }
}
