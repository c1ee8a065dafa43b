package advx.bench.work;

import advx.engine.InputException;
import java.util.Map;
import java.util.Set;

/**
 * One line of {@code shapes.txt}: what is measured, and how large it is.
 *
 * @param subject the word by which {@link Works} knows what to do
 * @param name unique among all shapes
 * @param settings what the line says, by key
 * @param also who measures it besides the JMH suite: roofline, fresh, guard
 */
public record Shape(String subject, String name, Map<String, String> settings, Set<String> also) {
  /** The value of a key. */
  public String word(String key) {
    String value = settings.get(key);
    if (value == null) {
      throw new InputException("shapes.txt: '%s' needs %s=….".formatted(name, key));
    }
    return value;
  }

  /** The value of a key that counts something: a whole number from 1 up. */
  public int size(String key) {
    String value = word(key);
    if (!value.matches("[1-9][0-9]{0,8}")) {
      throw new InputException(
          "shapes.txt: '%s' has %s=%s: give a whole number from 1 up.".formatted(name, key, value));
    }
    return Integer.parseInt(value);
  }

  /** The value of a key that is a share: above 0 and up to 1. */
  public float share(String key) {
    String value = word(key);
    if (!value.matches("0\\.[0-9]*[1-9]|1")) {
      throw new InputException(
          "shapes.txt: '%s' has %s=%s: give a number above 0 and up to 1."
              .formatted(name, key, value));
    }
    return Float.parseFloat(value);
  }
}
