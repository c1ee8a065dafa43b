package advx.cli.rows;

import advx.attacks.Box;
import advx.attacks.train.PgdObjective;
import advx.attacks.train.PgdTraining;
import advx.attacks.train.RisingEpsilon;
import advx.nn.AdamOptimiser;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.MnistCnn;
import advx.nn.Objective;
import advx.nn.Trained;
import advx.nn.TrainingPlan;
import java.util.List;

/**
 * The two networks of "Decision Boundary Analysis of Adversarial Examples" on MNIST: one trained on
 * clean images, one of the same layers trained against PGD. The long profiles have the published
 * network, the short ones one with few filters and units.
 */
final class BoundaryModels {
  /** The names of the models, in files and in {@link #work}. */
  static final String PLAIN = "mnist-cnn";

  static final String PGD = "mnist-cnn-pgd";

  /** ε of FGSM and of adversarial training, pixels in [0, 1]. */
  static final double EPSILON = 0.3;

  /** A step of PGD in evaluation. */
  static final double STEP = 0.01;

  private static final int BATCH = 50;

  private BoundaryModels() {}

  /**
   * How large the networks are, and how the plain one is trained.
   *
   * @param filters of the first convolution; the second has twice as many
   * @param rate of Adam
   * @param epochs on clean images
   * @param seconds that the clean training takes on the reference machine
   * @param pgdSeconds that the other one takes
   */
  private record Size(
      int filters, int units, double rate, int epochs, double seconds, double pgdSeconds) {
    Architecture network() {
      return MnistCnn.of(filters, 2 * filters, units);
    }
  }

  private static Size size(Profile profile) {
    return switch (profile) {
      // No row on these networks is part of a smoke run: this size is for tests.
      case SMOKE -> new Size(4, 32, 3e-3, 3, 3, 10);
      case QUICK -> new Size(8, 64, 2e-3, 1, 12, 45);
      case STANDARD -> new Size(32, 1024, 1e-4, 8, 300, 2_340);
      case PAPER -> new Size(32, 1024, 1e-4, 100, 3_600, 110_000);
    };
  }

  /** One of the two networks, for rows that measure both. */
  record Model(String name, String title, Trained trained) {}

  /** Both, the plain one first. */
  static List<Model> both(Session session) {
    return List.of(
        new Model("plain", "plain", train(session, PLAIN, plainPlan(session))),
        new Model("pgd", "PGD-trained", train(session, PGD, pgdPlan(session))));
  }

  private static TrainingPlan plainPlan(Session session) {
    Size size = size(session.profile());
    return plan(session, new CleanObjective(), size.epochs());
  }

  private static TrainingPlan pgdPlan(Session session) {
    int samples = session.data().train().size();
    return switch (session.profile()) {
      case SMOKE -> smallPgdPlan(session, 4, 3, 4);
      case QUICK -> smallPgdPlan(session, 1, 1, 5);
      case STANDARD -> PgdTraining.shortMnist(samples, session.seed());
      case PAPER -> PgdTraining.publishedMnist(samples, session.seed());
    };
  }

  /** Few epochs, of which the budget rises over the first ones. */
  private static TrainingPlan smallPgdPlan(Session session, int epochs, int rising, int steps) {
    long updates = (long) rising * Math.ceilDiv(session.data().train().size(), BATCH);
    RisingEpsilon budget = new RisingEpsilon(EPSILON, updates);
    return plan(session, new PgdObjective(budget, steps, Box.UNIT), epochs);
  }

  private static TrainingPlan plan(Session session, Objective objective, int epochs) {
    Size size = size(session.profile());
    return new TrainingPlan(
        size.network(),
        objective,
        () -> new AdamOptimiser(size.rate()),
        BATCH,
        epochs,
        0,
        session.seed());
  }

  private static Trained train(Session session, String name, TrainingPlan plan) {
    return Models.train(session, name, plan, session.data().train(), session.data().validation());
  }

  /** What the training of both takes. */
  static Work work(Profile profile) {
    Size size = size(profile);
    return Work.seconds(PLAIN, size.seconds()).and(Work.seconds(PGD, size.pgdSeconds()));
  }

  /** What all rows on these networks state of them. */
  static void describe(Findings findings, Session session, List<Model> models) {
    Models.describe(findings, session, PLAIN, models.getFirst().trained());
    Models.describe(findings, session, PGD, models.getLast().trained());
    describe(findings, PLAIN, plainPlan(session));
    describe(findings, PGD, pgdPlan(session));
    Size size = size(session.profile());
    if (!session.profile().atLeast(Profile.STANDARD)) {
      findings.decision(
          "A smaller network than the published one of 32 and 64 filters and 1024 units: %d, %d and %d, trained for few epochs, against PGD of fewer steps than the published 40."
              .formatted(size.filters(), 2 * size.filters(), size.units()));
    } else if (session.profile() == Profile.STANDARD) {
      findings.decision(
          "The published network; against PGD it is trained for 12,000 updates with 10 steps and a"
              + " rising ε, where the paper has up to 100,000 updates with 40 steps.");
    }
  }

  private static void describe(Findings findings, String name, TrainingPlan plan) {
    findings.setting(name + ": objective", plan.objective().describe());
    findings.setting(
        name + ": optimiser", plan.optimiser().get().describe() + ", batches of " + plan.batch());
  }
}
