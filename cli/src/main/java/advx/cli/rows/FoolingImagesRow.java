package advx.cli.rows;

import advx.attacks.AttackResult;
import advx.attacks.fooling.Noise;
import advx.attacks.fooling.TargetedNoise;
import advx.attacks.measure.Decision;
import advx.attacks.measure.Rate;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.engine.Tensor;
import advx.nn.data.Cifar10;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Appendix A, Figure 5: one gradient sign step from noise towards a wanted class. */
public final class FoolingImagesRow implements Row {
  private static final double HALF = 0.5;
  private static final double[] EPSILONS = {CifarModels.EPSILON, 0.05, 0.25, 0.5};

  /** Classes that the paper names, and their shares. */
  private static final Map<String, Double> PUBLISHED =
      Map.of("airplane", 0.247, "frog", 1.0, "truck", 1.0);

  @Override
  public String id() {
    return "fooling-images";
  }

  @Override
  public List<String> numbers() {
    return List.of("25");
  }

  @Override
  public String title() {
    return "Fooling images: one step from noise to a wanted class";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, Appendix A and Figure 5";
  }

  @Override
  public String claim() {
    return "One gradient sign step turns Gaussian noise into an image that the convolutional maxout"
        + " network takes for a wanted class with at least 50 %, for 75.3 % on average over the"
        + " classes of CIFAR-10; 24.7 % for airplanes, 100 % for frogs and trucks.";
  }

  @Override
  public Set<Profile> profiles() {
    return EnumSet.of(Profile.STANDARD, Profile.PAPER);
  }

  @Override
  public Work work(Profile profile) {
    return CifarModels.work(profile, id(), profile == Profile.PAPER ? 600 : 60);
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    CifarModels.Prepared prepared = CifarModels.prepare(session);
    Noise noise = CifarModels.noise(session, prepared);
    int n = CifarModels.noiseImages(session.profile());
    int classes = Cifar10.CLASSES.size();
    List<TargetedNoise> found =
        TargetedNoise.sweep(prepared.trained().network(), noise, n, EPSILONS, session.workers());
    TargetedNoise step = found.getFirst();
    double mean = step.all().value();
    double before = step.allBefore().value();
    findings.metric(
        new advx.cli.result.Metric(
            "mean-success",
            "noise turned into a wanted class, mean over classes",
            "%",
            (long) n * classes,
            mean,
            null,
            0.753,
            0.15,
            "fifteen points: the paper states neither the step nor how many images"));
    findings.metric("mean-before", "the same before the step", "%", (long) n * classes, before);
    for (int c = 0; c < classes; c++) {
      String name = Cifar10.CLASSES.get(c);
      Double published = PUBLISHED.get(name);
      findings.rate(
          name,
          "turned into " + name,
          step.after().get(c),
          published,
          published == null ? null : 0.15,
          published == null ? "" : "fifteen points: which classes are easy depends on the network");
    }
    sweep(findings, found);
    findings.setting(
        "attack",
        TargetedNoise.step(0, CifarModels.EPSILON)
            .describe()
            .replace("target:0", "target:each class in turn"));
    findings.decision(
        "Success is a probability of at least 0.5 for the wanted class after one step of ε = 0.1"
            + " along the sign of the gradient; the paper does not state the step, so a sweep"
            + " shows others. The same 1,000 images are used for every class.");
    CifarModels.describe(findings, session, prepared);
    findings.figure(examples(session, prepared, noise.images(0, 1, session.workers())));
    boolean holds = mean > HALF && mean > before;
    for (int e = 1; !holds && e < EPSILONS.length; e++) {
      double other = found.get(e).all().value();
      if (other > HALF && other > before) {
        findings.cause(
            "The paper does not state the step: with ε = %s in place of %s it succeeds for %.1f %% here."
                .formatted(EPSILONS[e], EPSILONS[0], 100 * other));
        break;
      }
    }
    return findings.result(
        holds,
        "holds if the step succeeds for more than half of the noise, on average over classes, and"
            + " more often than no step",
        prepared.test());
  }

  private static void sweep(Findings findings, List<TargetedNoise> found) {
    List<String> heads = new ArrayList<>(List.of("ε", "mean"));
    heads.addAll(Cifar10.CLASSES);
    List<List<Figure.Cell>> cells = new ArrayList<>();
    TargetedNoise any = found.getFirst();
    cells.add(cells(0, any.allBefore(), any.before()));
    for (int e = 0; e < EPSILONS.length; e++) {
      cells.add(cells(EPSILONS[e], found.get(e).all(), found.get(e).after()));
    }
    cells.sort(java.util.Comparator.comparingDouble(row -> row.getFirst().value()));
    findings.sweep("Success by step", heads, cells);
  }

  private static List<Figure.Cell> cells(double epsilon, Rate mean, List<Rate> classes) {
    List<Figure.Cell> row = new ArrayList<>();
    row.add(Figure.cell(epsilon));
    row.add(Figure.share(mean.value()));
    classes.forEach(share -> row.add(Figure.share(share.value())));
    return row;
  }

  /** The first image of noise after a step towards each class, in the preprocessed numbers. */
  private static Figure examples(Session session, CifarModels.Prepared prepared, Tensor first) {
    var info = prepared.test().info();
    List<Figure.Picture> pictures = new ArrayList<>();
    for (int c = 0; c < Cifar10.CLASSES.size(); c++) {
      AttackResult result =
          TargetedNoise.step(c, CifarModels.EPSILON)
              .run(prepared.trained().network(), first, new int[1], session.workers());
      Decision decision = result.samples().getFirst().attacked();
      pictures.add(
          Figure.Picture.ofPlanes(
              Cifar10.CLASSES.get(c) + " wanted: " + ConvolutionalMaxoutRow.said(decision),
              info.channels(),
              info.height(),
              info.width(),
              result.inputs().data(),
              0,
              -3,
              3));
    }
    return new Figure.Sheet(
        "The same noise after a step towards each class, in the preprocessed numbers, with what the"
            + " network says",
        5,
        pictures);
  }
}
