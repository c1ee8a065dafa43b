package advx.bench;

import advx.engine.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The options of a command, each {@code --name VALUE}. */
public final class Options {
  private final String command;
  private final Map<String, String> values = new TreeMap<>();

  /**
   * Reads the arguments of a command.
   *
   * @param names of the options that the command knows, without the dashes
   */
  public Options(String command, List<String> names, String... arguments) {
    this.command = command;
    for (int i = 0; i < arguments.length; i += 2) {
      String given = arguments[i];
      if (!given.startsWith("--") || !names.contains(given.substring(2))) {
        List<String> known = new ArrayList<>(names);
        known.replaceAll(name -> "--" + name);
        throw new InputException(
            "'%s' is no option of %s: give %s."
                .formatted(given, command, String.join(", ", known)));
      }
      if (i + 1 == arguments.length) {
        throw new InputException(
            "%s: %s has no value: give one after it.".formatted(command, given));
      }
      if (values.put(given.substring(2), arguments[i + 1]) != null) {
        throw new InputException(
            "%s: %s is given twice: once is enough.".formatted(command, given));
      }
    }
  }

  /** The value of an option, or this one if it was not given. */
  public String word(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** A whole number between these two. */
  public int number(String name, int otherwise, int least, int most) {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("[0-9]{1,6}")
        || Integer.parseInt(value) < least
        || Integer.parseInt(value) > most) {
      throw new InputException(
          "%s: --%s is '%s': give a whole number from %d to %d."
              .formatted(command, name, value, least, most));
    }
    return Integer.parseInt(value);
  }
}
