package advx.cli.rows;

import advx.attacks.Aim;
import advx.attacks.AttackResult.Sample;
import advx.attacks.AttackRun;
import advx.attacks.Box;
import advx.attacks.Norm;
import advx.attacks.OnePixel;
import advx.attacks.ThreatModel;
import advx.attacks.measure.Decision;
import advx.attacks.measure.Mean;
import advx.attacks.measure.Rate;
import advx.cli.result.RowResult;
import advx.engine.Tensor;
import advx.nn.Classifier;
import advx.nn.Trained;
import advx.nn.data.Cifar10;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The one-pixel attack, often taken for a part of the paper, on the paper's networks. */
public final class OnePixelRow implements Row {
  private static final int SHOWN = 8;
  private static final double PUBLISHED = 0.68;

  @Override
  public String id() {
    return "one-pixel";
  }

  @Override
  public List<String> numbers() {
    return List.of();
  }

  @Override
  public String title() {
    return "One pixel changed by differential evolution";
  }

  @Override
  public String place() {
    return "Su et al. 2017";
  }

  @Override
  public String claim() {
    return "Changing one pixel, found by differential evolution without gradients, is enough to"
        + " turn 68 % of test images of CIFAR-10 to at least one other class.";
  }

  /** Whether the profile attacks the convolutional network on CIFAR-10. */
  private static boolean colours(Profile profile) {
    return profile.atLeast(Profile.STANDARD);
  }

  /** As many images as the published attack takes, or few. */
  private static int images(Profile profile) {
    return switch (profile) {
      case SMOKE -> 4;
      case QUICK -> 10;
      case STANDARD -> 20;
      case PAPER -> 500;
    };
  }

  @Override
  public Work work(Profile profile) {
    return switch (profile) {
      case SMOKE -> Models.work(profile, Models.MAXOUT).and(Work.seconds(id(), 5));
      case QUICK -> Models.work(profile, Models.MAXOUT).and(Work.seconds(id(), 15));
      case STANDARD -> CifarModels.work(profile, id(), 400);
      case PAPER -> CifarModels.work(profile, id(), 40_000);
    };
  }

  /**
   * What is attacked: its images as they are looked at.
   *
   * @param colours whether they are the published attack's own
   */
  record Subjects(
      boolean colours,
      Classifier model,
      Dataset images,
      IntFunction<String> names,
      Runnable describe) {}

  static Subjects cifar(Findings findings, Session session) {
    CifarModels.Prepared prepared = CifarModels.prepare(session);
    Dataset test = session.cifar().test();
    return new Subjects(
        true,
        WhitenedNetwork.of(prepared.whitening(), prepared.trained().network()),
        first(test, session),
        Cifar10.CLASSES::get,
        () -> CifarModels.describe(findings, session, prepared));
  }

  private static Subjects digits(Findings findings, Session session) {
    List<Trained> maxout = MaxoutModels.plain(session);
    return new Subjects(
        false,
        maxout.getLast().network(),
        first(session.data().test(), session),
        String::valueOf,
        () -> Models.describe(findings, session, Models.MAXOUT, maxout));
  }

  private static Dataset first(Dataset test, Session session) {
    return test.subset(0, Math.min(images(session.profile()), test.size()));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    return measure(
        findings,
        session,
        colours(session.profile()) ? cifar(findings, session) : digits(findings, session));
  }

  /** Attacks each image, and says what came of it. */
  RowResult measure(Findings findings, Session session, Subjects subjects) {
    Dataset images = subjects.images();
    OnePixel attack = attack(images, session.seed());
    Tensor adversarial = Tensor.zeros(images.size(), images.features());
    List<Sample> samples = attackEach(session, attack, subjects, adversarial);
    boolean colours = subjects.colours();
    Rate fooled = fooled(samples);
    note(findings, samples, fooled, colours);
    findings.setting("attack", attack.describe());
    findings.decision(
        "The attack goes away from the true label and ends at the first other class: to turn an"
            + " image to at least one class. The share is of the images that the network gets right"
            + " when clean, the first "
            + images.size()
            + " test images being looked at. Any colour may be taken: population 400, F = 0.5, no"
            + " crossover, 100 generations.");
    findings.decision(
        colours
            ? "The pixel is one of the image, before its contrast is normalised and it is whitened:"
                + " the preprocessing is part of the model that is attacked. The published networks"
                + " are others (a network of convolutions alone, network in network, VGG)."
            : "The published figure is for CIFAR-10, which is left to the longer profiles: 400"
                + " images a generation through a convolutional network take minutes. This"
                + " profile attacks the maxout network on digits, and is not held against it.");
    subjects.describe().run();
    sheet(findings, subjects, samples, adversarial);
    if (colours) {
      return findings.result(
          fooled.value() > 0.5,
          "holds if one pixel turns more than half of the images that are right when clean",
          images);
    }
    return findings.elsewhere(
        loweredMargin(samples) > 0,
        "holds if the pixel lowers the margin of the right class, on average");
  }

