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
import advx.cli.Build;
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
import advx.nn.io.Checksums;
import java.nio.charset.StandardCharsets;
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

  /** Digits of a hash that tell one attack from another. */
  private static final int HASH = 12;

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
              + " towards its gradient), onepixel (evolution of one pixel, without gradients),"
              + " noise (a random step, for comparison); and, for the smallest perturbation in L2,"
              + " cw (Carlini and Wagner), optbrittle, optstrong (with high confidence), optmargin"
              + " (with all points around), or deepfool.")
  private String name;

  @Option(
      names = "--norm",
      paramLabel = "NORM",
      description =
          "What epsilon bounds: linf, l2 or l1 (default: linf; l2 if the smallest perturbation is"
              + " looked for).")
  private String norm;

  @Option(
      names = "--epsilon",
      split = ",",
      paramLabel = "EPS",
      description =
          "The largest perturbation, in the data's units; several make a table, the last is"
              + " audited. May be left out if the smallest one is looked for.")
  private List<Double> epsilons;

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description =
          "Towards this class, or towards the one after the true one (next), and not just away from"
              + " the true one.")
  private String target;

  @Option(
      names = "--clip",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Keep perturbed images in the data's range (default), or do not, as the papers.")
  private boolean clip;

  @Mixin private WalkSettings walk;

  @Mixin private OptimalSettings optimal;

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
      List<AttackResult> results = results(attacks, network, some, workers, console);
      List<AttackEvaluation> found = results.stream().map(AttackEvaluation::new).toList();
      console.result(AttackReport.text(network, chosen, some, found));
      if (attacks.getLast() instanceof Fgsm fgsm) {
        console.live("auditing the attack");
        Dataset few = some.subset(0, Math.min(AUDITED, some.size()));
        List<AuditItem> items = Audit.of(fgsm, network, few, workers);
        console.result(AttackReport.audit(fgsm, items, few.size()));
      }
      if (out != null) {
        console.resultLine(sheet(results, network, some, workers));
      }
    }
    return 0;
  }

  /** All attacks on all images; one that takes long is kept, and goes on where it was. */
  private List<AttackResult> results(
      List<Attack> attacks, Network network, Dataset some, Workers workers, Console console) {
    Tensor clean = some.images(0, some.size());
    int[] samples = new int[some.size()];
    Arrays.setAll(samples, some::index);
    AttackRun runner = AttackRun.of(network, workers);
    String what = "attacking %d images".formatted(some.size());
    if (!attacks.getFirst().minimal()) {
      console.live(what);
      return runner.all(attacks, clean, some.labels(), samples, out != null);
    }
    AttackKeeper keeper = new AttackKeeper(kept(attacks, network, some), console, what);
    List<AttackResult> results = new ArrayList<>();
    console.interruptible(
        keeper::farewell,
        () ->
            results.addAll(
                runner.keeping(keeper).all(attacks, clean, some.labels(), samples, out != null)));
    keeper.done();
    return results;
  }

  /** A folder beside the model, named after all that decides the result. */
  private Path kept(List<Attack> attacks, Network network, Dataset some) {
    StringBuilder settings = new StringBuilder(Build.checksum()).append('\n');
    settings.append(network.architecture()).append('\n');
    settings.append(Trained.fingerprint(network)).append('\n').append(some.checksum());
    attacks.forEach(attack -> settings.append('\n').append(attack.describe()));
    String hash = Checksums.sha256(settings.toString().getBytes(StandardCharsets.UTF_8));
    Path file = model.file().toAbsolutePath().normalize();
    return file.resolveSibling(file.getFileName() + ".attack-" + hash.substring(0, HASH));
  }

  /** One for each epsilon. */
  private List<Attack> attacks(Box box) {
    Aim aim = aim();
    var options =
        new AttackTable.Options(
            aim, AttackLoss.COST, clip, seed, walk.options(), optimal.options());
    Box kept = clip ? box : Box.NONE;
    ThreatModel anywhere = new ThreatModel(Norm.L2, ThreatModel.UNLIMITED, kept);
    boolean minimal = AttackTable.make(name, anywhere, options).minimal();
    if (epsilons == null && !minimal) {
      throw new InputException(
          "The attack %s spends its budget: give it one with --epsilon.".formatted(name));
    }
    Norm bounded = norm != null ? Norm.parse(norm) : minimal ? Norm.L2 : Norm.LINF;
    List<Double> budgets = epsilons != null ? epsilons : List.of(ThreatModel.UNLIMITED);
    return budgets.stream()
        .map(epsilon -> new ThreatModel(bounded, epsilon, kept))
        .map(threat -> checked(AttackTable.make(name, threat, options), aim))
        .toList();
  }

  private Attack checked(Attack attack, Aim aim) {
    if (!attack.aim().equals(aim)) {
      throw new InputException(
          "The attack %s has no aim: leave out --target.".formatted(attack.name()));
    }
    return optimal.check(walk.check(attack));
  }

  private Aim aim() {
    if (target == null) {
      return Aim.TRUE_LABEL;
    }
    if (target.equals("next")) {
      return Aim.NEXT_LABEL;
    }
    if (!target.matches("\\d{1,9}")) {
      throw new InputException(
          "--target is '%s': give the number of a class, or next.".formatted(target));
    }
    return Aim.target(Integer.parseInt(target));
  }

  /** Writes the sheet and says what is left of the attacks once pixels are rounded to bytes. */
  private String sheet(List<AttackResult> results, Network network, Dataset some, Workers workers) {
    Dataset shown = some.subset(0, Math.min(SHOWN, some.size()));
    Tensor clean = shown.images(0, shown.size());
    List<Figure.Picture> pictures = new ArrayList<>(pictures(shown, clean));
    int fooled = 0;
    int rounded = 0;
    for (AttackResult result : results) {
      Tensor made = clean.copy();
      System.arraycopy(result.adversarial().data(), 0, made.data(), 0, made.size());
      pictures.addAll(pictures(shown, made));
      for (AttackResult.Sample sample : result.samples().subList(0, shown.size())) {
        fooled += sample.attackedCorrect() ? 0 : 1;
      }
      Tensor bytes = roundToBytes(made, shown.info());
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
