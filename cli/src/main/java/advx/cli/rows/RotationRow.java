package advx.cli.rows;

import advx.attacks.Attack;
import advx.attacks.AttackEvaluation;
import advx.attacks.AttackRun;
import advx.attacks.Box;
import advx.attacks.Norm;
import advx.attacks.RandomNoise;
import advx.attacks.Rotation;
import advx.attacks.ThreatModel;
import advx.attacks.measure.Mean;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.engine.Workers;
import advx.nn.Network;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Section 4: the paper's other attack, a rotation of the input vector towards its gradient. */
public final class RotationRow implements Row {
  /** Degrees; the paper states none. */
  private static final double[] ANGLES = {5, 10, 15, 20, 30, 45};

  /** The angle whose figures are the row's: its step is shorter than that of FGSM at ε = 0.25. */
  private static final double SMALL = 30;

  private static final double RELIABLE = 0.8;
  private static final double HARMLESS = 0.1;

  @Override
  public String id() {
    return "rotation";
  }

  @Override
  public List<String> numbers() {
    return List.of();
  }

  @Override
  public String title() {
    return "Rotating the input vector towards the gradient";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, §4";
  }

  @Override
  public String claim() {
    return "Other simple methods make adversarial examples too: rotating x by a small angle in the"
        + " direction of the gradient does so reliably.";
  }

  @Override
  public Work work(Profile profile) {
    return Models.work(profile, Models.SOFTMAX)
        .and(Models.work(profile, Models.MAXOUT))
        .and(Work.seconds(id(), profile == Profile.SMOKE ? 1 : 4));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    Dataset test = session.data().test();
    Trained softmax = Models.softmax(session);
    List<Trained> maxout = MaxoutModels.plain(session);
    List<Figure.Series> series = new ArrayList<>();
    List<List<Figure.Cell>> table = new ArrayList<>();
    boolean all = measure(findings, session, softmax, Models.SOFTMAX, series, table);
    all &= measure(findings, session, maxout.getLast(), Models.MAXOUT, series, table);
    findings.setting("attack", rotation(SMALL).describe());
    findings.decision(
        "The paper states no angle and no figure. A sweep stands below; the figures are those of"
            + " 30 degrees, whose step is shorter than that of the fast gradient sign method at"
            + " ε = 0.25, in L2 norm. The true label is used, and nothing is clipped.");
    findings.decision(
        "Beside each stands noise of the same length in a random direction: what a step of this"
            + " size is worth without the gradient.");
    Models.describe(findings, session, Models.SOFTMAX, softmax);
    Models.describe(findings, session, Models.MAXOUT, maxout);
    findings.figure(
        new Figure.Chart("Error against the angle", "degrees", "error in %", false, series));
    findings.sweep(
        "Error by angle", List.of("network", "degrees", "error", "L2 length", "noise"), table);
    AttackEvaluation shown =
        AttackEvaluation.of(rotation(SMALL), maxout.getLast().network(), test, session.workers());
    findings.figure(
        FgsmSection.examples(
            "Clean images and the same rotated by 30 degrees, with the maxout network's prediction",
            test,
            shown));
    return findings.result(
        all,
        "holds if 30 degrees make each network err on more than 80 % of images, its clean error is"
            + " below 50 %, and noise of the same length adds less than ten points to it",
        true);
  }

  /** Rotations of one network by every angle, and noise of the same mean length. */
  private boolean measure(
      Findings findings,
      Session session,
      Trained trained,
      String name,
      List<Figure.Series> series,
      List<List<Figure.Cell>> table) {
    Network network = trained.network();
    Dataset test = session.data().test();
    List<Attack> rotations = new ArrayList<>();
    for (double angle : ANGLES) {
      rotations.add(rotation(angle));
    }
    List<AttackEvaluation> turned = all(rotations, network, test, session.workers());
    List<Attack> noise = new ArrayList<>();
    for (AttackEvaluation evaluation : turned) {
      noise.add(noise(evaluation.norm(Norm.L2).value(), session.seed()));
    }
    List<AttackEvaluation> drawn = all(noise, network, test, session.workers());
    double clean = turned.getFirst().clean().error().value();
    double[] x = new double[ANGLES.length + 1];
    double[] errors = new double[x.length];
    errors[0] = 100 * clean;
    boolean holds = false;
    for (int i = 0; i < ANGLES.length; i++) {
      AttackEvaluation evaluation = turned.get(i);
      Mean length = evaluation.norm(Norm.L2);
      double error = evaluation.attacked().error().value();
      double random = drawn.get(i).attacked().error().value();
      x[i + 1] = ANGLES[i];
      errors[i + 1] = 100 * error;
      table.add(
          List.of(
              Figure.cell(name),
              Figure.cell(ANGLES[i]),
              Figure.share(error),
              Figure.cell(length.value()),
              Figure.share(random)));
      if (ANGLES[i] == SMALL) {
        holds = FgsmSection.hasLearnt(evaluation) && error > RELIABLE && random < clean + HARMLESS;
        note(findings, name, evaluation, drawn.get(i));
      }
    }
    series.add(new Figure.Series(name, x, errors));
    return holds;
  }

  private static void note(
      Findings findings, String name, AttackEvaluation turned, AttackEvaluation noise) {
    findings.rate(name + "-clean-error", name + ": clean error", turned.clean().error());
    findings.rate(
        name + "-rotation-error",
        name + ": error, rotated by 30 degrees",
        turned.attacked().error());
    findings.mean(
        name + "-rotation-confidence-mistakes",
        name + ": confidence on mistakes",
        turned.attacked().confidenceOnMistakes(),
        null,
        null,
        "");
    Mean length = turned.norm(Norm.L2);
    findings.metric(
        name + "-rotation-length",
        name + ": mean L2 length of the step (FGSM at ε 0.25: 7)",
        "",
        length.n(),
        length.value());
    findings.rate(
        name + "-noise-error",
        name + ": error under noise of the same length",
        noise.attacked().error());
  }

  private static List<AttackEvaluation> all(
      List<Attack> attacks, Network network, Dataset test, Workers workers) {
    int[] samples = new int[test.size()];
    Arrays.setAll(samples, test::index);
    return AttackRun.of(network, workers)
        .all(attacks, test.images(0, test.size()), test.labels(), samples, false)
        .stream()
        .map(AttackEvaluation::new)
        .toList();
  }

  static Rotation rotation(double degrees) {
    return Rotation.by(StrictMath.toRadians(degrees));
  }

  private static RandomNoise noise(double length, long seed) {
    return new RandomNoise(new ThreatModel(Norm.L2, length, Box.NONE), false, seed);
  }
}
