package advx.attacks.optimal;

import advx.engine.InputException;
import java.util.List;
import java.util.StringJoiner;

/**
 * What the code of "Decision Boundary Analysis of Adversarial Examples" does and its text does not
 * say. Off unless that paper's figures are to be met.
 *
 * @param squaresBy255 the squared distance is divided by 255² whatever the box: for pixels from 0
 *     to 1, c weighs 65,025 times as much. Else it is measured in widths of the box
 * @param pointsOutside the points around the image may lie outside the box; else they are clipped
 * @param lenientKappa κ is taken off the label's logit before it is asked, without a target,
 *     whether the model is fooled, so that κ makes success easier: at κ = 40 a clean image may
 *     pass. What counts in the end is the model's answer, and there it does not
 * @param passingSuccess c counts as enough if any image on the way succeeded, as in Carlini and
 *     Wagner's code. Adam's first strides are as long for any c and may succeed for one that is far
 *     too small to stay there, and the search then never comes back up. Else one of the last tenth
 *     of the iterations has to succeed
 */
public record Quirks(
    boolean squaresBy255, boolean pointsOutside, boolean lenientKappa, boolean passingSuccess) {
  public static final Quirks NONE = new Quirks(false, false, false, false);

  /** All of them. */
  public static final Quirks AUTHORS = new Quirks(true, true, true, true);

  /** The quirks of these names, {@code authors} for all, {@code none} for none. */
  public static Quirks parse(List<String> names) {
    Quirks found = NONE;
    for (String name : names) {
      found =
          switch (name) {
            case "none" -> found;
            case "authors" -> AUTHORS;
            case "squares-by-255" ->
                new Quirks(true, found.pointsOutside, found.lenientKappa, found.passingSuccess);
            case "points-outside" ->
                new Quirks(found.squaresBy255, true, found.lenientKappa, found.passingSuccess);
            case "lenient-kappa" ->
                new Quirks(found.squaresBy255, found.pointsOutside, true, found.passingSuccess);
            case "passing-success" ->
                new Quirks(found.squaresBy255, found.pointsOutside, found.lenientKappa, true);
            default ->
                throw new InputException(
                    "The quirk '%s' is not known: give squares-by-255, points-outside, lenient-kappa, passing-success, or authors for all of them."
                        .formatted(name));
          };
    }
    return found;
  }

  @Override
  public String toString() {
    StringJoiner names = new StringJoiner(",", "quirks=", "").setEmptyValue("quirks=none");
    if (squaresBy255) {
      names.add("squares-by-255");
    }
    if (pointsOutside) {
      names.add("points-outside");
    }
    if (lenientKappa) {
      names.add("lenient-kappa");
    }
    if (passingSuccess) {
      names.add("passing-success");
    }
    return names.toString();
  }
}
