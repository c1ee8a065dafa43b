package advx.nn.io;

import advx.engine.InputException;
import advx.engine.Tensor;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Named tensors and text metadata in one file, in the safetensors format that other tools read.
 *
 * <pre>
 * 8 bytes   length of the header, little-endian
 * header    {"__metadata__":{"seed":"1"},"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}
 *           and spaces up to a multiple of 8
 * data      the tensors one after the other, row-major, little-endian; offsets count from here
 * </pre>
 *
 * <p>Tensors and metadata are written in the order of their names: equal contents give equal bytes.
 * F32 is written; F32, F16 and BF16 are read. Source: huggingface/safetensors, "Format".
 */
public final class SafeTensors {
  private static final int CHUNK = 1 << 16;

  private SafeTensors() {}

  /** What a file holds; both maps are sorted by name and cannot be changed. */
  public record Contents(Map<String, Tensor> tensors, Map<String, String> metadata) {
    public Contents {
      tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
      metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /**
     * Refuses NaN and infinite numbers.
     *
     * @param where what the sentence calls the contents: the file's name
     * @return these contents
     */
    public Contents requireFinite(String where) {
      tensors.forEach(
          (name, tensor) -> {
            float[] data = tensor.data();
            for (int i = 0; i < data.length; i++) {
              if (!Float.isFinite(data[i])) {
                throw new InputException(
                    "%s: tensor %s holds %s at element %d; train or fetch the model again."
                        .formatted(where, name, data[i], i));
              }
            }
          });
      return this;
    }
  }

  /** Writes a file, atomically. */
  public static void write(Path file, Contents contents) {
    byte[] header = header(contents);
    AtomicFile.write(
        file,
        out -> {
          ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
          out.write(length.putLong(header.length).array());
          out.write(header);
          for (Tensor tensor : contents.tensors().values()) {
            write(out, tensor.data());
          }
        });
  }

  /**
   * Reads a file.
   *
   * @throws InputException with a sentence if it cannot be read or is damaged; nothing larger than
   *     the file itself is allocated before its header has been found consistent
   */
  public static Contents read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SafeTensorsHeader header = SafeTensorsHeader.read(file, channel);
      var tensors = new TreeMap<String, Tensor>();
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
      for (SafeTensorsHeader.Entry entry : header.entries()) {
        tensors.put(entry.name(), read(channel, entry, chunk));
      }
      return new Contents(tensors, header.metadata());
    } catch (EOFException e) {
      throw new InputException(
          "Cannot read %s: it became shorter while it was read; try again.".formatted(file), e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private static byte[] header(Contents contents) {
    var text = new StringWriter();
    long offset = 0;
    try (var json = new JsonWriter(text)) {
      json.setStrictness(Strictness.STRICT);
      json.setHtmlSafe(false);
      json.beginObject();
      if (!contents.metadata().isEmpty()) {
        json.name(SafeTensorsHeader.METADATA).beginObject();
        for (var entry : contents.metadata().entrySet()) {
          json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
      }
      for (var entry : contents.tensors().entrySet()) {
        if (entry.getKey().equals(SafeTensorsHeader.METADATA)) {
          throw new IllegalArgumentException("SafeTensors: no tensor may be called __metadata__");
        }
        Tensor tensor = entry.getValue();
        json.name(entry.getKey()).beginObject();
        json.name("dtype").value("F32");
        json.name("shape").beginArray();
        for (int size : tensor.shape()) {
          json.value(size);
        }
        json.endArray();
        long end = offset + 4L * tensor.size();
        json.name("data_offsets").beginArray().value(offset).value(end).endArray();
        json.endObject();
        offset = end;
      }
      json.endObject();
    } catch (IOException e) {
      throw new IllegalStateException("A text in memory cannot fail", e);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = java.util.Arrays.copyOf(bytes, (bytes.length + 7) / 8 * 8);
    java.util.Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void write(OutputStream out, float[] data) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < data.length; ) {
      int n = Math.min(CHUNK / 4, data.length - at);
      chunk.asFloatBuffer().put(data, at, n);
      out.write(chunk.array(), 0, 4 * n);
      at += n;
    }
  }

  private static Tensor read(FileChannel channel, SafeTensorsHeader.Entry entry, ByteBuffer chunk)
      throws IOException {
    Tensor tensor = Tensor.zeros(entry.shape().stream().mapToInt(size -> size).toArray());
    float[] data = tensor.data();
    int width = entry.type().bytes();
    long position = entry.position();
    for (int at = 0; at < data.length; ) {
      int n = Math.min(CHUNK / width, data.length - at);
      chunk.clear().limit(n * width);
      while (chunk.hasRemaining()) {
        int got = channel.read(chunk, position);
        if (got < 0) {
          throw new EOFException();
        }
        position += got;
      }
      entry.type().decode(chunk.flip(), data, at, n);
      at += n;
    }
    return tensor;
  }
}
