package advx.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import advx.engine.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  /** A disk with room for so many bytes. */
  private static final class FullDisk extends OutputStream {
    private final OutputStream disk;
    private int room;

    FullDisk(OutputStream disk, int room) {
      this.disk = disk;
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int at, int n) throws IOException {
      disk.write(bytes, at, Math.min(n, room));
      if (n > room) {
        room = 0;
        throw new IOException("No space left on device");
      }
      room -= n;
    }
  }

  @Test
  void writesWithFoldersAboveAndReplaces() throws IOException {
    Path target = folder.resolve("a/b/model");
    AtomicFile.write(target, out -> out.write(bytes("first")));
    AtomicFile.write(target, out -> out.write(bytes("second")));
    assertEquals("second", Files.readString(target));
    assertEquals(List.of("model"), names(target.getParent()));
  }

  @Test
  void aFullDiskLeavesTheOldFileAndNothingElse() throws IOException {
    Path target = folder.resolve("model");
    AtomicFile.write(target, out -> out.write(bytes("old")));
    byte[] content = new byte[200_000];
    // 65,536 is the buffer: one failure in the middle, one only when the rest is flushed.
    for (int room : new int[] {0, 100_000, 199_999}) {
      var e =
          assertThrows(
              InputException.class,
              () ->
                  AtomicFile.write(
                      target, out -> out.write(content), disk -> new FullDisk(disk, room)));
      assertEquals(
          "Cannot write "
              + target
              + ": the disk is full; free some space or choose a folder on another disk.",
          e.getMessage());
      assertEquals("old", Files.readString(target));
      assertEquals(List.of("model"), names(folder));
    }
    AtomicFile.write(target, out -> out.write(content), disk -> new FullDisk(disk, 200_000));
    assertArrayEquals(content, Files.readAllBytes(target));
  }

  @Test
  void writesToADeviceWithoutReplacingIt() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full) && !Files.isRegularFile(full), "no /dev/full on this system");
    var e =
        assertThrows(
            InputException.class, () -> AtomicFile.write(full, out -> out.write(new byte[10])));
    assertTrue(e.getMessage().contains("the disk is full; free some space"), e.getMessage());
    assertFalse(Files.isRegularFile(full));
  }

  @Test
  void followsALink() throws IOException {
    Path file =
        Files.writeString(Files.createDirectory(folder.resolve("real")).resolve("f"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFile.write(link, out -> out.write(bytes("new")));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("link", "real"), names(folder));
  }

  @Test
  void aFailingWriterLeavesNothing() throws IOException {
    Path target = folder.resolve("model");
    var e =
        assertThrows(
            IllegalStateException.class,
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      out.write(1);
                      throw new IllegalStateException("a mistake in the program");
                    }));
    assertEquals("a mistake in the program", e.getMessage());
    assertEquals(List.of(), names(folder));
  }

  @Test
  void refusesATargetBelowARegularFile() throws IOException {
    Path file = Files.writeString(folder.resolve("results"), "not a folder");
    var e =
        assertThrows(
            InputException.class,
            () -> AtomicFile.write(file.resolve("deep/report.html"), out -> out.write(1)));
    assertEquals(
        "Cannot create the folder %s: %s is not a folder; choose another path or remove that file."
            .formatted(file.resolve("deep"), file),
        e.getMessage());
    assertEquals("not a folder", Files.readString(file));
  }

  @Test
  void refusesATargetThatIsAFolder() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken"));
    var e = assertThrows(InputException.class, () -> AtomicFile.write(taken, out -> out.write(1)));
    assertTrue(e.getMessage().contains("there is a folder of that name; choose"), e.getMessage());
    assertEquals(List.of("taken"), names(folder));
  }

  @Test
  void refusesAReadOnlyFolder() throws IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    var e =
        assertThrows(
            InputException.class,
            () -> AtomicFile.write(closed.resolve("model"), out -> out.write(1)));
    assertTrue(e.getMessage().contains("permission is missing; choose"), e.getMessage());
  }

  @Test
  void sweepRemovesOnlyWhatTheDeadLeft() throws IOException {
    long own = ProcessHandle.current().pid();
    long alive = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(own);
    Path leftByADeadOne = Files.createFile(folder.resolve(".model.999999999.0.tmp"));
    Path leftUnderOurNumber = Files.createFile(folder.resolve(".model." + own + ".77.tmp"));
    Path ofAnother = Files.createFile(folder.resolve(".model." + alive + ".x.tmp"));
    Path user = Files.createFile(folder.resolve("notes.1.2.tmp"));
    AtomicFile.write(
        folder.resolve("model"),
        out -> {
          AtomicFile.sweep(folder);
          out.write(1);
        });
    assertFalse(Files.exists(leftByADeadOne));
    assertFalse(Files.exists(leftUnderOurNumber));
    assertTrue(Files.exists(ofAnother), "not the pattern of a temporary name");
    assertTrue(Files.exists(user), "not the pattern of a temporary name");
    assertTrue(Files.exists(folder.resolve("model")), "the file being written was swept");
  }

  @Test
  void sweepKeepsTheFileOfARunningProcessUnlessItIsOlder() throws IOException {
    var parent = ProcessHandle.current().parent();
    assumeFalse(parent.isEmpty(), "no parent process is visible");
    Path file = Files.createFile(folder.resolve(".m." + parent.get().pid() + ".0.tmp"));
    AtomicFile.sweep(folder);
    assertTrue(Files.exists(file));
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    AtomicFile.sweep(folder);
    assertFalse(Files.exists(file));
  }

  @Test
  void sweepOfAMissingFolderDoesNothing() {
    AtomicFile.sweep(folder.resolve("nowhere"));
    assertFalse(Files.exists(folder.resolve("nowhere")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }
}
