package advx.cli.command;

import advx.attacks.Aim;
import advx.attacks.Attack;
import advx.attacks.AttackLoss;
import advx.attacks.AttackResult;
import advx.attacks.AttackTable;
import advx.attacks.Box;
import advx.attacks.Norm;
import advx.attacks.ThreatModel;
import advx.attacks.boundary.BoundaryAnalysis;
import advx.attacks.boundary.BoundarySettings;
import advx.attacks.detector.BoundaryClassifier;
import advx.attacks.detector.DetectorEvaluation;
import advx.attacks.detector.DetectorTraining;
import advx.attacks.detector.Surroundings;
import advx.cli.console.Console;
import advx.cli.console.ShareProgress;
import advx.cli.report.Numbers;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Architecture;
import advx.nn.ModelFile;
import advx.nn.Network;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code advx detect}: how well a boundary classifier tells an attack's examples. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Train a boundary classifier on the surroundings of benign images and of an attack's"
          + " examples, and judge it by others.",
      "The first test images train it, the ones after them judge it."
    })
public final class DetectCommand implements Callable<Integer> {
  @Mixin private ModelOption model;

  @Option(
      names = "--attack",
      required = true,
      paramLabel = "NAME",
      description = "Whose examples are to be told: a name that the command attack knows.")
  private String name;

  @Option(
      names = "--epsilon",
      paramLabel = "EPS",
      description = "The largest change of a pixel, for attacks that spend their budget.")
  private Double epsilon;

  @Mixin private OptimalSettings optimal;

  @Option(
      names = "--train",
      paramLabel = "N",
      defaultValue = "100",
      description = "Images to train on (default: ${DEFAULT-VALUE}).")
  private int train;

  @Option(
      names = "--test",
      paramLabel = "N",
      defaultValue = "50",
      description = "Images to judge by (default: ${DEFAULT-VALUE}).")
  private int test;

  @Option(
      names = "--directions",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Orthogonal directions along which the boundary is looked for, each backwards too"
              + " (default: ${DEFAULT-VALUE}).")
  private int directions;

