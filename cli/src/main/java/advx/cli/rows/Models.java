package advx.cli.rows;

import advx.attacks.train.L1DecayObjective;
import advx.attacks.train.LogisticAdversarialObjective;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Objective;
import advx.nn.Sgd;
import advx.nn.Trained;
import advx.nn.TrainingPlan;
import advx.nn.data.Dataset;
import java.math.BigDecimal;
import java.util.List;

/** The models that rows share, each trained once a run. */
final class Models {
  /** ε of the paper's MNIST experiments, pixels in [0, 1]. */
  static final double EPSILON = 0.25;

  /** α of the paper's adversarial training. */
  static final double ALPHA = 0.5;

  /** The names of the models, in files and in {@link #work}. */
  static final String SOFTMAX = "softmax";

  static final String THREE_VERSUS_SEVEN = "three-versus-seven";
  static final String MAXOUT = "maxout";
  static final String ADVERSARIAL_MAXOUT = "adversarial-maxout";

  private static final String BINARY_NET = "dense(2,init=zero) softmax";

  private Models() {}

  /** What the training of a model takes. */
  static Work work(Profile profile, String model) {
    boolean smoke = profile == Profile.SMOKE;
    return switch (model) {
      case SOFTMAX -> Work.seconds(model, smoke ? 1 : 1.2);
      case THREE_VERSUS_SEVEN -> Work.seconds(model, smoke ? 1 : 1.2);
      default -> MaxoutModels.work(profile, model);
    };
  }

  /** Softmax regression. */
  static Trained softmax(Session session) {
    return softmax(session, SOFTMAX, "");
  }

  /** The same with no class's weights longer than this. */
  static Trained softmax(Session session, double limit) {
    return softmax(session, SOFTMAX + "-limit-" + plain(limit), ",limit=" + plain(limit));
  }

  private static Trained softmax(Session session, String name, String limit) {
    int epochs = session.profile() == Profile.SMOKE ? 5 : 10;
    TrainingPlan plan =
        new TrainingPlan(
            Architecture.parse("dense(10,init=zero%s) softmax".formatted(limit)),
            new CleanObjective(),
            () -> new Sgd(Sgd.Schedule.constant(0.1, 0.5)),
            100,
            epochs,
            0,
            session.seed());
    return train(session, name, plan, session.data().train(), session.data().validation());
  }

  /** Logistic regression on two digits, as a softmax over two classes: w = w₁ − w₀. */
  static Trained threeVersusSeven(Session session) {
    int epochs = session.profile() == Profile.SMOKE ? 5 : 20;
    return threeVersusSeven(
        session,
        THREE_VERSUS_SEVEN,
        new CleanObjective(),
        epochs,
        Sgd.Schedule.constant(0.05, 0.5));
  }

  /** Logistic regression trained with λ·Σ|w| added to the cost. */
  static Trained decayedThreeVersusSeven(Session session, double lambda) {
    Objective objective = new L1DecayObjective(new CleanObjective(), lambda);
    return settledThreeVersusSeven(session, "three-versus-seven-l1-" + plain(lambda), objective);
  }

  /** Logistic regression trained on the exact cost under attack. */
  static Trained adversarialThreeVersusSeven(Session session) {
    Objective objective = new LogisticAdversarialObjective(EPSILON);
    return settledThreeVersusSeven(session, "adversarial-three-versus-seven", objective);
  }

  /**
   * Trained with a rate that falls a hundredfold: the gradient of ‖w‖₁ does not fade near its
   * minimum, so that with a constant rate every weight keeps jumping to and fro by rate·λ.
   */
  private static Trained settledThreeVersusSeven(
      Session session, String name, Objective objective) {
    int epochs = 20;
    int images = session.data().train().filterLabels(3, 7).size();
    double updates = epochs * Math.ceil(images / 100.0);
    double decay = StrictMath.pow(100, 1 / updates);
    return threeVersusSeven(
        session, name, objective, epochs, new Sgd.Schedule(0.05, decay, 0, 0.5, 0.5, 1, 2));
  }

  /** A number without an exponent: 0.00025. */
  static String plain(double number) {
    return BigDecimal.valueOf(number).toPlainString();
  }

  private static Trained threeVersusSeven(
      Session session, String name, Objective objective, int epochs, Sgd.Schedule schedule) {
    TrainingPlan plan =
        new TrainingPlan(
            Architecture.parse(BINARY_NET),
            objective,
            () -> new Sgd(schedule),
            100,
            epochs,
            0,
            session.seed());
    return train(
        session,
        name,
        plan,
        session.data().train().filterLabels(3, 7),
        session.data().validation().filterLabels(3, 7));
  }

  /** The maxout network, trained on clean examples. */
  static Trained maxout(Session session) {
    return MaxoutModels.plain(session).getLast();
  }

  /** The same network, trained adversarially by the fast gradient sign method. */
  static Trained adversarialMaxout(Session session) {
    return MaxoutModels.adversarial(session).getLast();
  }

  static Trained train(
      Session session, String name, TrainingPlan plan, Dataset train, Dataset validation) {
    return session
        .models()
        .get(name, plan, train, validation, session.workers(), session.listener().apply(name));
  }

  /** Notes the settings of each stage of a training. */
  static void describe(Findings findings, Session session, String name, List<Trained> stages) {
    for (int stage = 1; stage <= stages.size(); stage++) {
      boolean last = stage == stages.size();
      describe(findings, session, last ? name : name + "-stage-" + stage, stages.get(stage - 1));
    }
  }

  /** Notes the settings of a training run among a row's findings. */
  static void describe(Findings findings, Session session, String name, Trained trained) {
    findings.fingerprint(name, trained.fingerprint());
    findings.setting(name + ": network", trained.network().architecture());
    findings.setting(
        name + ": epochs", trained.history().size() + ", weights of epoch " + trained.keptEpoch());
    findings.setting("data", session.data().train().name());
  }
}
