package advx.nn.io;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One text for one value: JSON with sorted keys and no spaces, so that equal settings have equal
 * hashes however they were put together. Fractions are written as {@link Double#toString} and
 * {@link Float#toString} do, whole numbers without a point; so 1 and 1.0 are different settings.
 */
public final class Canonical {
  private Canonical() {}

  /**
   * The text of a map of strings, numbers, booleans, nulls, lists and maps with string keys.
   *
   * @throws IllegalArgumentException for NaN, an infinity, or any other type
   */
  public static String json(Map<String, ?> value) {
    var text = new StringWriter();
    try (var json = new JsonWriter(text)) {
      json.setStrictness(Strictness.STRICT);
      json.setHtmlSafe(false);
      write(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** The SHA-256 of that text in UTF-8, in lower-case hexadecimal. */
  public static String sha256(Map<String, ?> value) {
    return Checksums.sha256(json(value).getBytes(StandardCharsets.UTF_8));
  }

  private static void write(JsonWriter json, Object value) throws IOException {
    switch (value) {
      case null -> json.nullValue();
      case String text -> json.value(text);
      case Boolean flag -> json.value(flag);
      case Number number -> json.value(number);
      case List<?> list -> {
        json.beginArray();
        for (Object item : list) {
          write(json, item);
        }
        json.endArray();
      }
      case Map<?, ?> map -> {
        var sorted = new TreeMap<String, Object>();
        map.forEach((key, item) -> sorted.put((String) key, item));
        json.beginObject();
        for (var entry : sorted.entrySet()) {
          json.name(entry.getKey());
          write(json, entry.getValue());
        }
        json.endObject();
      }
      default ->
          throw new IllegalArgumentException(
              "Canonical.json: got a " + value.getClass().getName() + ", which has no JSON form");
    }
  }
}
