package advx.cli.rows;

import advx.attacks.train.AdversarialObjective;
import advx.attacks.train.FgsmError;
import advx.attacks.train.L1DecayObjective;
import advx.attacks.train.NoiseObjective;
import advx.attacks.train.RubbishObjective;
import advx.cli.rows.MaxoutTraining.Task;
import advx.nn.Architecture;
import advx.nn.CleanError;
import advx.nn.CleanObjective;
import advx.nn.Measure;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Sgd;
import advx.nn.Trained;
import advx.nn.TrainingPlan;
import java.util.List;

/**
 * The maxout networks of the paper's §4 to §6, by profile.
 *
 * <p>Profiles of minutes train a network of their own: wider initial weights, less dropout between
 * the layers and none on the image, so that a few epochs are enough. The longer ones train by
 * {@link MaxoutTraining}; the standard profile does so in full for the two networks of 240 units
 * that most rows measure, ends their controls early, and has few epochs for the wide ones.
 */
final class MaxoutModels {
  static final String WIDE_MAXOUT = "wide-maxout";
  static final String WIDE_ADVERSARIAL_MAXOUT = "wide-adversarial-maxout";

  /** Units a layer of the wide networks. */
  static final int WIDE = 1_600;

  static final String UNDECAYED = "maxout-l1-0";

  /** {@link #shortAdversarial} where it is not the network that other rows measure. */
  static final String SHORT_ADVERSARIAL = "maxout-adversarial-short";

  /** The network with independent sigmoids on top. */
  static final String SIGMOIDS = "maxout-sigmoids";

  /** α of the network trained on rubbish, which the paper does not state. */
  static final double RUBBISH_ALPHA = 0.9;

  private static final int UNITS = 240;
  private static final int DECAYED_EPOCHS = 15;
  private static final int MEMBER_EPOCHS = 20;

  /** Between the seeds of an ensemble's members, far from those of several runs. */
  private static final long MEMBER_SEEDS = 1_000_003;

  private static final String SHORT =
      "maxout(%1$d,5,init=uniform:0.05,limit=1.9365)"
          + " dropout(0.8) maxout(%1$d,5,init=uniform:0.05,limit=1.9365)"
          + " dropout(0.8) dense(10,init=uniform:0.05,limit=1.9365) softmax";

  private static final Objective CLEAN = new CleanObjective();
  private static final Objective ADVERSARIAL =
      new AdversarialObjective(Models.ALPHA, Models.EPSILON);
  private static final Measure CLEAN_ERROR = new CleanError();

  private MaxoutModels() {}

  /** What the training of a model takes. */
  static Work work(Profile profile, String model) {
    boolean few = !profile.atLeast(Profile.STANDARD);
    boolean all = profile == Profile.PAPER;
    if (profile == Profile.SMOKE) {
      return Work.seconds(model, model.startsWith("wide") ? 15 : 4);
    }
    return switch (model) {
      case SIGMOIDS -> Work.seconds(model, 17);
      case Models.MAXOUT -> Work.seconds(model, few ? 17 : 740);
      case Models.ADVERSARIAL_MAXOUT -> Work.seconds(model, few ? 23 : 1_360);
      case WIDE_MAXOUT -> Work.seconds(model, all ? 13_500 : 260);
      case WIDE_ADVERSARIAL_MAXOUT -> Work.seconds(model, all ? 41_000 : 360);
      case "maxout-noise-signs", "maxout-noise-uniform" ->
          Work.seconds(model, few ? 20 : all ? 1_500 : 75);
      default -> {
        if (model.startsWith("maxout-rubbish-")) {
          yield Work.seconds(model, few ? 31 : all ? 1_500 : 75);
        }
        if (!model.startsWith("maxout-l1-")) {
          throw new IllegalArgumentException("There is no model " + model);
        }
        yield Work.seconds(model, few ? 17 : all ? 900 : 35);
      }
    };
  }

  /** The name of {@link #decayed}. */
  static String decayedName(double lambda) {
    return "maxout-l1-" + Models.plain(lambda);
  }

  /** The name of {@link #rubbish}. */
  static String rubbishName(double alpha) {
    return "maxout-rubbish-" + Models.plain(alpha);
  }

  /** The name of {@link #noisy}. */
  static String noisyName(NoiseObjective.Law law) {
    return law == NoiseObjective.Law.SIGNS ? "maxout-noise-signs" : "maxout-noise-uniform";
  }

  /** What a profile spends on the networks of one kind. */
  private enum Spending {
    FEW_EPOCHS,
    ENDED_EARLY,
    PUBLISHED
  }

