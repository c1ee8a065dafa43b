package advx.cli.report;

import java.text.Normalizer;

/** Text for terminals that show nothing but ASCII. */
final class Ascii {
  /** The text with everything beyond ASCII spelt out, or "?" where there is no spelling. */
  static String of(String text) {
    var out = new StringBuilder(text.length());
    String powers = text.replaceAll("·10(?=[⁻⁰¹²³⁴-⁹])", "e");
    // Compatibility forms first: raised and lowered digits, accents beside their letters.
    Normalizer.normalize(powers, Normalizer.Form.NFKD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(c -> out.append(c < 128 ? Character.toString(c) : spelling(c)));
    return out.toString();
  }

  private static String spelling(int c) {
    return switch (c) {
      case '│' -> "|";
      case '─', '–', '—', '−' -> "-";
      case '┼' -> "+";
      case '±' -> "+-";
      case '×' -> "x";
      case '·' -> "*";
      case '→' -> "->";
      case '‖' -> "||";
      case '≤' -> "<=";
      case '≥' -> ">=";
      case '≈' -> "~";
      case '∞' -> "inf";
      case 'α' -> "alpha";
      case 'β' -> "beta";
      case 'δ', 'Δ' -> "delta";
      case 'ε', 'ϵ' -> "eps";
      case 'η' -> "eta";
      case 'κ' -> "kappa";
      case 'λ' -> "lambda";
      case 'μ' -> "mu";
      case 'σ' -> "sigma";
      case '‘', '’' -> "'";
      case '“', '”' -> "\"";
      default -> "?";
    };
  }

  private Ascii() {}
}