  static OnePixel attack(Dataset images, long seed) {
    Box box = new Box(images.info().low(), images.info().high());
    double range = (double) box.high() - box.low();
    return OnePixel.of(new ThreatModel(Norm.LINF, range, box), Aim.TRUE_LABEL, seed);
  }

  /** One image after the other, so that the progress shows. */
  private List<Sample> attackEach(
      Session session, OnePixel attack, Subjects subjects, Tensor adversarial) {
    Dataset images = subjects.images();
    AttackRun run = AttackRun.of(subjects.model(), session.workers());
    var progress = session.listener().apply(id());
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      progress.note("image %d of %d".formatted(i + 1, images.size()));
      var result =
          run.all(
                  List.of(attack),
                  images.images(i, i + 1),
                  new int[] {images.label(i)},
                  new int[] {images.index(i)},
                  true)
              .getFirst();
      samples.add(result.samples().getFirst());
      int d = images.features();
      System.arraycopy(result.inputs().data(), 0, adversarial.data(), i * d, d);
    }
    return samples;
  }

  private static Rate fooled(List<Sample> samples) {
    return new Rate(
        samples.stream().filter(Sample::fooled).count(),
        samples.stream().filter(Sample::cleanCorrect).count());
  }

  /** By how much the margin of the right class falls, over the images right when clean. */
  private static double loweredMargin(List<Sample> samples) {
    return Mean.of(
            samples.stream()
                .filter(Sample::cleanCorrect)
                .mapToDouble(s -> s.clean().margin() - s.attacked().margin())
                .toArray())
        .value();
  }

  private static void note(Findings findings, List<Sample> samples, Rate fooled, boolean colours) {
    findings.rate(
        "fooled",
        "turned to another class by one pixel",
        fooled,
        colours ? PUBLISHED : null,
        colours ? 0.15 : null,
        colours ? "fifteen points: other networks, and few images" : "");
    findings.rate(
        "clean-error",
        "clean error on the images looked at",
        new Rate(samples.stream().filter(s -> !s.cleanCorrect()).count(), samples.size()));
    if (fooled.count() > 0) {
      findings.mean(
          "fooled-confidence",
          "confidence in the other class",
          Mean.of(
              samples.stream()
                  .filter(Sample::fooled)
                  .mapToDouble(sample -> sample.attacked().confidence())
                  .toArray()),
          null,
          null,
          "");
    }
    long right = fooled.n();
    findings.metric(
        "margin-lowered",
        "fall of the right class's margin, in logits",
        "",
        right,
        loweredMargin(samples));
    findings.metric(
        "generations",
        "generations, 100 where it fails",
        "",
        right,
        Mean.of(
                samples.stream()
                    .filter(Sample::cleanCorrect)
                    .mapToDouble(s -> s.fooled() ? s.firstStep() : OnePixel.GENERATIONS)
                    .toArray())
            .value());
  }

  /** Images that were turned, or, where there are none, the first ones. */
  private static void sheet(
      Findings findings, Subjects subjects, List<Sample> samples, Tensor adversarial) {
    List<Integer> turned = new ArrayList<>();
    for (int i = 0; i < samples.size() && turned.size() < SHOWN; i++) {
      if (samples.get(i).fooled()) {
        turned.add(i);
      }
    }
    for (int i = 0; i < samples.size() && turned.size() < Math.min(SHOWN, samples.size()); i++) {
      if (!turned.contains(i)) {
        turned.add(i);
      }
    }
    findings.figure(
        Pictures.cleanAndAdversarial(
            "Clean images, and the same with one pixel changed, with what the network says",
            subjects.images(),
            adversarial,
            i -> said(subjects, samples.get(i).clean()),
            i -> said(subjects, samples.get(i).attacked()),
            turned.stream().mapToInt(Integer::intValue).toArray()));
  }

  private static String said(Subjects subjects, Decision decision) {
    String name = decision.named() ? subjects.names().apply(decision.prediction()) : "none";
    return "%s · %.1f %%".formatted(name, 100 * decision.confidence());
  }
}
