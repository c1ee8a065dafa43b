package advx.cli.result;

import java.util.List;

/** A picture of a row: a chart or a sheet of images. */
public sealed interface Figure {
  /** What it shows, in a few words. */
  String title();

  /**
   * Curves over a common axis. Values that are not finite, or not positive on a log axis, are gaps.
   */
  record Chart(String title, String xLabel, String yLabel, boolean logY, List<Series> series)
      implements Figure {
    public Chart {
      series = List.copyOf(series);
    }
  }

  /** One curve: y[i] at x[i], x ascending. */
  record Series(String name, double[] x, double[] y) {
    public Series {
      if (x.length != y.length) {
        throw new IllegalArgumentException(
            "The curve %s has %d x and %d y".formatted(name, x.length, y.length));
      }
    }
  }

  /** Pictures side by side, row by row. */
  record Sheet(String title, int columns, List<Picture> pictures) implements Figure {
    public Sheet {
      pictures = List.copyOf(pictures);
      if (columns < 1) {
        throw new IllegalArgumentException("The sheet '%s' has no columns".formatted(title));
      }
    }
  }

  /**
   * One picture.
   *
   * @param caption a few words below it, or ""
   * @param pixels height·width grey values, or height·width·3 colours one pixel after the other
   * @param low the value shown black
   * @param high the value shown white
   * @param signed shows grey values by their sign instead: 0 is grey, colours grow to either side
   *     up to max(|low|, |high|)
   */
  record Picture(
      String caption,
      int height,
      int width,
      float[] pixels,
      float low,
      float high,
      boolean signed) {
    public Picture {
      boolean grey = pixels.length == height * width;
      boolean colour = !signed && pixels.length == 3 * height * width;
      if (height < 1 || width < 1 || !(grey || colour) || !(low < high)) {
        throw new IllegalArgumentException(
            "The picture '%s' of %d × %d%s has %d values between %s and %s"
                .formatted(
                    caption, height, width, signed ? ", signed," : "", pixels.length, low, high));
      }
    }

    /** Whether it has colours of its own. */
    public boolean colour() {
      return pixels.length == 3 * height * width;
    }
  }
}
