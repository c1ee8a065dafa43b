package advx.cli.rows;

import advx.nn.AdamOptimiser;
import advx.nn.Architecture;
import advx.nn.ClassMeans;
import advx.nn.CleanObjective;
import advx.nn.Trained;
import advx.nn.TrainingPlan;

/**
 * The shallow network of radial basis functions, p(y = c | x) = exp(−(x − μ_c)ᵀB_c(x − μ_c)): ten
 * units that know nothing of each other.
 */
final class RbfModel {
  /** Its name in files and in {@link #work}. */
  static final String NAME = "rbf";

  /** The form and the cost that the rows use; {@link RbfRow} shows the others. */
  static final String NET = "quadratic(10,scale=0.17) squaredbells";

  /** About the length at which it is as sure of clean images as the paper says. */
  static final int UPDATES = 2_000;

  private static final int BATCH = 100;
  private static final double RATE = 1e-3;

  private RbfModel() {}

  /** The model that rows share. */
  static Trained get(Session session) {
    return get(session, NAME, NET, UPDATES);
  }

  /** Another one, trained for about this many updates from the class means. */
  static Trained get(Session session, String name, String net, int updates) {
    var train = session.data().train();
    Architecture architecture = Architecture.parse(net);
    int epochs = Math.max(1, Math.round((float) updates * BATCH / train.size()));
    TrainingPlan plan =
        new TrainingPlan(
                architecture,
                new CleanObjective(),
                () -> new AdamOptimiser(RATE),
                BATCH,
                epochs,
                0,
                session.seed())
            .from(ClassMeans.set(architecture.network(train.features(), session.seed()), train));
    return session
        .models()
        .get(
            name,
            plan,
            train,
            session.data().validation(),
            session.workers(),
            session.listener().apply(name));
  }

  /** What its training takes. */
  static Work work(Profile profile) {
    return Work.seconds(NAME, profile == Profile.SMOKE ? 1 : 3);
  }
}