  private static Spending spending(Session session, boolean first) {
    return switch (session.profile()) {
      case SMOKE, QUICK -> Spending.FEW_EPOCHS;
      case STANDARD -> first ? Spending.PUBLISHED : Spending.ENDED_EARLY;
      case PAPER -> Spending.PUBLISHED;
    };
  }

  /** Whether the profile trains the paper's 240 units as published. */
  static boolean asPublished(Session session) {
    return spending(session, true) == Spending.PUBLISHED;
  }

  /** The network of 240 units trained on clean examples; the last of its stages has the weights. */
  static List<Trained> plain(Session session) {
    return asPublished(session)
        ? MaxoutTraining.PUBLISHED.inTwoStages(
            session, new Task(Models.MAXOUT, UNITS, CLEAN, CLEAN_ERROR))
        : List.of(fewEpochs(session, Models.MAXOUT, UNITS, CLEAN));
  }

  /** The same trained adversarially, its best epoch chosen by the clean error. */
  static List<Trained> adversarial(Session session) {
    return asPublished(session)
        ? MaxoutTraining.PUBLISHED.inTwoStages(
            session, new Task(Models.ADVERSARIAL_MAXOUT, UNITS, ADVERSARIAL, CLEAN_ERROR))
        : List.of(goneOn(session, Models.ADVERSARIAL_MAXOUT, UNITS, ADVERSARIAL, plain(session)));
  }

  /** Trained on clean examples with λ·Σ|w| of the first layer. */
  static Trained decayed(Session session, double lambda) {
    String name = decayedName(lambda);
    Objective objective = new L1DecayObjective(CLEAN, lambda);
    Task task = new Task(name, UNITS, objective, CLEAN_ERROR);
    return switch (spending(session, false)) {
      case FEW_EPOCHS -> fewEpochs(session, name, UNITS, objective);
      case ENDED_EARLY -> MaxoutTraining.shortened(session, task, DECAYED_EPOCHS);
      case PUBLISHED -> MaxoutTraining.PUBLISHED.inTwoStages(session, task).getLast();
    };
  }

  /**
   * The plain network that the decayed ones, and that trained on rubbish, are held against: trained
   * for as long.
   */
  static Trained undecayed(Session session) {
    Task task = new Task(UNDECAYED, UNITS, CLEAN, CLEAN_ERROR);
    return spending(session, false) == Spending.ENDED_EARLY
        ? MaxoutTraining.shortened(session, task, DECAYED_EPOCHS)
        : plain(session).getLast();
  }

  /** Trained with noise in place of adversarial perturbations, and otherwise like those. */
  static Trained noisy(Session session, NoiseObjective.Law law) {
    String name = noisyName(law);
    Objective objective = new NoiseObjective(law, Models.ALPHA, Models.EPSILON);
    Task task = new Task(name, UNITS, objective, CLEAN_ERROR);
    return switch (spending(session, false)) {
      case FEW_EPOCHS -> goneOn(session, name, UNITS, objective, plain(session));
      case ENDED_EARLY -> MaxoutTraining.shortened(session, task, 20);
      case PUBLISHED -> MaxoutTraining.PUBLISHED.inTwoStages(session, task).getLast();
    };
  }

  /** Trained on noise that belongs to no class beside the images. */
  static Trained rubbish(Session session, double alpha) {
    return variant(session, rubbishName(alpha), new RubbishObjective(alpha));
  }

  /**
   * Trained adversarially in another way, for as long as the plain network of {@link #undecayed},
   * and otherwise like the networks trained with noise.
   */
  static Trained variant(Session session, String name, Objective objective) {
    Task task = new Task(name, UNITS, objective, CLEAN_ERROR);
    return switch (spending(session, false)) {
      case FEW_EPOCHS -> goneOn(session, name, UNITS, objective, plain(session));
      case ENDED_EARLY -> MaxoutTraining.shortened(session, task, DECAYED_EPOCHS);
      case PUBLISHED -> MaxoutTraining.PUBLISHED.inTwoStages(session, task).getLast();
    };
  }

  /** The adversarially trained network that the variants are held against, trained for as long. */
  static Trained shortAdversarial(Session session) {
    return spending(session, false) == Spending.ENDED_EARLY
        ? variant(session, SHORT_ADVERSARIAL, ADVERSARIAL)
        : adversarial(session).getLast();
  }

