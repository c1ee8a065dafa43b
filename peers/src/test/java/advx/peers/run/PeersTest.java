package advx.peers.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness without any native peer. */
class PeersTest {
  @TempDir Path folder;

  @Test
  void classifiersOfPlatforms() {
    assertEquals("linux-x86_64", Platform.classifier("Linux", "amd64"));
    assertEquals("macosx-arm64", Platform.classifier("Mac OS X", "aarch64"));
    assertEquals("windows-x86_64", Platform.classifier("Windows 11", "amd64"));
  }

  @Test
  void mavensSentenceIsTheReason() {
    assertEquals(
        "Could not find artifact a:b",
        PeerFolder.reason(
            "[INFO] x\n\u001b[1m[ERROR] Could not find artifact a:b -> [Help 1]\n[ERROR] \n"));
  }

  @Test
  void aPeerThatMavenCannotGetIsUnavailable() {
    PeerFolder peer = new PeerFolder(folder, folder.resolve("build"));
    PeerFolder.Maven none = new PeerFolder.Maven(folder.resolve("no-maven").toString(), List.of());
    assertTrue(
        assertThrows(Unavailable.class, () -> peer.classPath(none, ""))
            .getMessage()
            .startsWith("its class path cannot be made"));
  }

  @Test
  void differencesAreRelative() {
    assertEquals(0, Measuring.difference(new float[] {3, 4}, new float[] {3, 4}));
    assertEquals(0.2, Measuring.difference(new float[] {3, 4}, new float[] {3, 5}), 1e-9);
    assertEquals(1, Measuring.difference(new float[] {3, 4}, new float[] {3}));
    assertArrayEquals(new float[] {1.5f, -2e-9f}, Measuring.numbers("1.5 -2e-9"));
  }

  private static List<String> peer(String type) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector",
        "-cp",
        System.getProperty("java.class.path"),
        "advx.peers.work.PeerProcess",
        type,
        "-",
        "1",
        "none");
  }

  @Test
  void aProcessAnswersRequests() throws Exception {
    Path log = folder.resolve("log");
    try (PeerClient client = new PeerClient(peer("advx.peers.own.AdvxPeer"), Map.of(), log)) {
      assertEquals("1", client.settings().get("threads"));
      float[] result = Measuring.numbers(client.ask("check sgemm/nn/8x8x8"));
      assertEquals(64, result.length);
      assertEquals("ok", client.ask("open sgemm/nn/8x8x8"));
      String[] words = client.ask("run 0.01").split(" ", -1);
      assertTrue(Long.parseLong(words[0]) > 0 && Double.parseDouble(words[1]) >= 0.01);
      assertEquals("ok", client.ask("close"));
      assertTrue(
          assertThrows(Unavailable.class, () -> client.ask("limit luck"))
              .getMessage()
              .contains("no measure of luck"));
    }
  }

  @Test
  void theEndOfAProcessIsToldWithItsReason() {
    Path log = folder.resolve("log");
    Unavailable e =
        assertThrows(
            Unavailable.class, () -> new PeerClient(peer("advx.peers.Nobody"), Map.of(), log));
    assertTrue(e.getMessage().contains("ClassNotFoundException: advx.peers.Nobody"));
    assertTrue(Files.exists(log));
  }
}
