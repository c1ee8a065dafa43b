package advx.cli.rows;

import advx.nn.Architecture;
import advx.nn.Sgd;
import advx.nn.Trained;
import advx.nn.TrainingPlan;
import advx.nn.dbm.Marginals;
import advx.nn.dbm.MultiPrediction;

/**
 * The multi-prediction deep Boltzmann machine. The paper's profile has the authors' large
 * configuration; the others are smaller machines whose rate and momentum learn sooner.
 */
final class MpDbmModel {
  /** Its name in files and in {@link #work}. */
  static final String NAME = "mp-dbm";

  private static final int BATCH = 100;
  private static final int SMOKE_UPDATES = 1_000;
  private static final int SMOKE_IMAGES = 10_000;

  /**
   * @param seconds an epoch of 50,000 images takes on the reference machine
   */
  private record Size(
      String net, int epochs, double rate, double first, double last, double fall, double seconds) {
    private Sgd optimiser() {
      return new Sgd(
          new Sgd.Schedule(rate, 1, 0, first, last, 1, 2), new Sgd.Fall(fall, Math.max(2, epochs)));
    }
  }

  private MpDbmModel() {}

  private static Size size(Profile profile, int images) {
    return switch (profile) {
      case SMOKE ->
          small("150,150,10,iterations=3", Math.max(1, SMOKE_UPDATES * BATCH / images), 1);
      case QUICK -> small("500,1000,10,iterations=5", 3, 30);
      case STANDARD -> small("500,1000,10,iterations=5", 18, 30);
      case PAPER ->
          new Size(
              net("2087,3200,10,iterations=14", "uniform:0.05"), 868, 15.15, 0.5, 0.73, 0.02, 450);
    };
  }

  private static Size small(String units, int epochs, double seconds) {
    return new Size(net(units, "uniform:0.05"), epochs, 50, 0.9, 0.9, 0.05, seconds);
  }

  private static String net(String units, String law) {
    return "mpdbm(%s,init=%s,limit=1.81:2.67:5.18) softmax".formatted(units, law);
  }

  static Trained get(Session session) {
    var train = session.data().train();
    Size size = size(session.profile(), train.size());
    Architecture architecture = Architecture.parse(size.net());
    TrainingPlan plan =
        new TrainingPlan(
                architecture,
                new MultiPrediction(0.5, 1, true),
                size::optimiser,
                BATCH,
                size.epochs(),
                0,
                session.seed())
            .from(Marginals.set(architecture.network(train.features(), session.seed()), train));
    return session
        .models()
        .get(
            NAME,
            plan,
            train,
            session.data().validation(),
            session.workers(),
            session.listener().apply(NAME));
  }

  /** What its training takes. */
  static Work work(Profile profile) {
    Size size = size(profile, SMOKE_IMAGES);
    return Work.seconds(NAME, size.epochs() * size.seconds());
  }
}
