package advx.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanonicalTest {
  @Test
  void sortsKeysAndWritesNoSpaces() {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("z", List.of(1, 2.5, 0.1f, true));
    settings.put("a", Map.of("y", "ü\"<\n", "x", 1L));
    settings.put("n", null);
    assertEquals(
        "{\"a\":{\"x\":1,\"y\":\"ü\\\"<\\n\"},\"n\":null,\"z\":[1,2.5,0.1,true]}",
        Canonical.json(settings));
  }

  @Test
  void hashesTheTextInUtf8() {
    // printf '{"a":1}' | sha256sum
    assertEquals(
        "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862",
        Canonical.sha256(Map.of("a", 1)));
    assertNotEquals(Canonical.sha256(Map.of("a", 1)), Canonical.sha256(Map.of("a", 1.0)));
  }

  @Test
  void refusesWhatHasNoJsonForm() {
    assertThrows(IllegalArgumentException.class, () -> Canonical.json(Map.of("a", Double.NaN)));
    assertThrows(IllegalArgumentException.class, () -> Canonical.json(Map.of("a", 'c')));
  }

  @Test
  void checksumsAreThoseOfOtherTools(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    assertEquals("900150983cd24fb0d6963f7d28e17f72", Checksums.md5(file));
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Checksums.sha256(file));
  }
}
