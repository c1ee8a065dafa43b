package advx.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static Options options(String... arguments) {
    return new Options("fresh", List.of("jvms", "only"), arguments);
  }

  private static String sentence(Runnable wrong) {
    return assertThrows(InputException.class, wrong::run).getMessage();
  }

  @Test
  void givesWhatWasGiven() {
    Options options = options("--jvms", "7", "--only", "exp");
    assertEquals(7, options.number("jvms", 20, 2, 100));
    assertEquals("exp", options.word("only", ""));
    assertTrue(options.has("only"));
  }

  @Test
  void givesTheUsualWhereNothingWasGiven() {
    assertEquals(20, options().number("jvms", 20, 2, 100));
    assertEquals("", options().word("only", ""));
    assertFalse(options().has("only"));
  }

  @Test
  void saysWhatIsWrong() {
    assertEquals(
        "'--jvm' is no option of fresh: give --jvms, --only.",
        sentence(() -> options("--jvm", "3")));
    assertEquals(
        "fresh: --jvms has no value: give one after it.", sentence(() -> options("--jvms")));
    assertEquals(
        "fresh: --jvms is given twice: once is enough.",
        sentence(() -> options("--jvms", "3", "--jvms", "4")));
    for (String value : List.of("1", "101", "x", "", "9999999999")) {
      assertEquals(
          "fresh: --jvms is '%s': give a whole number from 2 to 100.".formatted(value),
          sentence(() -> options("--jvms", value).number("jvms", 20, 2, 100)));
    }
  }

  @Test
  void aWrongArgumentEndsWithTwo() {
    assertEquals(2, Main.run("roofline", "--height", "3"));
    assertEquals(2, Main.run("roofline", "--threads", "0"));
    assertEquals(2, Main.run("fresh", "--only", "no such kernel"));
  }
}
