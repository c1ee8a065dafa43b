package advx.cli.result;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names that stand in the digest and in file names: lower case, digits, dots and dashes. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*");

  static void check(String what, String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s is '%s', but it may hold only a-z, 0-9, '.' and '-'".formatted(what, name));
    }
  }

  static void unique(String what, List<String> names) {
    var seen = new TreeSet<String>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException("%s has two called '%s'".formatted(what, name));
      }
    }
  }

  private Names() {}
}
