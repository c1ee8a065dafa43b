package advx.nn.io;

import advx.engine.InputException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The header of a safetensors file, read field by field and checked against the file's length. */
record SafeTensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";
  private static final int LONGEST = 100_000_000;
  private static final int MOST_AXES = 16;

  /** One tensor: where its first byte lies in the file. */
  record Entry(String name, Type type, List<Integer> shape, long position) {}

  /** The types that are read. */
  enum Type {
    F32(4),
    F16(2),
    BF16(2);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }

    void decode(ByteBuffer in, float[] out, int at, int n) {
      switch (this) {
        case F32 -> in.asFloatBuffer().get(out, at, n);
        case F16 -> {
          for (int i = 0; i < n; i++) {
            out[at + i] = Float.float16ToFloat(in.getShort(2 * i));
          }
        }
        case BF16 -> {
          for (int i = 0; i < n; i++) {
            out[at + i] = Float.intBitsToFloat(in.getShort(2 * i) << 16);
          }
        }
      }
    }
  }

  private record Raw(String name, Type type, List<Long> shape, long begin, long end) {}

  static SafeTensorsHeader read(Path file, FileChannel channel) throws IOException {
    return new Parser(file).read(channel);
  }

  private static final class Parser {
    private final Path file;
    private final List<Raw> raw = new ArrayList<>();
    private final Map<String, String> metadata = new TreeMap<>();

    Parser(Path file) {
      this.file = file;
    }

    SafeTensorsHeader read(FileChannel channel) throws IOException {
      long fileLength = channel.size();
      if (fileLength < 8) {
        throw damaged(
            "it has only %d bytes, and a header needs 8 to begin with".formatted(fileLength));
      }
      ByteBuffer first = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      fill(channel, first, 0);
      long length = first.flip().getLong();
      if (length < 0 || length > LONGEST) {
        throw damaged(
            "its header claims more than the %,d bytes that are allowed".formatted(LONGEST));
      }
      if (length > fileLength - 8) {
        throw damaged(
            "its header claims %d bytes, but only %d follow: it is cut short or no model file"
                .formatted(length, fileLength - 8));
      }
      ByteBuffer header = ByteBuffer.allocate((int) length);
      fill(channel, header, 8);
      parse(text(header.flip()));
      return new SafeTensorsHeader(layOut(8 + length, fileLength - 8 - length), metadata);
    }

    private static void fill(FileChannel channel, ByteBuffer into, long position)
        throws IOException {
      while (into.hasRemaining()) {
        if (channel.read(into, position + into.position()) < 0) {
          throw new EOFException();
        }
      }
    }

    private String text(ByteBuffer header) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(header).toString();
      } catch (CharacterCodingException e) {
        throw damaged("its header is not UTF-8 text");
      }
    }

    private void parse(String text) {
      try (var json = new JsonReader(new StringReader(text))) {
        json.setStrictness(Strictness.STRICT);
        Set<String> seen = new HashSet<>();
        json.beginObject();
        while (json.hasNext()) {
          String name = json.nextName();
          if (!seen.add(name)) {
            throw damaged("its header names %s twice".formatted(name));
          }
          if (name.equals(METADATA)) {
            metadata(json);
          } else {
            raw.add(tensor(json, name));
          }
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
          throw damaged("its header goes on after the closing brace");
        }
      } catch (MalformedJsonException | EOFException e) {
        throw damaged("its header is not proper JSON");
      } catch (IllegalStateException e) {
        throw damaged("its header does not hold one object a tensor");
      } catch (IOException e) {
        throw new IllegalStateException("A text in memory cannot fail", e);
      }
    }

    private void metadata(JsonReader json) throws IOException {
      json.beginObject();
      while (json.hasNext()) {
        String key = json.nextName();
        if (json.peek() != JsonToken.STRING) {
          throw damaged("its metadata %s is not a text".formatted(key));
        }
        if (metadata.put(key, json.nextString()) != null) {
          throw damaged("its metadata names %s twice".formatted(key));
        }
      }
      json.endObject();
    }

    private Raw tensor(JsonReader json, String name) throws IOException {
      Type type = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      Set<String> seen = new HashSet<>();
      json.beginObject();
      while (json.hasNext()) {
        String field = json.nextName();
        if (!seen.add(field)) {
          throw damaged("tensor %s has the field %s twice".formatted(name, field));
        }
        switch (field) {
          case "dtype" -> type = type(json, name);
          case "shape" -> shape = wholeNumbers(json, name, field, MOST_AXES);
          case "data_offsets" -> offsets = wholeNumbers(json, name, field, 2);
          default -> json.skipValue();
        }
      }
      json.endObject();
      if (type == null || shape == null || offsets == null || offsets.size() != 2) {
        String missing =
            type == null ? "dtype" : shape == null ? "shape" : "pair of numbers data_offsets";
        throw damaged("tensor %s lacks the %s".formatted(name, missing));
      }
      return new Raw(name, type, shape, offsets.get(0), offsets.get(1));
    }

    private Type type(JsonReader json, String name) throws IOException {
      String text = json.peek() == JsonToken.STRING ? json.nextString() : "no text";
      for (Type type : Type.values()) {
        if (type.name().equals(text)) {
          return type;
        }
      }
      throw new InputException(
          "Cannot read %s: tensor %s has type %s, but only F32, F16 and BF16 are read; convert it."
              .formatted(file, name, text));
    }

    private List<Long> wholeNumbers(JsonReader json, String name, String field, int most)
        throws IOException {
      var numbers = new ArrayList<Long>();
      json.beginArray();
      while (json.hasNext()) {
        String text = json.peek() == JsonToken.NUMBER ? json.nextString() : "no number";
        if (numbers.size() == most || !text.matches("\\d{1,18}")) {
          String what = numbers.size() == most ? "more than " + most + " numbers" : text;
          throw damaged("the %s of tensor %s hold %s".formatted(field, name, what));
        }
        numbers.add(Long.parseLong(text));
      }
      json.endArray();
      return numbers;
    }

    /** Every byte of the data belongs to exactly one tensor, and each tensor gets what it needs. */
    private List<Entry> layOut(long dataStart, long dataLength) {
      raw.sort(Comparator.comparingLong(Raw::begin).thenComparingLong(Raw::end));
      var entries = new ArrayList<Entry>();
      long at = 0;
      for (Raw tensor : raw) {
        if (tensor.begin() != at || tensor.end() < at) {
          String what = tensor.begin() > at ? "leave a gap before it" : "overlap another tensor";
          throw damaged("the offsets of tensor %s %s".formatted(tensor.name(), what));
        }
        if (tensor.end() > dataLength) {
          throw damaged(
              "tensor %s ends at byte %d, but there are only %d: it is cut short"
                  .formatted(tensor.name(), tensor.end(), dataLength));
        }
        long bytes = tensor.end() - tensor.begin();
        long elements = elements(tensor);
        if (elements * tensor.type().bytes() != bytes) {
          throw damaged(
              "tensor %s has shape %s, which needs other than its %d bytes"
                  .formatted(tensor.name(), tensor.shape(), bytes));
        }
        List<Integer> shape = tensor.shape().stream().map(Math::toIntExact).toList();
        entries.add(new Entry(tensor.name(), tensor.type(), shape, dataStart + at));
        at = tensor.end();
      }
      if (at != dataLength) {
        throw damaged("%d bytes follow its last tensor".formatted(dataLength - at));
      }
      return entries;
    }

    private long elements(Raw tensor) {
      long elements = 1;
      for (long size : tensor.shape()) {
        if (size > Integer.MAX_VALUE || elements * size > Integer.MAX_VALUE - 8) {
          throw damaged(
              "tensor %s has shape %s, which is too large"
                  .formatted(tensor.name(), tensor.shape()));
        }
        elements *= size;
      }
      return elements;
    }

    private InputException damaged(String what) {
      return new InputException(
          "Cannot read %s: %s; write or fetch the file again.".formatted(file, what));
    }
  }
}
