package advx.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LookTest {
  private static Look look(Map<String, String> environment) {
    return Look.of(environment, true, true, 90, false);
  }

  @Test
  void aTerminalIsLiveAndColouredUnlessToldNotTo() {
    assertEquals(new Look(true, true, 90, 90, false), look(Map.of()));
    assertEquals(new Look(true, false, 90, 90, false), look(Map.of("NO_COLOR", "1")));
    assertEquals(new Look(true, true, 90, 90, false), look(Map.of("NO_COLOR", "")));
    assertEquals(new Look(false, false, 90, 90, false), look(Map.of("TERM", "dumb")));
  }

  @Test
  void pipesAreNeither() {
    Map<String, String> nothing = Map.of();
    assertEquals(new Look(false, true, 90, 90, false), Look.of(nothing, true, false, 90, false));
    assertEquals(new Look(true, false, 90, 100, false), Look.of(nothing, false, true, 90, false));
    assertEquals(new Look(false, true, 90, 90, true), Look.of(nothing, true, true, 90, true));
  }

  @Test
  void widthIsThatOfColumns() {
    assertEquals(132, look(Map.of("COLUMNS", "132")).columns());
    assertEquals(20, look(Map.of("COLUMNS", "3")).columns());
    assertEquals(90, look(Map.of("COLUMNS", "wide")).columns());
  }
}
