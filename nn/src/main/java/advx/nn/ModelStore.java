package advx.nn;

import advx.engine.InputException;
import advx.engine.Workers;
import advx.nn.data.Dataset;
import advx.nn.io.AtomicFile;
import advx.nn.io.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trained models kept in a folder, found again by the hash of their settings; a run that was
 * interrupted goes on from its checkpoint there.
 *
 * <pre>
 * models/maxout-3f2a….safetensors             finished
 * models/maxout-3f2a….checkpoint.safetensors  in progress
 * </pre>
 */
public final class ModelStore {
  /** The note that holds the range of the numbers that a model was trained on. */
  public static final String BOX = "box";

  /** That of pixels that are bytes. */
  public static final String BYTES = "0.0 255.0";

  private final Path folder;

  public ModelStore(Path folder) {
    this.folder = folder;
    AtomicFile.createFolders(folder);
    AtomicFile.sweep(folder);
  }

  /** The file in which the finished model of this hash is kept. */
  public Path file(String name, String hash) {
    return folder.resolve(name + "-" + hash.substring(0, 16) + ".safetensors");
  }

  /**
   * The trained model of this plan: read if it is there, else trained, from a checkpoint if any.
   */
  public Trained get(
      String name,
      TrainingPlan plan,
      Dataset train,
      Dataset validation,
      Workers workers,
      TrainingListener listener) {
    String hash = plan.hash(train, validation);
    Path file = file(name, hash);
    Path checkpoint =
        folder.resolve(name + "-" + hash.substring(0, 16) + ".checkpoint.safetensors");
    return get(file, checkpoint, plan, train, validation, workers, listener);
  }

  /**
   * As above with file names of the caller's choice.
   *
   * @throws InputException if the file is there and was trained with other settings
   */
  public static Trained get(
      Path file,
      Path checkpoint,
      TrainingPlan plan,
      Dataset train,
      Dataset validation,
      Workers workers,
      TrainingListener listener) {
    String hash = plan.hash(train, validation);
    if (Files.exists(file)) {
      if (!hash.equals(ModelFile.notes(file).get("settings"))) {
        throw new InputException(
            "%s is there already and was trained with other settings: choose another name, or delete it and run again."
                .formatted(file));
      }
      listener.found(file);
      return ModelFile.read(file);
    }
    Trained trained = new Trainer(plan, train, validation, workers, listener).train(checkpoint);
    ModelFile.write(file, trained, notes(plan, hash, train));
    try {
      Files.deleteIfExists(checkpoint);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(checkpoint, e);
    }
    return trained;
  }

  private static Map<String, String> notes(TrainingPlan plan, String hash, Dataset train) {
    Map<String, String> notes = new TreeMap<>();
    notes.put("settings", hash);
    notes.put("seed", Long.toString(plan.seed()));
    notes.put("data", train.name());
    notes.put(BOX, train.info().low() + " " + train.info().high());
    notes.put("data_sha256", train.checksum());
    notes.put("objective", plan.objective().describe());
    notes.put("optimiser", plan.optimiser().get().describe());
    notes.put("validated_by", plan.validationError().describe());
    if (plan.augmentation() != null) {
      notes.put("augmentation", plan.augmentation().describe());
    }
    if (plan.goal() != null) {
      notes.put("until", plan.goal().measure().describe() + " <= " + plan.goal().value());
    }
    return notes;
  }
}
