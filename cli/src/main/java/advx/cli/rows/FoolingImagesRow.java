package advx.cli.rows;

import advx.attacks.Aim;
import advx.attacks.AttackLoss;
import advx.attacks.AttackResult;
import advx.attacks.AttackRun;
import advx.attacks.Fgsm;
import advx.attacks.ThreatModel;
import advx.attacks.measure.Decision;
import advx.attacks.measure.Rate;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.engine.Tensor;
import advx.nn.data.Cifar10;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Appendix A, Figure 5: one gradient sign step from noise towards a wanted class. */
public final class FoolingImagesRow implements Row {
  /** The step held against the paper comes first. */
  private static final double[] EPSILONS = {CifarModels.EPSILON, 0, 0.05, 0.25, 0.5};

  private static final double REACHED = 0.5;

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
    return EnumSet.range(Profile.QUICK, Profile.PAPER);
  }

  @Override
  public Work work(Profile profile) {
    return CifarModels.work(profile, id(), profile == Profile.PAPER ? 600 : 60);
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    CifarModels.Prepared prepared = CifarModels.prepare(session);
    int n = CifarNoise.count(session.profile());
    Tensor noise = CifarNoise.images(n, prepared.test().features(), session.seed());
    int[] samples = new int[n];
    Arrays.setAll(samples, i -> i);
    AttackRun attacks = AttackRun.of(prepared.trained().network(), session.workers());
    int classes = Cifar10.CLASSES.size();
    long[][] reached = new long[EPSILONS.length][classes];
    for (int c = 0; c < classes; c++) {
      List<AttackResult> results = attacks.sweep(step(c), EPSILONS, noise, new int[n], samples);
      for (int e = 0; e < EPSILONS.length; e++) {
        int wanted = c;
        reached[e][c] =
            results.get(e).samples().stream().filter(s -> isReached(s.attacked(), wanted)).count();
      }
    }
    double mean = mean(reached[0], n);
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
    findings.metric(
        "mean-before", "the same before the step", "%", (long) n * classes, mean(reached[1], n));
    for (int c = 0; c < classes; c++) {
      String name = Cifar10.CLASSES.get(c);
      Double published = PUBLISHED.get(name);
      findings.rate(
          name,
          "turned into " + name,
          new Rate(reached[0][c], n),
          published,
          published == null ? null : 0.15,
          published == null ? "" : "fifteen points: which classes are easy depends on the network");
    }
    sweep(findings, reached, n);
    findings.setting("attack", step(0).describe().replace("target:0", "target:each class in turn"));
    findings.decision(
        "Success is a probability of at least 0.5 for the wanted class after one step of ε = 0.1"
            + " along the sign of the gradient; the paper does not state the step, so a sweep"
            + " stands below. The same 1,000 images are used for every class.");
    CifarModels.describe(findings, session, prepared);
    findings.figure(examples(session, prepared, noise));
    boolean holds = mean > 0.5 && mean > mean(reached[1], n);
    return findings.result(
        holds,
        "holds if the step succeeds for more than half of the noise, on average over classes, and"
            + " more often than no step",
        prepared.test());
  }

  private static Fgsm step(int wanted) {
    return new Fgsm(
        ThreatModel.linf(CifarModels.EPSILON), Aim.target(wanted), AttackLoss.COST, false);
  }

  private static boolean isReached(Decision decision, int wanted) {
    return decision.prediction() == wanted && decision.confidence() >= REACHED;
  }

  private static double mean(long[] reached, int n) {
    return (double) Arrays.stream(reached).sum() / ((long) n * reached.length);
  }

  private static void sweep(Findings findings, long[][] reached, int n) {
    List<String> heads = new ArrayList<>(List.of("ε", "mean"));
    heads.addAll(Cifar10.CLASSES);
    List<List<Figure.Cell>> cells = new ArrayList<>();
    for (int e = 0; e < EPSILONS.length; e++) {
      List<Figure.Cell> row = new ArrayList<>();
      row.add(Figure.cell(EPSILONS[e]));
      row.add(Figure.share(mean(reached[e], n)));
      for (long count : reached[e]) {
        row.add(Figure.share((double) count / n));
      }
      cells.add(row);
    }
    cells.sort(java.util.Comparator.comparingDouble(row -> row.getFirst().value()));
    findings.sweep("Success by step", heads, cells);
  }

  /** The first image of noise after a step towards each class, in the preprocessed numbers. */
  private static Figure examples(Session session, CifarModels.Prepared prepared, Tensor noise) {
    Tensor first = Tensor.of(Arrays.copyOf(noise.data(), noise.columns()), 1, noise.columns());
    var info = prepared.test().info();
    List<Figure.Picture> pictures = new ArrayList<>();
    for (int c = 0; c < Cifar10.CLASSES.size(); c++) {
      AttackResult result =
          AttackRun.of(prepared.trained().network(), session.workers())
              .all(List.of(step(c)), first, new int[1], new int[1], true)
              .getFirst();
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
