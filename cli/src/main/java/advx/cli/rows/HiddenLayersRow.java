package advx.cli.rows;

import static java.util.stream.Collectors.joining;

import advx.attacks.AttackEvaluation;
import advx.attacks.measure.Rate;
import advx.attacks.train.AdversarialObjective;
import advx.attacks.train.GradientStep;
import advx.attacks.train.HiddenObjective;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.engine.Tape;
import advx.engine.Var;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Layer;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Pass;
import advx.nn.Sgd;
import advx.nn.Trained;
import advx.nn.TrainingPlan;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Section 6: adversarial perturbation of hidden layers in training. */
public final class HiddenLayersRow implements Row {
  private static final double DEGREES = 15;
  private static final int SATURATING_EPOCHS = 15;

  /** Test images whose activations are measured. */
  private static final int MEASURED = 1_000;

  /** Errors above it are those of a network that has learned nothing. */
  private static final double CHANCE = 0.8;

  private static final String SATURATING =
      "dense(240,init=glorot) sigmoid dense(240,init=glorot) sigmoid"
          + " dense(10,init=glorot) softmax";

  /** One way to train: a step of some layers; none for plain training. */
  private record Variant(boolean saturating, GradientStep step, List<Integer> layers) {
    String key() {
      String where =
          layers.isEmpty()
              ? "plain"
              : layers.size() > 1
                  ? "all"
                  : List.of("input", "first", "last").get(layers.getFirst());
      return (saturating ? "sigmoid-" : "maxout-")
          + where
          + (step == GradientStep.ROTATION ? "-rotation" : "");
    }

    String label() {
      return key().replaceFirst("-", ", ").replace("-", ", ");
    }

    String name() {
      return "hidden-" + key();
    }

    Objective objective() {
      if (layers.isEmpty()) {
        return new CleanObjective();
      }
      if (layers.equals(List.of(0))) {
        return new AdversarialObjective(Models.ALPHA, Models.EPSILON);
      }
      double size = step == GradientStep.ROTATION ? StrictMath.toRadians(DEGREES) : Models.EPSILON;
      return new HiddenObjective(step, Models.ALPHA, size, layers);
    }

    Trained train(Session session) {
      if (saturating) {
        return trainSaturating(session, name(), objective());
      }
      if (layers.isEmpty()) {
        return MaxoutModels.undecayed(session);
      }
      return layers.equals(List.of(0))
          ? MaxoutModels.shortAdversarial(session)
          : MaxoutModels.variant(session, name(), objective());
    }
  }

  private static final List<List<Integer>> WHERE =
      List.of(List.of(), List.of(0), List.of(1), List.of(2), List.of(0, 1, 2));

  private static List<Variant> variants() {
    List<Variant> variants = new ArrayList<>();
    for (boolean saturating : new boolean[] {false, true}) {
      for (List<Integer> layers : WHERE) {
        variants.add(new Variant(saturating, GradientStep.SIGN, layers));
      }
    }
    variants.add(new Variant(false, GradientStep.ROTATION, List.of(1)));
    variants.add(new Variant(false, GradientStep.ROTATION, List.of(2)));
    return variants;
  }

  /** What is measured of one network. */
  private record Measured(Rate cleanError, Rate fgsmError, double first, double last) {
    double clean() {
      return cleanError.value();
    }

    double fgsm() {
      return fgsmError.value();
    }
  }

  @Override
  public String id() {
    return "hidden-layers";
  }

  @Override
  public List<String> numbers() {
    return List.of("29");
  }

  @Override
  public String title() {
    return "Perturbing hidden layers in training";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, §6";
  }

  @Override
  public String claim() {
    return "Hidden units without bound answer the perturbation of their layer by growing, so the"
        + " input is the better place; saturating units do about as well with either."
        + " Perturbing the last hidden layer is never worth it, and rotating hidden layers"
        + " regularises less than adding to the input.";
  }

  /** A dozen trained networks: too long for the short profiles. */
  @Override
  public Set<Profile> profiles() {
    return EnumSet.range(Profile.STANDARD, Profile.PAPER);
  }

  @Override
  public Work work(Profile profile) {
    Work work = MaxoutModels.variantsWork(profile).and(Work.seconds(id(), 30));
    boolean all = profile == Profile.PAPER;
    for (Variant variant : variants()) {
      if (variant.saturating()) {
        work = work.and(Work.seconds(variant.name(), 30));
      } else if (!variant.layers().isEmpty() && !variant.layers().equals(List.of(0))) {
        work = work.and(Work.seconds(variant.name(), all ? 1_800 : 80));
      }
    }
    return work;
  }

