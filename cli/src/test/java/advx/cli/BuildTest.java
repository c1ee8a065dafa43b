package advx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
  @TempDir private Path folder;

  @Test
  void theRunningProgramHasOne() {
    assertTrue(Build.checksum().matches("[0-9a-f]{64}"), Build.checksum());
  }

  /** Fails if the packing enters, or if a class does not. */
  @Test
  void dependsOnTheClassesAndNotOnTheirPacking() throws IOException {
    Path classes = classes("classes", "A.class", "one");
    String checksum = Build.of(List.of(classes));
    assertEquals(checksum, Build.of(List.of(jar(1_000_000_000_000L))));
    assertEquals(checksum, Build.of(List.of(jar(1_600_000_000_000L))));
    assertNotEquals(checksum, Build.of(List.of(classes("content", "A.class", "two"))));
    assertNotEquals(checksum, Build.of(List.of(classes("name", "B.class", "one"))));
  }

  private Path classes(String name, String file, String content) throws IOException {
    Path root = folder.resolve(name);
    Files.createDirectories(root.resolve("advx/cli"));
    Files.writeString(root.resolve("advx/cli").resolve(file), content);
    Files.writeString(root.resolve("other.txt"), name);
    return root;
  }

  private Path jar(long time) throws IOException {
    Path jar = folder.resolve(time + ".jar");
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String directory : List.of("advx/", "advx/cli/")) {
        out.putNextEntry(new ZipEntry(directory));
      }
      var entry = new ZipEntry("advx/cli/A.class");
      entry.setTime(time);
      out.putNextEntry(entry);
      out.write("one".getBytes(StandardCharsets.US_ASCII));
    }
    return jar;
  }
}
