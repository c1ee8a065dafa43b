package advx.cli.rows;

import advx.attacks.boundary.BoundaryProfile;
import advx.attacks.boundary.BoundarySettings;
import advx.attacks.region.Region;
import advx.cli.report.Numbers;
import advx.cli.result.Figure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/** Boundary profiles as the paper draws them (He, Li, Song 2018, figure 4). */
public final class BoundaryPanels {
  private BoundaryPanels() {}

  /** One input: its distances, coloured by the adjacent class. */
  public static Figure.Panel panel(String caption, BoundaryProfile profile) {
    double[] distances =
        IntStream.range(0, profile.ways()).mapToDouble(profile::distance).toArray();
    return new Figure.Panel(caption, distances, profile.adjacent());
  }

  /**
   * Several inputs on one scale, with a line at the distance that a point of region classification
   * has in the mean.
   */
  public static Figure.Panels panels(
      String title,
      BoundarySettings settings,
      Region region,
      List<String> classes,
      List<Figure.Panel> panels) {
    return new Figure.Panels(
        title,
        "%s directions, the nearest boundary first".formatted(Numbers.count(settings.ways())),
        "distance to the boundary, RMS",
        settings.reach(),
        region.distance(),
        "a point of the region ±%s in the mean, %s"
            .formatted(written(region.radius()), Numbers.plain(region.distance())),
        classes,
        panels);
  }

  /** As people write a setting: 0.3. */
  private static String written(double value) {
    return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }
}
