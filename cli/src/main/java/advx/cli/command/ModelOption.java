package advx.cli.command;

import advx.engine.InputException;
import advx.nn.ModelFile;
import advx.nn.ModelStore;
import advx.nn.Network;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The model that a command reads. */
final class ModelOption {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "The model, a .safetensors file written by train or reproduce.")
  private Path file;

  Path file() {
    return file;
  }

  Trained read() {
    return ModelFile.read(file);
  }

  /** Whether it was trained on pixels from 0 to 255. */
  boolean bytes() {
    return ModelStore.BYTES.equals(ModelFile.notes(file).get(ModelStore.BOX));
  }

  /** Fails unless the network takes the data's images and knows their classes. */
  static void check(Network network, String name, Dataset data) {
    if (network.features() != data.features()) {
      throw new InputException(
          "%s takes %d numbers an image, but %s has %d: give the data set that the model was trained on."
              .formatted(name, network.features(), data.name(), data.features()));
    }
    if (network.classes() != data.classes()) {
      throw new InputException(
          "%s gives %d classes, but %s has %d: give a model and a data set that fit each other."
              .formatted(name, network.classes(), data.name(), data.classes()));
    }
  }
}
