package advx.nn;

import advx.engine.InputException;
import advx.engine.Tensor;
import advx.nn.io.SafeTensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network on disk: a safetensors file whose tensors are the weights by name, and whose metadata
 * say how to build the network around them: {@code advx.architecture}, {@code advx.features}, and
 * how it came about.
 */
public final class ModelFile {
  private ModelFile() {}

  /**
   * Writes a trained network.
   *
   * @param notes what else to keep: data set, seed, settings
   */
  public static void write(Path file, Trained trained, Map<String, String> notes) {
    Map<String, Tensor> tensors = new TreeMap<>();
    trained.network().parameters().forEach(p -> tensors.put(p.name(), p.value()));
    Map<String, String> metadata = new TreeMap<>();
    notes.forEach((name, value) -> metadata.put("advx." + name, value));
    metadata.put("advx.architecture", trained.network().architecture().toString());
    metadata.put("advx.features", Integer.toString(trained.network().features()));
    metadata.put("advx.history", Epoch.write(trained.history()));
    metadata.put("advx.kept_epoch", Integer.toString(trained.keptEpoch()));
    SafeTensors.write(file, new SafeTensors.Contents(tensors, metadata));
  }

  /** Reads a network with its history. */
  public static Trained read(Path file) {
    SafeTensors.Contents contents = SafeTensors.read(file).requireFinite(file.toString());
    Map<String, String> metadata = contents.metadata();
    String architecture = metadata.get("advx.architecture");
    String features = metadata.get("advx.features");
    if (architecture == null || features == null) {
      throw new InputException(
          "%s has no advx.architecture and advx.features in its metadata: give a model that this program trained."
              .formatted(file));
    }
    try {
      int inputs = Integer.parseInt(features);
      if (inputs < 1) {
        throw new NumberFormatException("features " + features);
      }
      Network network = Architecture.parse(architecture).network(inputs, 0);
      network.set(contents.tensors(), file.toString());
      List<Epoch> history = Epoch.read(metadata.getOrDefault("advx.history", ""));
      int kept = Integer.parseInt(metadata.getOrDefault("advx.kept_epoch", "0"));
      return new Trained(network, history, kept);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new InputException(
          "%s: its metadata are damaged (%s): train or export it again."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** The metadata of a model file, names without their prefix. */
  public static Map<String, String> notes(Path file) {
    Map<String, String> notes = new TreeMap<>();
    SafeTensors.read(file)
        .metadata()
        .forEach((name, value) -> notes.put(name.replaceFirst("^advx\\.", ""), value));
    return notes;
  }
}