  /** What the plain and the adversarial network that variants are held against take. */
  static Work variantsWork(Profile profile) {
    Work published = work(profile, Models.MAXOUT).and(work(profile, Models.ADVERSARIAL_MAXOUT));
    return profile == Profile.STANDARD
        ? work(profile, UNDECAYED).and(Work.seconds(SHORT_ADVERSARIAL, 75))
        : published;
  }

  /** Ten independent sigmoids instead of a softmax; in all profiles trained for few epochs. */
  static Trained sigmoids(Session session) {
    String net = SHORT.formatted(UNITS).replace(" softmax", " sigmoids");
    return Models.train(
        session,
        SIGMOIDS,
        fewEpochs(session, net, CLEAN),
        session.data().train(),
        session.data().validation());
  }

  /** The name of {@link #member}. */
  static String memberName(int k) {
    return "maxout-member-" + (k + 1);
  }

  /** Network k of an ensemble: the one of 240 units, with random numbers of its own. */
  static Trained member(Session session, int k) {
    Session own = session.withSeed(session.seed() + MEMBER_SEEDS * (k + 1));
    String name = memberName(k);
    Task task = new Task(name, UNITS, CLEAN, CLEAN_ERROR);
    return switch (spending(session, false)) {
      case FEW_EPOCHS -> fewEpochs(own, name, UNITS, CLEAN);
      case ENDED_EARLY -> MaxoutTraining.shortened(own, task, MEMBER_EPOCHS);
      case PUBLISHED -> MaxoutTraining.PUBLISHED.inTwoStages(own, task).getLast();
    };
  }

  /** The network of 1600 units trained on clean examples. */
  static List<Trained> wide(Session session) {
    Task task = new Task(WIDE_MAXOUT, wideUnits(session), CLEAN, CLEAN_ERROR);
    return session.profile() == Profile.PAPER
        ? MaxoutTraining.PUBLISHED.inTwoStages(session, task)
        : List.of(fewEpochs(session, task.name(), task.units(), CLEAN));
  }

  /** The same trained adversarially, the number of epochs found by the error under FGSM. */
  static List<Trained> wideAdversarial(Session session) {
    Measure fgsm = new FgsmError(Models.EPSILON);
    Task task = new Task(WIDE_ADVERSARIAL_MAXOUT, wideUnits(session), ADVERSARIAL, fgsm);
    return session.profile() == Profile.PAPER
        ? MaxoutTraining.PUBLISHED.retrained(session, task)
        : List.of(goneOn(session, task.name(), task.units(), ADVERSARIAL, wide(session)));
  }

  /** The smoke profile has to be over in two minutes. */
  static int wideUnits(Session session) {
    return session.profile() == Profile.SMOKE ? WIDE / 4 : WIDE;
  }

  private static Trained fewEpochs(Session session, String name, int units, Objective objective) {
    TrainingPlan plan = fewEpochs(session, SHORT.formatted(units), objective);
    return Models.train(session, name, plan, session.data().train(), session.data().validation());
  }

  private static TrainingPlan fewEpochs(Session session, String net, Objective objective) {
    Sgd.Schedule schedule = new Sgd.Schedule(0.2, 1.0006, 1e-6, 0.5, 0.7, 1, 4);
    int epochs = session.profile() == Profile.SMOKE ? 6 : 8;
    return plan(session, net, objective, schedule, epochs);
  }

  /**
   * Goes on from the network that was trained on clean examples. Without dropout: with it, the few
   * epochs of a short profile leave the clean error half a point above the plain network's.
   */
  private static Trained goneOn(
      Session session, String name, int units, Objective objective, List<Trained> plain) {
    Sgd.Schedule schedule = new Sgd.Schedule(0.2, 1.0015, 1e-6, 0.5, 0.5, 1, 2);
    String net = SHORT.formatted(units).replace("dropout(0.8)", "dropout(1)");
    Network from = plain.getLast().network();
    TrainingPlan plan = plan(session, net, objective, schedule, 6).from(from);
    return Models.train(session, name, plan, session.data().train(), session.data().validation());
  }

  private static TrainingPlan plan(
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

  /** How a trained network's weights came about, for a row's decisions. */
  static String told(List<Trained> stages) {
    Trained last = stages.getLast();
    if (stages.size() == 1) {
      return "%d epochs, weights of epoch %d".formatted(last.history().size(), last.keptEpoch());
    }
    Trained first = stages.getFirst();
    return "%d epochs on the training images, weights of epoch %d, then %d on all images"
        .formatted(first.history().size(), first.keptEpoch(), last.history().size());
  }
}
