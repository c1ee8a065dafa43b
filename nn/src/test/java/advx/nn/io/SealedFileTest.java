package advx.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import advx.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedFileTest {
  private static final byte[] BYTES = {3, 1, 4, 1, 5, 9, 2, 6};

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void written() {
    file = folder.resolve("kept");
    SealedFile.write(file, BYTES);
  }

  @Test
  void whatWasWrittenIsRead() {
    assertArrayEquals(BYTES, SealedFile.read(file));
    SealedFile.write(file, new byte[0]);
    assertArrayEquals(new byte[0], SealedFile.read(file));
    assertNull(SealedFile.read(folder.resolve("absent")));
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      refused(Arrays.copyOf(whole, length));
    }
    refused(Arrays.copyOf(whole, whole.length + 1));
  }

  @Test
  void everyChangedByteIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 16;
      refused(changed);
    }
  }

  private void refused(byte[] content) throws IOException {
    Files.write(file, content);
    InputException e = assertThrows(InputException.class, () -> SealedFile.read(file));
    assertEquals(
        file
            + " is damaged: its "
            + content.length
            + " bytes do not match their checksum; delete it, and its content is computed again.",
        e.getMessage());
  }
}
