package advx.cli.report;

import advx.cli.result.Figure.Panel;
import advx.cli.result.Figure.Panels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The bars of a panel, distances in ascending order; equal ones stand together by class, so that a
 * bar is as wide as its many like.
 *
 * @param from where it begins, 0 to 1 of the width
 * @param to where it ends
 * @param distance its height; not finite where nothing was met
 * @param label the class, −1 for none
 */
record Bars(double from, double to, double distance, int label) {
  /**
   * One colour a class, in turn: blue, vermilion, green, purple, ochre, slate, crimson, cyan,
   * violet, brown.
   */
  private static final List<Integer> COLOURS =
      List.of(
          0x0067a5, 0xc8500a, 0x00805f, 0xa8488a, 0xb8a000, 0x4b5563, 0xd81b60, 0x29b6d8, 0x6b3fa0,
          0x7a4a1e);

  private static final int NONE = 0xd5dae1;

  static List<Bars> of(Panel panel, double limit) {
    int n = panel.distances().length;
    double[] distances =
        Arrays.stream(panel.distances())
            .map(d -> d <= limit * (1 + 1e-9) ? d : Double.POSITIVE_INFINITY)
            .toArray();
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> distances[i])
                    .thenComparingInt(i -> panel.classes()[i]))
            .mapToInt(i -> i)
            .toArray();
    List<Bars> bars = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= n; i++) {
      int first = order[from];
      boolean same =
          i < n
              && distances[order[i]] == distances[first]
              && panel.classes()[order[i]] == panel.classes()[first];
      if (!same) {
        bars.add(
            new Bars((double) from / n, (double) i / n, distances[first], panel.classes()[first]));
        from = i;
      }
    }
    return bars;
  }

  /** Whether anything lies there. */
  boolean met() {
    return Double.isFinite(distance);
  }

  /** Its colour as 0xRRGGBB. */
  int colour() {
    return colour(label);
  }

  /** The colour of a class, of −1 that of none. */
  static int colour(int label) {
    return label < 0 ? NONE : COLOURS.get(label % COLOURS.size());
  }

  /** The classes that occur, ascending; −1, if it occurs, last. */
  static int[] labels(Panels panels) {
    int[] named =
        panels.panels().stream()
            .flatMapToInt(p -> Arrays.stream(p.classes()))
            .filter(label -> label >= 0)
            .distinct()
            .sorted()
            .toArray();
    boolean none =
        panels.panels().stream()
            .anyMatch(p -> of(p, panels.limit()).stream().anyMatch(b -> b.label() < 0));
    return none ? IntStream.concat(Arrays.stream(named), IntStream.of(-1)).toArray() : named;
  }
}
