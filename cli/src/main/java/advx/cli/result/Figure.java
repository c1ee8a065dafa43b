package advx.cli.result;

import java.util.List;

/** A picture of a row: a chart or a sheet of images. */
public sealed interface Figure {
  String title();

  /** Curves over a common axis. */
  record Chart(String title, String xLabel, String yLabel, boolean logY, List<Series> series)
      implements Figure {}

  /** One curve: y[i] at x[i]. */
  record Series(String name, double[] x, double[] y) {}

  /** Pictures side by side, row by row. */
  record Sheet(String title, int columns, List<Picture> pictures) implements Figure {}

  /**
   * One picture.
   *
   * @param pixels height·width grey values, or height·width·3 colours one pixel after the other
   * @param low the value shown black; high: white. With {@code signed}, 0 is grey and colours tell
   *     the sign
   */
  record Picture(
      String caption,
      int height,
      int width,
      float[] pixels,
      float low,
      float high,
      boolean signed) {}
}
