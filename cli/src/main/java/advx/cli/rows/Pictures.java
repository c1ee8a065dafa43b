package advx.cli.rows;

import advx.cli.result.Figure;
import advx.engine.Tensor;
import advx.nn.Epoch;
import advx.nn.Parameter;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The pictures that several rows show. */
final class Pictures {
  private Pictures() {}

  /** Cost and validation error by epoch. */
  static Figure learningCurve(String name, Trained trained) {
    List<Epoch> history = trained.history();
    double[] epochs = history.stream().mapToDouble(Epoch::number).toArray();
    double[] errors = history.stream().mapToDouble(e -> 100 * e.validationError()).toArray();
    return new Figure.Chart(
        "Validation error while the " + name + " learns",
        "epoch",
        "error in %",
        true,
        List.of(new Figure.Series("validation error", epochs, errors)));
  }

  /** Clean images above what became of them, with what the model says of each. */
  static Figure.Sheet cleanAndAdversarial(
      String title,
      Dataset data,
      Tensor adversarial,
      java.util.function.IntFunction<String> cleanCaption,
      java.util.function.IntFunction<String> adversarialCaption,
      int[] which) {
    List<Figure.Picture> pictures = new ArrayList<>();
    for (int i : which) {
      pictures.add(picture(data, data.images(i, i + 1).data(), 0, cleanCaption.apply(i)));
    }
    int d = data.features();
    for (int i : which) {
      pictures.add(picture(data, adversarial.data(), i * d, adversarialCaption.apply(i)));
    }
    return new Figure.Sheet(title, which.length, pictures);
  }

  /** One image of the data set's shape, shown over the range of the data. */
  static Figure.Picture picture(Dataset data, float[] pixels, int at, String caption) {
    return Figure.Picture.ofPlanes(
        caption,
        data.info().channels(),
        data.info().height(),
        data.info().width(),
        pixels,
        at,
        data.info().low(),
        data.info().high());
  }

  /** One vector of weights as a signed picture, its largest value fully coloured. */
  static Figure.Picture weights(Dataset data, float[] weights, int at, String caption) {
    float[] pixels = Arrays.copyOfRange(weights, at, at + data.features());
    float largest = 0;
    for (float p : pixels) {
      largest = Math.max(largest, Math.abs(p));
    }
    float range = largest > 0 ? largest : 1;
    return new Figure.Picture(
        caption, data.info().height(), data.info().width(), pixels, -range, range, true);
  }

  /** The first piece of each of the first units of a network's first layer with weights. */
  static Figure filters(String title, Dataset data, Trained trained, int pieces, int count) {
    return filters(title, data, trained, pieces, count, 12);
  }

  /** The same with so many pictures in a line. */
  static Figure filters(
      String title, Dataset data, Trained trained, int pieces, int count, int columns) {
    Parameter first = trained.network().parameters().getFirst();
    List<Figure.Picture> pictures = new ArrayList<>();
    for (int u = 0; u < Math.min(count, first.value().rows() / pieces); u++) {
      pictures.add(weights(data, first.value().data(), u * pieces * data.features(), ""));
    }
    return new Figure.Sheet(title, columns, pictures);
  }
}
