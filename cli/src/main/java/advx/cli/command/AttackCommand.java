package advx.cli.command;

import advx.attacks.Aim;
import advx.attacks.Attack;
import advx.attacks.AttackEvaluation;
import advx.attacks.AttackLoss;
import advx.attacks.AttackResult;
import advx.attacks.AttackRun;
import advx.attacks.AttackTable;
import advx.attacks.Box;
import advx.attacks.Fgsm;
import advx.attacks.Norm;
import advx.attacks.ThreatModel;
import advx.attacks.audit.Audit;
import advx.attacks.audit.AuditItem;
import advx.attacks.measure.Evaluation;
import advx.cli.console.Console;
import advx.cli.report.PngSheet;
import advx.cli.result.Figure;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import advx.nn.io.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code advx attack}: what an attack does to a model. */
@Command(
    name = "attack",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Attack a model and measure what is left of it.")
public final class AttackCommand implements Callable<Integer> {
  /** A few hundred tell a broken attack from a sound one. */
  private static final int AUDITED = 300;

  /** Images on the sheet, one a column. */
  private static final int SHOWN = 10;

  @Mixin private ModelOption model;

  @Option(
      names = "--attack",
      required = true,
      paramLabel = "NAME",
      description =
          "fgsm (fast gradient sign), pgd (many projected steps from a random start), bim (the same"
              + " from the clean image), mim (with momentum), rotation (of the image as a vector,"
              + " towards its gradient), onepixel (evolution of one pixel, without gradients), or"
              + " noise (a random step, for comparison).")
  private String name;

  @Option(
      names = "--norm",
      paramLabel = "NORM",
      defaultValue = "linf",
      description = "What epsilon bounds: linf, l2 or l1 (default: ${DEFAULT-VALUE}).")
  private String norm;

  @Option(
      names = "--epsilon",
      required = true,
      split = ",",
      paramLabel = "EPS",
      description =
          "The largest perturbation, in the data's units; several make a table, the last is"
              + " audited.")
  private List<Double> epsilons;

  @Option(
      names = "--clip",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Keep perturbed images in the data's range (default), or do not, as the papers.")
  private boolean clip;

  @Mixin private WalkSettings walk;

  @Mixin private DataOptions data;

  @Option(names = "--images", paramLabel = "N", description = "Only the first N test images.")
  private Integer images;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description = "Write the first test images, clean and perturbed, as a picture.")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What random perturbations are drawn from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private RunOptions run;

  @Override
  public Integer call() {
    if (out != null && !out.toString().endsWith(".png")) {
      throw new InputException("--out is %s: give a file name that ends with .png.".formatted(out));
    }
    attacks(Box.UNIT); // what is wrong with the settings is said before any data are read
    Trained trained = model.read();
    Console console = run.console();
    try (Workers workers = run.workers()) {
      DataOptions.Chosen chosen = data.load(console, workers, model);
      Dataset some = Parts.first(chosen.splits().test(), images);
      Network network = trained.network();
      ModelOption.check(network, model.file().toString(), some);
      List<Attack> attacks = attacks(new Box(some.info().low(), some.info().high()));
      console.live("attacking %d images".formatted(some.size()));
      double[] budgets = epsilons.stream().mapToDouble(Double::doubleValue).toArray();
      List<AttackEvaluation> found =
          AttackEvaluation.sweep(attacks.getFirst(), budgets, network, some, workers);
      console.result(AttackReport.text(network, chosen, some, found));
      if (attacks.getLast() instanceof Fgsm fgsm) {
        console.live("auditing the attack");
        Dataset few = some.subset(0, Math.min(AUDITED, some.size()));
        List<AuditItem> items = Audit.of(fgsm, network, few, workers);
        console.result(AttackReport.audit(fgsm, items, few.size()));
      }
      if (out != null) {
        console.resultLine(sheet(attacks, network, some, workers));
      }
    }
    return 0;
  }

  /** One for each epsilon. */
  private List<Attack> attacks(Box box) {
    Norm bounded = Norm.parse(norm);
    var options =
        new AttackTable.Options(Aim.TRUE_LABEL, AttackLoss.COST, clip, seed, walk.options());
    return epsilons.stream()
        .map(epsilon -> new ThreatModel(bounded, epsilon, clip ? box : Box.NONE))
        .map(threat -> walk.check(AttackTable.make(name, threat, options)))
        .toList();
  }

  /** Writes the sheet and says what is left of the attacks once pixels are rounded to bytes. */
  private String sheet(List<Attack> attacks, Network network, Dataset some, Workers workers) {
    Dataset shown = some.subset(0, Math.min(SHOWN, some.size()));
    Tensor clean = shown.images(0, shown.size());
    int[] samples = new int[shown.size()];
    Arrays.setAll(samples, shown::index);
    List<AttackResult> results =
        AttackRun.of(network, workers).all(attacks, clean, shown.labels(), samples, true);
    List<Figure.Picture> pictures = new ArrayList<>(pictures(shown, clean));
    int fooled = 0;
    int rounded = 0;
    for (AttackResult result : results) {
      pictures.addAll(pictures(shown, result.adversarial()));
      for (AttackResult.Sample sample : result.samples()) {
        fooled += sample.attackedCorrect() ? 0 : 1;
      }
      Tensor bytes = roundToBytes(result.adversarial(), shown.info());
      Evaluation again = Evaluation.of(network, bytes, shown.labels(), workers);
      rounded += Math.toIntExact(again.error().count());
    }
    byte[] png = PngSheet.encode(new Figure.Sheet("clean and perturbed", shown.size(), pictures));
    AtomicFile.write(out, file -> file.write(png));
    return "picture %s: clean images above perturbed ones; %d of %d of these fool the model, rounded to 8 bits %d"
        .formatted(out, fooled, shown.size() * results.size(), rounded);
  }

  private static List<Figure.Picture> pictures(Dataset data, Tensor pixels) {
    List<Figure.Picture> pictures = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      pictures.add(Sheets.picture(data, pixels.data(), i * data.features()));
    }
    return pictures;
  }

  /** What a picture file can hold: 256 steps between black and white, nothing outside. */
  private static Tensor roundToBytes(Tensor pixels, Dataset.Info info) {
    Tensor rounded = pixels.copy();
    float[] p = rounded.data();
    float range = info.high() - info.low();
    for (int i = 0; i < p.length; i++) {
      int level = Math.clamp(Math.round((p[i] - info.low()) / range * 255), 0, 255);
      p[i] = info.low() + level / 255f * range;
    }
    return rounded;
  }
}
