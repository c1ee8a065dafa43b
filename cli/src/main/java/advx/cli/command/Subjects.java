package advx.cli.command;

import advx.attacks.Box;
import advx.attacks.ImageGrid;
import advx.cli.console.Console;
import advx.cli.result.Figure;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Layer;
import advx.nn.Network;
import advx.nn.SampleShape;
import advx.nn.data.Cifar10;
import advx.nn.data.Dataset;
import advx.nn.io.PngImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The single image that a command looks at: a picture file, or one image of a data set. */
final class Subjects {
  @Option(
      names = "--image",
      paramLabel = "FILE.png",
      description = "The image, a PNG picture of the size that the model takes.")
  private Path image;

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "The image, by its place in the data set, from 0.")
  private Integer index;

  @Option(
      names = "--part",
      paramLabel = "PART",
      defaultValue = "test",
      description =
          "Which images --index counts: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Parts part;

  @Option(
      names = "--range",
      paramLabel = "LOW,HIGH",
      split = ",",
      description =
          "What black and white are in the model's units, for --image (default: 0,1; of a model"
              + " that was trained on bytes 0,255).")
  private List<Double> range;

  @Mixin private DataOptions data;

  /**
   * An image, ready for a model.
   *
   * @param name where it is from
   * @param label its true class; −1 if that is not known
   * @param pixels [1, features], in the model's units
   * @param note a sentence that stands above figures, or ""
   */
  record Subject(
      String name,
      int label,
      Tensor pixels,
      Box box,
      Figure.Picture picture,
      List<String> classes,
      String note) {
    boolean colour() {
      return picture.colour();
    }
  }

  /** What can be said before any file is read. */
  void check() {
    if ((image == null) == (index == null)) {
      throw new InputException(
          "Give the image to look at: either --image FILE.png, or --index N for one of --data.");
    }
    if (image != null && data.given().isPresent()) {
      throw new InputException("--image needs no --data: leave one of the two out.");
    }
    if (index != null && range != null) {
      throw new InputException("--range is for --image: a data set knows its range; leave it out.");
    }
    if (range != null && range.size() != 2) {
      throw new InputException("--range needs two numbers, those of black and white, as in 0,255.");
    }
  }

  Subject load(Network network, ModelOption model, Console console, Workers workers) {
    String name = model.file().toString();
    return image != null
        ? fromFile(network, name, data.bytes() || model.bytes())
        : fromData(network, name, data.load(console, workers, model));
  }

  private Subject fromData(Network network, String model, DataOptions.Chosen chosen) {
    Dataset images = part.of(chosen.splits());
    ModelOption.check(network, model, images);
    if (index < 0 || index >= images.size()) {
      throw new InputException(
          "--index is %d, but %s has %d %s images: give a number from 0 to %d."
              .formatted(index, chosen.name(), images.size(), part, images.size() - 1));
    }
    Tensor pixels = images.images(index, index + 1);
    boolean cifar = DataOptions.cifar(data.given().orElse(""));
    return new Subject(
        "%s, %s image %d".formatted(chosen.name(), part, index),
        images.label(index),
        pixels,
        new Box(images.info().low(), images.info().high()),
        Sheets.picture(images, pixels.data(), 0),
        cifar ? Cifar10.CLASSES : numbered(network.classes()),
        chosen.note());
  }

  private Subject fromFile(Network network, String model, boolean bytes) {
    Box usual = bytes ? new Box(0, 255) : Box.UNIT;
    Box box = range == null ? usual : new Box(range.get(0).floatValue(), range.get(1).floatValue());
    PngImage read = PngImage.read(image);
    SampleShape wanted = shape(network);
    if (read.width() != wanted.width() || read.height() != wanted.height()) {
      throw new InputException(
          "%s has %d×%d pixels, but %s takes images of %d×%d: scale it first."
              .formatted(
                  image, read.width(), read.height(), model, wanted.width(), wanted.height()));
    }
    if (read.channels() > wanted.channels()) {
      throw new InputException(
          "%s has colours, but %s takes grey images: turn it grey first.".formatted(image, model));
    }
    int plane = read.width() * read.height();
    Tensor pixels = Tensor.zeros(1, network.features());
    for (int i = 0; i < pixels.size(); i++) {
      float share = read.planes()[read.channels() == 1 ? i % plane : i];
      pixels.data()[i] = box.clip(Math.fma(share, box.high() - box.low(), box.low()));
    }
    Figure.Picture picture =
        Figure.Picture.ofPlanes(
            "",
            wanted.channels(),
            wanted.height(),
            wanted.width(),
            pixels.data(),
            0,
            box.low(),
            box.high());
    return new Subject(image.toString(), -1, pixels, box, picture, numbered(network.classes()), "");
  }

  private static List<String> numbered(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  /** The image that a network takes: as its first layer says, else a square. */
  private static SampleShape shape(Network network) {
    return network.layers().stream()
        .map(Layer::output)
        .filter(shape -> shape.image() && shape.size() == network.features())
        .findFirst()
        .orElseGet(
            () -> {
              ImageGrid grid = ImageGrid.of(network.features());
              return new SampleShape(grid.height(), grid.width(), grid.channels());
            });
  }
}
