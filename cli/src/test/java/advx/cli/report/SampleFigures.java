package advx.cli.report;

import advx.cli.result.Figure;
import advx.cli.result.Figure.Chart;
import advx.cli.result.Figure.Panel;
import advx.cli.result.Figure.Panels;
import advx.cli.result.Figure.Picture;
import advx.cli.result.Figure.Series;
import advx.cli.result.Figure.Sheet;
import advx.cli.result.Figure.Table;
import advx.cli.result.Figure.Trace;
import advx.cli.result.Figure.TraceImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Invented curves and pictures. */
final class SampleFigures {
  static Chart chart(String title, String x, String y, boolean log, Series... series) {
    return new Chart(title, x, y, log, List.of(series));
  }

  static Chart curves(String title, int epochs) {
    double[] x = new double[epochs];
    for (int i = 0; i < epochs; i++) {
      x[i] = i + 1;
    }
    return chart(
        title,
        "epoch",
        "error, %",
        false,
        new Series("training error", x, map(x, i -> 0.2 + 9 / x[i])),
        new Series("validation error", x, map(x, i -> 1.3 + 7 / x[i])),
        new Series("FGSM error of 1,000", x, map(x, i -> 12 + 8 / x[i])));
  }

  static Series noise(String name, int n, double start, double end) {
    var random = new Random(n + name.length());
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = 100 * i;
      y[i] =
          start * StrictMath.pow(end / start, (double) i / n) * (1 + 0.1 * random.nextGaussian());
    }
    return new Series(name, x, y);
  }

  static double[] map(double[] x, IntToDoubleFunction f) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = f.applyAsDouble(i);
    }
    return y;
  }

  /** Blobs that stand in for digits; the last of three lines is the signed difference. */
  static Sheet digits(String title, int columns, int lines, int size, int seed) {
    var pictures = new ArrayList<Picture>();
    var random = new Random(seed);
    for (int i = 0; i < columns * lines; i++) {
      boolean signed = lines == 3 && i / columns == 1;
      float[] pixels = new float[size * size];
      double turn = (i % columns) * 0.7;
      for (int k = 0; k < pixels.length; k++) {
        int line = k / size;
        double y = line - size / 2.0;
        double x = k % size - size / 2.0;
        double ring = StrictMath.hypot(x + 3 * StrictMath.sin(turn), y * (0.7 + 0.1 * turn)) - 7;
        double ink = Math.max(0, 1 - ring * ring / 4);
        double sign = random.nextBoolean() ? 0.25 : -0.25;
        boolean clean = i < columns;
        pixels[k] = (float) (signed ? sign : clean ? ink : ink + sign);
      }
      String caption =
          i < columns ? (i % 10) + ", 99.8 %" : signed ? "" : "→ " + (i * 7 % 10) + ", 97.1 %";
      pictures.add(
          new Picture(
              caption, size, size, pixels, signed ? -0.25f : 0, signed ? 0.25f : 1, signed));
    }
    return new Sheet(title, columns, pictures);
  }

  static Sheet filters(String title, int count, int seed) {
    var pictures = new ArrayList<Picture>();
    var random = new Random(seed);
    for (int i = 0; i < count; i++) {
      float[] pixels = new float[784];
      double angle = random.nextDouble() * 6.28;
      double frequency = 0.2 + random.nextDouble() * 0.6;
      double cx = 6 + 16 * random.nextDouble();
      double cy = 6 + 16 * random.nextDouble();
      for (int k = 0; k < 784; k++) {
        double x = k % 28 - cx;
        int line = k / 28;
        double y = line - cy;
        double wave =
            StrictMath.cos(frequency * (x * StrictMath.cos(angle) + y * StrictMath.sin(angle)));
        pixels[k] =
            (float) (wave * StrictMath.exp(-(x * x + y * y) / 60) + 0.06 * random.nextGaussian());
      }
      pictures.add(new Picture("", 28, 28, pixels, -1, 1, true));
    }
    return new Sheet(title, 16, pictures);
  }

  /** Images whose right class gives way to another as ε grows. */
  static Trace trace(String title, int images, int size, double... at) {
    var all = new ArrayList<TraceImage>();
    for (int i = 0; i < images; i++) {
      List<Picture> blobs = digits(title, images, 2, size, 20 + i).pictures();
      Picture clean = blobs.get(i);
      var pictures = new ArrayList<Picture>();
      double[][] probabilities = new double[at.length][10];
      for (int k = 0; k < at.length; k++) {
        float[] pixels = clean.pixels().clone();
        for (int j = 0; j < pixels.length; j++) {
          pixels[j] += (float) ((j % 3 - 1) * at[k]);
        }
        pictures.add(new Picture("", size, size, pixels, 0, 1, false));
        double right = 1 / (1 + StrictMath.exp(20 * Math.abs(at[k]) - 3));
        probabilities[k][i % 10] = right;
        probabilities[k][(i + 3) % 10] = 1 - right;
      }
      all.add(new TraceImage("a " + i % 10, i % 10, pictures, probabilities));
    }
    return new Trace(
        title, "ε", at, List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), all);
  }

  /** Distances on a grid, of each third class; some beyond the limit. */
  static Panels panels(String title, int panels, int ways) {
    var all = new ArrayList<Panel>();
    for (int p = 0; p < panels; p++) {
      var random = new Random(p);
      double[] distances = new double[ways];
      int[] classes = new int[ways];
      for (int i = 0; i < ways; i++) {
        int step = 1 + (int) Math.abs(20 * random.nextGaussian() + 10 * p);
        distances[i] = step > 49 ? 1 : step / 100.0;
        classes[i] = step > 49 ? -1 : 3 * random.nextInt(4);
      }
      all.add(new Panel(p == 0 ? "" : "attack " + p, distances, classes));
    }
    var names = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    return new Panels(title, "directions", "RMS", 0.49, 0.1732, "the line", names, all);
  }

  static Table sweep(String title) {
    return new Table(
        title,
        List.of("weight decay", "clean error", "FGSM error"),
        List.of(
            List.of(Figure.cell("none"), Figure.share(0.0121), Figure.share(0.894)),
            List.of(Figure.cell(0.0025), Figure.share(0.0541), Figure.share(Double.NaN))));
  }

  private SampleFigures() {}
}
