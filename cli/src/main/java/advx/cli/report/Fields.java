package advx.cli.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fields of an object in {@code results.json}. */
final class Fields {
  private Fields() {}

  static JsonElement field(JsonObject o, String name) {
    JsonElement value = o.get(name);
    if (value == null) {
      throw new Missing(name);
    }
    return value;
  }

  static String text(JsonObject o, String name) {
    JsonElement value = field(o, name);
    return value.isJsonNull() ? null : value.getAsString();
  }

  static boolean flag(JsonObject o, String name) {
    return field(o, name).getAsBoolean();
  }

  static Double numberOrNull(JsonObject o, String name) {
    JsonElement value = field(o, name);
    return value.isJsonNull() ? null : Double.valueOf(value.getAsDouble());
  }

  static double[] numbers(JsonObject o, String name) {
    return numbers(field(o, name).getAsJsonArray());
  }

  static double[] numbers(JsonArray array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).getAsDouble();
    }
    return numbers;
  }

  static SortedMap<String, String> map(JsonObject o, String name) {
    var map = new TreeMap<String, String>();
    JsonObject entries = field(o, name).getAsJsonObject();
    entries.keySet().forEach(key -> map.put(key, text(entries, key)));
    return map;
  }

  static List<String> texts(JsonObject o, String name) {
    var texts = new ArrayList<String>();
    field(o, name).getAsJsonArray().forEach(text -> texts.add(text.getAsString()));
    return texts;
  }

  /** A field that ought to be there. */
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Missing(String name) {
      super(name);
    }
  }
}
