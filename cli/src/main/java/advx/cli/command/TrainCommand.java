package advx.cli.command;

import advx.attacks.Box;
import advx.cli.console.Console;
import advx.cli.report.Numbers;
import advx.engine.InputException;
import advx.engine.Workers;
import advx.nn.Architecture;
import advx.nn.Epoch;
import advx.nn.ModelStore;
import advx.nn.Network;
import advx.nn.Trained;
import advx.nn.TrainingPlan;
import advx.nn.data.Augmentation;
import advx.nn.data.Dataset;
import advx.nn.io.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code advx train}: trains a network of one's own. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Train a network and keep it in a file.",
      "Interrupted, the same command goes on from the checkpoint beside the file."
    })
public final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--net",
      required = true,
      paramLabel = "NET",
      description = {
        "softmax, relu, maxout, cnn (for MNIST), w32-10 and its like (wide residual networks for"
            + " CIFAR-10), or layers from input to top, such as",
        "\"dropout(0.8) maxout(240,5) dense(10) softmax\"."
      })
  private String net;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "Where to keep the trained model (.safetensors).")
  private Path model;

  @Mixin private DataOptions data;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Train on the first N training images only.")
  private Integer images;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Passes over the training images (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Stop after N epochs without a lower validation error and keep the best weights (default:"
              + " ${DEFAULT-VALUE}, never).")
  private int patience;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "100",
      description = "Images in a step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Mixin private OptimiserOptions optimiser;
  @Mixin private ObjectiveOptions objective;

  @Option(
      names = "--crop",
      paramLabel = "N",
      description =
          "Give each training image a border of N zeros and cut its old size out at random.")
  private Integer crop;

  @Option(names = "--flip", description = "Mirror training images left to right at random.")
  private boolean flip;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What all random numbers are drawn from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private RunOptions run;

  @Override
  public Integer call() {
    Architecture architecture = Presets.parse(net);
    plan(architecture, Box.UNIT); // what is wrong with it is said before any data are read
    Path checkpoint = checkpoint();
    Console console = run.console();
    AtomicFile.createFolders(folder());
    AtomicFile.sweep(folder());
    try (Workers workers = run.workers()) {
      console.interruptible(
          () ->
              Files.exists(checkpoint)
                  ? "Interrupted. The same command goes on from " + checkpoint + "."
                  : "Interrupted before the first checkpoint. The same command starts anew.",
          () -> train(architecture, checkpoint, workers, console));
    }
    return 0;
  }

  private void train(Architecture architecture, Path checkpoint, Workers workers, Console console) {
    DataOptions.Chosen chosen = data.load(console, workers);
    Dataset train = Parts.first(chosen.splits().train(), images);
    Box box = new Box(train.info().low(), train.info().high());
    TrainingPlan plan = plan(architecture, box);
    Network untrained = architecture.network(train.features(), seed);
    ModelOption.check(untrained, "The network", train);
    Trained trained =
        ModelStore.get(
            model,
            checkpoint,
            plan,
            train,
            chosen.splits().validation(),
            workers,
            console.training("training"));
    console.result(report(trained, chosen));
  }

  private TrainingPlan plan(Architecture architecture, Box box) {
    TrainingPlan plan =
        new TrainingPlan(
            architecture,
            objective.objective(box),
            optimiser.optimiser(),
            batch,
            epochs,
            patience,
            seed);
    boolean augments = crop != null || flip;
    return augments ? plan.augmented(new Augmentation(crop == null ? 0 : crop, flip)) : plan;
  }

  private Path folder() {
    return model.toAbsolutePath().normalize().getParent();
  }

  private Path checkpoint() {
    String name = String.valueOf(model.getFileName());
    if (folder() == null || !name.endsWith(".safetensors")) {
      throw new InputException(
          "--model is %s: give a file name that ends with .safetensors.".formatted(model));
    }
    return folder().resolve(name.replaceFirst("\\.safetensors$", ".checkpoint.safetensors"));
  }

  private String report(Trained trained, DataOptions.Chosen chosen) {
    Epoch kept = trained.history().get(trained.keptEpoch() - 1);
    return """
    %s%s, trained on %s
    weights of epoch %d of %d, validation error %s
    model   %s
    sha256  %s of the weights
    """
        .formatted(
            Parts.note(chosen),
            trained.network().architecture(),
            chosen.name(),
            trained.keptEpoch(),
            trained.history().size(),
            Numbers.percent(kept.validationError()),
            model,
            trained.fingerprint());
  }
}