  /** Sigmoid units cannot grow: in all profiles trained for few epochs. */
  private static Trained trainSaturating(Session session, String name, Objective objective) {
    int epochs = session.profile().atLeast(Profile.STANDARD) ? SATURATING_EPOCHS : 20;
    TrainingPlan plan =
        new TrainingPlan(
            Architecture.parse(SATURATING),
            objective,
            () -> new Sgd(new Sgd.Schedule(0.5, 1.0001, 1e-6, 0.5, 0.9, 1, 5)),
            100,
            epochs,
            0,
            session.seed());
    return Models.train(session, name, plan, session.data().train(), session.data().validation());
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    List<List<Figure.Cell>> table = new ArrayList<>();
    Map<String, Measured> measured = new HashMap<>();
    for (Variant variant : variants()) {
      Trained trained = variant.train(session);
      Measured found = measure(session, trained.network());
      measured.put(variant.key(), found);
      int n = session.data().test().size();
      String label = variant.label();
      findings.rate("clean-error-" + variant.key(), "clean error: " + label, found.cleanError());
      findings.rate("fgsm-error-" + variant.key(), "FGSM error: " + label, found.fgsmError());
      findings.metric(
          "activation-first-" + variant.key(),
          "mean size of the first layer's activations: " + label,
          "",
          Math.min(n, MEASURED),
          found.first());
      findings.metric(
          "activation-last-" + variant.key(),
          "mean size of the last layer's activations: " + label,
          "",
          Math.min(n, MEASURED),
          found.last());
      table.add(
          List.of(
              Figure.cell(label),
              Figure.share(found.clean()),
              Figure.share(found.fgsm()),
              Figure.cell(found.first()),
              Figure.cell(found.last())));
      Models.describe(findings, session, variant.name(), trained);
    }
    decide(findings, session);
    tellCause(findings, measured);
    findings.sweep(
        "Where training perturbs",
        List.of("network, perturbed", "clean error", "FGSM error", "first layer", "last layer"),
        table);
    return findings.result(
        judge(measured),
        "holds if the attack takes the plain maxout network's error from below 50 % to above,"
            + " perturbing a hidden layer at least doubles its activations against plain training,"
            + " and none with a perturbed or rotated hidden layer has a lower clean error or a"
            + " lower FGSM error than the one with the perturbed input",
        true);
  }

  private static boolean judge(Map<String, Measured> measured) {
    Measured plain = measured.get("maxout-plain");
    Measured input = measured.get("maxout-input");
    boolean grows =
        measured.get("maxout-first").first() >= 2 * plain.first()
            && measured.get("maxout-last").last() >= 2 * plain.last();
    boolean best = plain.clean() < 0.5 && plain.fgsm() > 0.5;
    for (String hidden :
        List.of("maxout-first", "maxout-last", "maxout-first-rotation", "maxout-last-rotation")) {
      Measured other = measured.get(hidden);
      best &= other.clean() >= input.clean() && other.fgsm() >= input.fgsm();
    }
    return grows && best;
  }

  /** A network at chance says nothing about where it is best perturbed. */
  private static void tellCause(Findings findings, Map<String, Measured> measured) {
    List<Variant> stuck =
        variants().stream()
            .filter(variant -> measured.get(variant.key()).clean() > CHANCE)
            .toList();
    if (!stuck.isEmpty()) {
      double largest =
          stuck.stream().mapToDouble(v -> measured.get(v.key()).last()).max().getAsDouble();
      findings.cause(
          "The networks %s learn nothing, so they cannot say where to perturb: the activations of their last layer end at %.2g in the mean or below, beside a step of 0.25"
              .formatted(
                  stuck.stream().map(v -> "\"" + v.label() + "\"").collect(joining(" and ")),
                  largest));
    }
  }

  private static void decide(Findings findings, Session session) {
    FgsmSection.decisions(findings);
    findings.decision(
        "The paper gives no figures, and no size of the perturbations. Hidden layers are perturbed"
            + " like the input: ε 0.25 along the sign of the gradient by the layer's activations,"
            + " α 0.5; \"rotation\" turns the activations by 15 degrees. Steps of all layers are"
            + " made from the clean pass and no gradient flows through them. Activations are what"
            + " the next layer reads, before its dropout.");
    findings.decision(
        "The saturating network has two layers of 240 sigmoid units, no dropout, SGD with rate 0.5:"
            + " the paper does not describe its own.");
    if (session.profile() != Profile.PAPER) {
      findings.decision(
          "All networks of a kind are trained for the same few epochs, so clean errors that differ"
              + " by less than a tenth of a point say little.");
    }
  }

  private static Measured measure(Session session, Network network) {
    Dataset test = session.data().test();
    AttackEvaluation attack = FgsmSection.attack(session, network, test);
    double[] sizes = activations(session, network, test);
    return new Measured(attack.clean().error(), attack.attacked().error(), sizes[0], sizes[1]);
  }

  /** The mean |activation| of the two hidden layers over the first test images. */
  private static double[] activations(Session session, Network network, Dataset test) {
    int n = Math.min(MEASURED, test.size());
    Tape tape = new Tape(session.workers());
    Pass pass = Pass.inference(tape);
    Var h = tape.constant(test.images(0, n));
    List<Double> sizes = new ArrayList<>();
    for (Layer layer : network.layers()) {
      boolean weights = !layer.parameters().isEmpty();
      if (weights && h.op() != null) {
        sizes.add(size(h.data()));
      }
      h = layer.forward(pass, h);
    }
    return sizes.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double size(float[] h) {
    double sum = 0;
    for (float v : h) {
      sum += Math.abs(v);
    }
    return sum / h.length;
  }
}
