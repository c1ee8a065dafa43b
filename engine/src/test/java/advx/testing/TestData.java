package advx.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of data sets that tests may use: the environment variable {@code ADVX_DATA}. */
public final class TestData {
  /**
   * The file or folder {@code name} below {@code ADVX_DATA}.
   *
   * <p>Without the variable the calling test is skipped; with it, data that are missing fail the
   * test, so that a machine which is meant to have them cannot skip silently.
   */
  public static Path require(String name) {
    String folder = System.getenv("ADVX_DATA");
    if (folder == null || folder.isBlank()) {
      return abort("needs " + name + ", and ADVX_DATA names no folder of data sets");
    }
    Path path = Path.of(folder, name);
    if (!Files.exists(path)) {
      return fail("ADVX_DATA is set to " + folder + ", which holds no " + name);
    }
    return path;
  }

  private TestData() {}
}
