package advx.launch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarningFilterTest {
  private static final String WARNING = "WARNING: Using incubator modules: jdk.incubator.vector";

  /** What comes out when {@code written} goes in, {@code chunk} bytes at a time. */
  private static String filter(String written, int chunk) throws IOException {
    var out = new ByteArrayOutputStream();
    var filter = new WarningFilter(out);
    byte[] bytes = written.getBytes(ISO_8859_1);
    for (int i = 0; i < bytes.length; i += chunk) {
      filter.write(bytes, i, Math.min(chunk, bytes.length - i));
    }
    filter.finish();
    return out.toString(ISO_8859_1);
  }

  private static void assertFiltered(String expected, String written) throws IOException {
    for (int chunk = 1; chunk <= written.length() + 1; chunk++) {
      assertEquals(expected, filter(written, chunk), "in chunks of " + chunk);
    }
  }

  @Test
  void dropsTheWarningAndNothingElse() throws IOException {
    assertFiltered("", WARNING + "\n");
    assertFiltered("", WARNING + "\r\n");
    assertFiltered("first\n\nlast", "first\n" + WARNING + "\n\nlast");
    assertFiltered("WARN\nlast\n", "WARN\n" + WARNING + "\r\nlast\n");
  }

  @Test
  void dropsItOnce() throws IOException {
    assertFiltered(WARNING + "\n", WARNING + "\n" + WARNING + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\r\n",
        "\u0000\u00ff\u00fe\u0080",
        "epoch 1\repoch 2\repoch 3",
        "WARNING: Using incubator modules: jdk.incubator.vector",
        "WARNING: Using incubator modules: jdk.incubator.vector\r",
        "WARNING: Using incubator modules: jdk.incubator.vector\rx\n",
        "WARNING: Using incubator modules: jdk.incubator.vector, jdk.incubator.foreign\n",
        " WARNING: Using incubator modules: jdk.incubator.vector\n",
        "WARNING: Using incubator modules: jdk.incubator.vecto\n",
        "WARNING: another\nWARNING: Using inc\n",
        "WARNINGWARNING: Using incubator modules: jdk.incubator.vector\n"
      })
  void passesEverythingElse(String written) throws IOException {
    assertFiltered(written, written);
  }

  @Test
  void holdsBackOnlyWhatCouldBeTheWarning() throws IOException {
    var out = new ByteArrayOutputStream();
    var filter = new WarningFilter(out);
    filter.write("epoch 1 of".getBytes(ISO_8859_1), 0, 10);
    assertEquals("epoch 1 of", out.toString(ISO_8859_1));
    filter.write("\nWARN".getBytes(ISO_8859_1), 0, 5);
    assertEquals("epoch 1 of\n", out.toString(ISO_8859_1));
    filter.write("ED".getBytes(ISO_8859_1), 0, 2);
    assertEquals("epoch 1 of\nWARNED", out.toString(ISO_8859_1));
  }
}