  @Option(
      names = "--training-steps",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Updates of the boundary classifier (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What all random numbers are drawn from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private DataOptions data;

  @Option(
      names = "--out",
      paramLabel = "FILE.safetensors",
      description = "Write the boundary classifier to a file.")
  private Path out;

  @Mixin private RunOptions run;

  @Override
  public Integer call() {
    check();
    attack(Box.UNIT);
    Trained trained = model.read();
    Console console = run.console();
    try (Workers workers = run.workers()) {
      DataOptions.Chosen chosen = data.load(console, workers, model);
      console.interruptible(
          () -> "Interrupted. Nothing was written.",
          () -> detect(trained.network(), chosen, console, workers));
    }
    return 0;
  }

  private void check() {
    if (train < 1 || test < 1) {
      throw new InputException(
          "--train is %d and --test %d: give 1 image or more of each.".formatted(train, test));
    }
    if (out != null && !out.toString().endsWith(".safetensors")) {
      throw new InputException(
          "--out is %s: give a file name that ends with .safetensors.".formatted(out));
    }
    BoundaryClassifier.checkDistances(2 * directions);
  }

  private Attack attack(Box box) {
    var options =
        new AttackTable.Options(
            Aim.TRUE_LABEL,
            AttackLoss.COST,
            true,
            seed,
            AttackTable.WalkOptions.USUAL,
            optimal.options());
    ThreatModel anywhere = new ThreatModel(Norm.L2, ThreatModel.UNLIMITED, box);
    if (AttackTable.make(name, anywhere, options).minimal()) {
      if (epsilon != null) {
        throw new InputException(
            "The attack %s looks for the smallest perturbation: leave out --epsilon."
                .formatted(name));
      }
      return AttackTable.make(name, anywhere, options);
    }
    if (epsilon == null) {
      throw new InputException(
          "The attack %s spends its budget: give it one with --epsilon.".formatted(name));
    }
    return optimal.check(AttackTable.make(name, new ThreatModel(Norm.LINF, epsilon, box), options));
  }

  private void detect(
      Network network, DataOptions.Chosen chosen, Console console, Workers workers) {
    Dataset all = chosen.splits().test();
    if ((long) train + test > all.size()) {
      throw new InputException(
          "--train %d and --test %d are more than the %d test images of %s: give smaller numbers."
              .formatted(train, test, all.size(), chosen.name()));
    }
    Dataset images = all.subset(0, train + test);
    ModelOption.check(network, model.file().toString(), images);
    Box box = new Box(images.info().low(), images.info().high());
    BoundarySettings settings = settings(images, box);
    Tensor x = images.images(0, images.size());
    int[] samples = new int[images.size()];
    Arrays.setAll(samples, images::index);
    Attack attack = attack(box);
    console.live("attacking %d images".formatted(images.size()));
    AttackResult result = attack.run(network, x, images.labels(), samples, workers);
    BoundaryAnalysis analysis = new BoundaryAnalysis(network, settings, workers);
    Split benign =
        new Split(places(result, AttackResult.Sample::cleanCorrect), train, "the model gets right");
    Split fooling =
        new Split(places(result, AttackResult.Sample::fooled), train, "fools the model");
    Surroundings[] normal = benign.surroundings(analysis, x, console, "benign images");
    Surroundings[] perturbed =
        fooling.surroundings(analysis, result.adversarial(), console, name + "'s examples");
    Architecture architecture =
        images.info().high() > 1
            ? BoundaryClassifier.architecture(16, 127.5)
            : BoundaryClassifier.architecture();
    DetectorTraining learning = new DetectorTraining(128, steps, 1e-3, seed);
    console.live("training the boundary classifier");
    Network detector = learning.train(architecture, normal[0], perturbed[0], workers);
    DetectorEvaluation judged =
        new BoundaryClassifier(detector, workers).evaluate(normal[1], perturbed[1]);
    console.result(text(network, chosen, attack, settings, benign, fooling, judged));
    if (out != null) {
      ModelFile.write(out, new Trained(detector, List.of(), 0), Map.of());
      console.resultLine("boundary classifier " + out);
    }
  }

  /** The published steps, in the data's units. */
  private BoundarySettings settings(Dataset images, Box box) {
    if (directions > images.features()) {
      throw new InputException(
          "--directions is %d, but only %d directions are orthogonal among images of %d numbers: give a smaller number."
              .formatted(directions, images.features(), images.features()));
    }
    boolean colour = images.info().channels() > 1;
    BoundarySettings paper =
        (colour ? BoundarySettings.cifar10(seed) : BoundarySettings.mnist(seed)).in(box);
    return paper.along(directions, true);
  }

  private static int[] places(AttackResult result, Predicate<AttackResult.Sample> counts) {
    return IntStream.range(0, result.size())
        .filter(i -> counts.test(result.samples().get(i)))
        .toArray();
  }

  /**
   * The images of one kind that count.
   *
   * @param places among all images
   * @param train of all images, those that train
   * @param what it is of an image that makes it count
   */
  private record Split(int[] places, int train, String what) {
    int training() {
      return (int) Arrays.stream(places).filter(place -> place < train).count();
    }

    /** Those to train on, and those to judge by. */
    Surroundings[] surroundings(
        BoundaryAnalysis analysis, Tensor x, Console console, String title) {
      int split = training();
      if (split == 0 || split == places.length) {
        throw new InputException(
            "Of the images to %s none %s, so there is nothing to learn or to judge from: give more with --train and --test, or another attack."
                .formatted(split == 0 ? "train on" : "judge by", what));
      }
      int n = x.columns();
      Tensor some = Tensor.zeros(places.length, n);
      for (int i = 0; i < places.length; i++) {
        System.arraycopy(x.data(), places[i] * n, some.data(), i * n, n);
      }
      ShareProgress progress = new ShareProgress(console, "looking around " + title);
      Surroundings all = Surroundings.ofProfiles(analysis.of(some, progress::reached));
      return new Surroundings[] {all.subset(0, split), all.subset(split, places.length)};
    }
  }

  private static String text(
      Network network,
      DataOptions.Chosen chosen,
      Attack attack,
      BoundarySettings settings,
      Split benign,
      Split fooling,
      DetectorEvaluation judged) {
    StringBuilder text = new StringBuilder(Parts.note(chosen));
    text.append(network.architecture()).append('\n');
    text.append(chosen.name()).append(", test images\n");
    text.append(attack.describe()).append('\n');
    text.append(settings.describe()).append("\n\n");
    line(text, "benign images", counts(benign));
    line(text, "examples", counts(fooling));
    line(text, "benign flagged", Figures.rate(judged.falsePositives()));
    line(text, "examples missed", Figures.rate(judged.falseNegatives()));
    line(text, "area under the ROC curve", Numbers.plain(judged.roc().area()));
    return text.toString();
  }

  private static String counts(Split split) {
    int training = split.training();
    return "%s to train on, %s to judge by"
        .formatted(Numbers.count(training), Numbers.count(split.places().length - training));
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-26s%s%n", name, value));
  }
}
