package advx.peers.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  private static final Map<String, String> MACHINE = Map.of("processor", "a sample");

  @TempDir Path folder;

  @Test
  void aRunGoesOnWhereTheLastOneEnded() throws IOException {
    Path file = folder.resolve("peers.json");
    Samples.results().write(file);
    Results again = Results.read(file, "engine", MACHINE);
    assertEquals(Samples.results(), again);
    again.put(
        Samples.item("maxout/240/clean/dense", 2, 410, Map.of("advx", Samples.rates(320, 310))));
    again.put(Samples.item("maxout/240/clean/dense", 1, 210, Map.of("advx", Samples.rates(180))));
    again.write(file);
    Results third = Results.read(file, "engine", MACHINE);
    assertEquals(3, third.items().size());
    assertEquals(320, third.item("maxout/240/clean/dense", 2).orElseThrow().best("advx").get());
    assertTrue(third.item("maxout/240/clean/dense", 2).orElseThrow().best("pytorch").isEmpty());
    assertEquals(180, third.item("maxout/240/clean/dense", 1).orElseThrow().best("advx").get());
    assertTrue(third.item("sgemm/nn/1024x1024x1024", 1).isPresent());
  }

  @Test
  void anotherEngineOrMachineBeginsAnew() throws IOException {
    Path file = folder.resolve("peers.json");
    Samples.results().write(file);
    assertTrue(Results.read(file, "another", MACHINE).items().isEmpty());
    assertTrue(Results.read(file, "engine", Map.of("processor", "other")).items().isEmpty());
  }

  @Test
  void aBrokenFileCountsAsNone() throws IOException {
    Path file = folder.resolve("peers.json");
    Files.writeString(file, "{ \"schema\": 1, \"items\": [ {");
    assertTrue(Results.read(file, "engine", MACHINE).items().isEmpty());
    Files.writeString(file, "");
    assertTrue(Results.read(file, "engine", MACHINE).items().isEmpty());
    assertTrue(Results.read(folder.resolve("none"), "engine", MACHINE).items().isEmpty());
  }

  @Test
  void nothingIsLeftBesideTheFile() throws IOException {
    Samples.results().write(folder.resolve("peers.json"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
    assertFalse(Files.exists(folder.resolve("peers.json.new")));
  }

  @Test
  void bestAndMedian() {
    assertEquals(171, Samples.rates(150, 171, 160).best());
    assertEquals(160, Samples.rates(150, 171, 160).median());
    assertEquals(155, Samples.rates(171, 150, 160, 140).median());
  }
}
