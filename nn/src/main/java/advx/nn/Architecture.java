package advx.nn;

import advx.engine.InputException;
import advx.nn.layer.LayerTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A network's description: one line of text, its layers from input to top.
 *
 * <pre>
 * dropout(0.8,unscaled) maxout(240,5,init=uniform:0.005,limit=1.9365) dense(10) softmax
 * </pre>
 *
 * <p>A layer is a word of {@link LayerTable} with its settings in brackets; the last word is the
 * {@link Top}. The same line builds a network, stands in its model file and enters the hash of its
 * settings.
 */
public record Architecture(List<Part> parts, Top top) {
  /** One layer: its word and its settings as they were written. */
  public record Part(String word, List<String> settings) {
    @Override
    public String toString() {
      return settings.isEmpty() ? word : word + "(" + String.join(",", settings) + ")";
    }
  }

  public static Architecture parse(String text) {
    List<Part> parts = new ArrayList<>();
    Top top = null;
    for (String item : text.trim().split("\\s+", -1)) {
      if (top != null) {
        throw bad(text, "'" + item + "' comes after the top '" + top.word() + "'");
      }
      if (!item.matches("[a-z][a-z0-9]*(\\([^()]*\\))?")) {
        throw bad(text, "'" + item + "' is not a layer such as maxout(240,5)");
      }
      int open = item.indexOf('(');
      String word = open < 0 ? item : item.substring(0, open);
      for (Top t : Top.values()) {
        top = t.word().equals(item) ? t : top;
      }
      if (top == null) {
        String inside = open < 0 ? "" : item.substring(open + 1, item.length() - 1);
        parts.add(new Part(word, inside.isEmpty() ? List.of() : List.of(inside.split(",", -1))));
      }
    }
    if (top == null || parts.isEmpty()) {
      throw bad(text, "it needs at least one layer and, last, one of " + Top.words());
    }
    return new Architecture(List.copyOf(parts), top);
  }

  private static InputException bad(String text, String why) {
    return new InputException(
        "The network '%s' cannot be built: %s.".formatted(text.toLowerCase(Locale.ROOT), why));
  }

  /** Builds the network for inputs of this many numbers, its weights drawn from the seed. */
  public Network network(int features, long seed) {
    try {
      LayerTable.check(parts);
    } catch (IllegalArgumentException e) {
      throw bad(toString(), e.getMessage());
    }
    List<Layer> layers = new ArrayList<>();
    int parameters = 0;
    SampleShape inputs = SampleShape.row(features);
    for (int i = 0; i < parts.size(); i++) {
      Layer layer;
      try {
        layer = LayerTable.build(parts.get(i), i, inputs, parameters, seed);
      } catch (IllegalArgumentException e) {
        throw bad(toString(), "'" + parts.get(i) + "': " + e.getMessage());
      }
      layers.add(layer);
      parameters += layer.parameters().size();
      inputs = layer.output();
    }
    return new Network(this, features, layers);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part).append(' '));
    return text.append(top.word()).toString();
  }
}
