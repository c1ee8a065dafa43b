package advx.cli.rows;

import advx.attacks.train.AdversarialObjective;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Objective;
import advx.nn.Sgd;
import advx.nn.Trained;
import advx.nn.TrainingPlan;
import advx.nn.data.Dataset;

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

  private static final String SOFTMAX_NET = "dense(10,init=zero) softmax";

  private static final String BINARY_NET = "dense(2,init=zero) softmax";

  /**
   * The maxout paper's MNIST net, with wider initial weights, less dropout between the layers and
   * none on the image, so that a few epochs are enough.
   */
  private static final String MAXOUT_NET =
      "maxout(240,5,init=uniform:0.05,limit=1.9365)"
          + " dropout(0.8) maxout(240,5,init=uniform:0.05,limit=1.9365)"
          + " dropout(0.8) dense(10,init=uniform:0.05,limit=1.9365) softmax";

  private static final String WITHOUT_DROPOUT = MAXOUT_NET.replace("dropout(0.8)", "dropout(1)");

  private Models() {}

  /** What the training of a model takes. */
  static Work work(Profile profile, String model) {
    boolean smoke = profile == Profile.SMOKE;
    return switch (model) {
      case SOFTMAX -> Work.seconds(model, smoke ? 1 : 1.2);
      case THREE_VERSUS_SEVEN -> Work.seconds(model, smoke ? 1 : 1.2);
      case MAXOUT -> Work.seconds(model, smoke ? 4 : 17);
      case ADVERSARIAL_MAXOUT -> Work.seconds(model, smoke ? 4 : 23);
      default -> throw new IllegalArgumentException("There is no model " + model);
    };
  }

  /** Softmax regression. */
  static Trained softmax(Session session) {
    int epochs = session.profile() == Profile.SMOKE ? 5 : 10;
    TrainingPlan plan =
        new TrainingPlan(
            Architecture.parse(SOFTMAX_NET),
            new CleanObjective(),
            () -> new Sgd(Sgd.Schedule.constant(0.1, 0.5)),
            100,
            epochs,
            0,
            session.seed());
    return train(session, SOFTMAX, plan, session.data().train(), session.data().validation());
  }

  /** Logistic regression on two digits, as a softmax over two classes: w = w₁ − w₀. */
  static Trained threeVersusSeven(Session session) {
    int epochs = session.profile() == Profile.SMOKE ? 5 : 20;
    TrainingPlan plan =
        new TrainingPlan(
            Architecture.parse(BINARY_NET),
            new CleanObjective(),
            () -> new Sgd(Sgd.Schedule.constant(0.05, 0.5)),
            100,
            epochs,
            0,
            session.seed());
    return train(
        session,
        THREE_VERSUS_SEVEN,
        plan,
        session.data().train().filterLabels(3, 7),
        session.data().validation().filterLabels(3, 7));
  }

  /** The maxout network, trained on clean examples. */
  static Trained maxout(Session session) {
    int epochs = session.profile() == Profile.SMOKE ? 6 : 8;
    Sgd.Schedule schedule = new Sgd.Schedule(0.2, 1.0006, 1e-6, 0.5, 0.7, 1, 4);
    TrainingPlan plan = maxoutPlan(session, MAXOUT_NET, new CleanObjective(), schedule, epochs);
    return train(session, MAXOUT, plan, session.data().train(), session.data().validation());
  }

  /**
   * The same network, gone on with adversarially by the fast gradient sign method. Without dropout:
   * with it, the few epochs of a short profile leave the clean error half a point above the plain
   * network's.
   */
  static Trained adversarialMaxout(Session session) {
    Sgd.Schedule schedule = new Sgd.Schedule(0.2, 1.0015, 1e-6, 0.5, 0.5, 1, 2);
    TrainingPlan plan =
        maxoutPlan(session, WITHOUT_DROPOUT, new AdversarialObjective(ALPHA, EPSILON), schedule, 6)
            .from(maxout(session).network());
    return train(
        session, ADVERSARIAL_MAXOUT, plan, session.data().train(), session.data().validation());
  }

  private static TrainingPlan maxoutPlan(
      Session session, String net, Objective objective, Sgd.Schedule schedule, int epochs) {
    return new TrainingPlan(
        Architecture.parse(net),
        objective,
        () -> new Sgd(schedule),
        100,
        epochs,
        0,
        session.seed());
  }

  private static Trained train(
      Session session, String name, TrainingPlan plan, Dataset train, Dataset validation) {
    return session
        .models()
        .get(name, plan, train, validation, session.workers(), session.listener().apply(name));
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
