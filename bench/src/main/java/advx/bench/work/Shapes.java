package advx.bench.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import advx.engine.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code shapes.txt}, the one list of the sizes that are measured. */
public final class Shapes {
  private static final String FILE = "/advx/bench/shapes.txt";
  private static final Set<String> READERS = Set.of("roofline", "fresh", "guard");

  private Shapes() {}

  /** All shapes, in the order of the file. */
  public static List<Shape> all() {
    try (InputStream in = Shapes.class.getResourceAsStream(FILE)) {
      return parse(new String(in.readAllBytes(), UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that this reader measures: roofline, fresh or guard. */
  public static List<Shape> of(String reader) {
    return all().stream().filter(shape -> shape.also().contains(reader)).toList();
  }

  /** The shape of that name. */
  public static Shape named(String name) {
    return all().stream()
        .filter(shape -> shape.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "The shape '%s' is not known: give one of those in shapes.txt."
                        .formatted(name)));
  }

  /** The shapes of the file's lines; comments begin with #. */
  static List<Shape> parse(List<String> lines) {
    List<Shape> shapes = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        Shape shape = shape(line.split("\\s+", -1), i + 1);
        if (!names.add(shape.name())) {
          throw wrong(i + 1, "the name '%s' is taken already".formatted(shape.name()));
        }
        shapes.add(shape);
      }
    }
    return shapes;
  }

  private static Shape shape(String[] words, int number) {
    if (words.length < 2 || words[1].contains("=")) {
      throw wrong(number, "give a subject, a name and key=value pairs");
    }
    Map<String, String> settings = new TreeMap<>();
    Set<String> readers = new TreeSet<>();
    for (int i = 2; i < words.length; i++) {
      String[] pair = words[i].split("=", 2);
      if (pair.length < 2 || pair[0].isEmpty() || pair[1].isEmpty()) {
        throw wrong(number, "'%s' is no key=value".formatted(words[i]));
      }
      if (pair[0].equals("also")) {
        readers.addAll(List.of(pair[1].split(",", -1)));
      } else if (settings.put(pair[0], pair[1]) != null) {
        throw wrong(number, "'%s' stands there twice".formatted(pair[0]));
      }
    }
    for (String reader : readers) {
      if (!READERS.contains(reader)) {
        throw wrong(number, "'%s' reads no shapes".formatted(reader));
      }
    }
    return new Shape(words[0], words[1], Map.copyOf(settings), Set.copyOf(readers));
  }

  private static InputException wrong(int number, String what) {
    return new InputException("shapes.txt, line %d: %s.".formatted(number, what));
  }
}
