package advx.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LookTest {
  private static Look look(Map<String, String> environment) {
    return Look.of(environment, true, true, false);
  }

  @Test
  void aTerminalIsLiveAndColouredUnlessToldNotTo() {
    assertEquals(new Look(true, true, 80, false), look(Map.of()));
    assertEquals(new Look(true, false, 80, false), look(Map.of("NO_COLOR", "1")));
    assertEquals(new Look(true, true, 80, false), look(Map.of("NO_COLOR", "")));
    assertEquals(new Look(false, false, 80, false), look(Map.of("TERM", "dumb")));
  }

  @Test
  void pipesAreNeither() {
    assertEquals(new Look(false, true, 80, false), Look.of(Map.of(), true, false, false));
    assertEquals(new Look(true, false, 80, false), Look.of(Map.of(), false, true, false));
    assertEquals(new Look(false, true, 80, true), Look.of(Map.of(), true, true, true));
  }

  @Test
  void widthIsThatOfColumns() {
    assertEquals(132, look(Map.of("COLUMNS", "132")).columns());
    assertEquals(20, look(Map.of("COLUMNS", "3")).columns());
    assertEquals(80, look(Map.of("COLUMNS", "wide")).columns());
  }
}
