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

    /**
     * One image as data sets hold it.
     *
     * @param planes the image stands in it from {@code at} on: one plane, or a red, a green and a
     *     blue one after the other
     */
    public static Picture ofPlanes(
        String caption,
        int channels,
        int height,
        int width,
        float[] planes,
        int at,
        float low,
        float high) {
      float[] pixels = new float[channels * height * width];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = planes[at + i % channels * height * width + i / channels];
      }
      return new Picture(caption, height, width, pixels, low, high, false);
    }

    /** Whether it has colours of its own. */
    public boolean colour() {
      return pixels.length == 3 * height * width;
    }
  }

  /**
   * A small table, such as a sweep over settings.
   *
   * @param rows as many cells each as there are heads
   */
  record Table(String title, List<String> heads, List<List<Cell>> rows) implements Figure {
    public Table {
      heads = List.copyOf(heads);
      rows = rows.stream().map(List::copyOf).toList();
      for (List<Cell> row : rows) {
        if (row.size() != heads.size()) {
          throw new IllegalArgumentException(
              "The table '%s' has %d heads and a row of %d cells"
                  .formatted(title, heads.size(), row.size()));
        }
      }
    }
  }

  /**
   * One cell of a table: a text, or a number if {@code text} is null.
   *
   * @param unit of a number, as in {@link Metric}: "%" for a share printed in percent
   */
  record Cell(String text, double value, String unit) {}

  /** A cell with a text. */
  static Cell cell(String text) {
    return new Cell(java.util.Objects.requireNonNull(text), 0, "");
  }

  /** A cell with a number. */
  static Cell cell(double value) {
    return new Cell(null, value, "");
  }

  /** A cell with a share, printed in percent: 0.994 as 99.4 %. */
  static Cell share(double value) {
    return new Cell(null, value, "%");
  }

  /**
   * What becomes of images as a value along an axis grows: each picture, and the probability of
   * every class, computed beforehand.
   *
   * @param axis what grows: "ε"
   * @param at its values, ascending
   * @param classes the names of the classes
   */
  record Trace(
      String title, String axis, double[] at, List<String> classes, List<TraceImage> images)
      implements Figure {
    public Trace {
      classes = List.copyOf(classes);
      images = List.copyOf(images);
      for (TraceImage image : images) {
        boolean fits = image.pictures().size() == at.length;
        fits &= image.probabilities().length == at.length;
        for (double[] p : image.probabilities()) {
          fits &= p.length == classes.size();
        }
        if (!fits || at.length == 0) {
          throw new IllegalArgumentException(
              "The trace '%s' of %d values and %d classes does not fit its image '%s'"
                  .formatted(title, at.length, classes.size(), image.caption()));
        }
      }
    }
  }

  /**
   * One image of a trace.
   *
   * @param caption a few words: "a 4"
   * @param label the index of the right class
   * @param pictures the image at each value
   * @param probabilities of each class, at each value
   */
  record TraceImage(String caption, int label, List<Picture> pictures, double[][] probabilities) {
    public TraceImage {
      pictures = List.copyOf(pictures);
    }
  }

  /**
   * Distances to something in ascending order, coloured by what lies there: a panel for each of
   * several subjects, all on one scale.
   *
   * @param limit distances beyond it were not measured, and show as none
   * @param line a distance to compare with, drawn across, and in a few words what it is
   * @param classes the names of what may lie there
   */
  record Panels(
      String title,
      String xLabel,
      String yLabel,
      double limit,
      double line,
      String lineName,
      List<String> classes,
      List<Panel> panels)
      implements Figure {
    public Panels {
      classes = List.copyOf(classes);
      panels = List.copyOf(panels);
      if (!(limit > 0) || !Double.isFinite(limit)) {
        throw new IllegalArgumentException(
            "The panels '%s' end at a distance of %s".formatted(title, limit));
      }
      for (Panel panel : panels) {
        for (int label : panel.classes()) {
          java.util.Objects.checkIndex(label + 1, classes.size() + 1);
        }
      }
    }
  }

  /**
   * One panel.
   *
   * @param caption a few words, or ""
   * @param distances in any order; they are drawn sorted
   * @param classes what lies at each distance, −1 for none
   */
  record Panel(String caption, double[] distances, int[] classes) {
    public Panel {
      if (distances.length != classes.length || distances.length == 0) {
        throw new IllegalArgumentException(
            "The panel '%s' has %d distances and %d classes"
                .formatted(caption, distances.length, classes.length));
      }
    }
  }
}
