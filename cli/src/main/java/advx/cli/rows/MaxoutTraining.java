package advx.cli.rows;

import advx.nn.Architecture;
import advx.nn.Measure;
import advx.nn.Objective;
import advx.nn.ObjectiveCost;
import advx.nn.Sgd;
import advx.nn.Trained;
import advx.nn.TrainingPlan;
import advx.nn.data.Dataset;
import java.util.List;

/**
 * How the paper's maxout networks are trained: by the published configuration of the maxout paper's
 * network on the numbers of an image (Goodfellow et al. 2013; pylearn2, mnist_pi.yaml and
 * mnist_pi_continued.yaml).
 *
 * <pre>
 * stage 1  50,000 images, until the validation error has not improved for 100 epochs; best kept
 * stage 2  all 60,000 from there, until the validation images cost no more than the training
 *          images did at the end of stage 1
 * </pre>
 *
 * <p>"Cost" is what their monitor calls the objective: the training cost with dropout on, after the
 * epoch. The training cost of stage 1 is taken of the kept weights, over its 50,000 images. The
 * original has no largest number of epochs; here there is one for each stage, far above what is
 * needed.
 *
 * @param epochs the most of stage 1
 * @param patience of stage 1
 * @param secondEpochs the most of stage 2
 */
record MaxoutTraining(int epochs, int patience, int secondEpochs) {
  static final MaxoutTraining PUBLISHED = new MaxoutTraining(1_000, 100, 500);

  private static final int BATCH = 100;

  /**
   * The learning rate falls by the factor 1.000004 an update, the momentum rises for 250 epochs.
   */
  private static final Sgd.Schedule FIRST = new Sgd.Schedule(0.1, 1.000004, 1e-6, 0.5, 0.7, 1, 250);

  /** Learning rate and momentum that stage 1 had reached in its best epoch, the authors' 243rd. */
  private static final Sgd.Schedule SECOND =
      new Sgd.Schedule(0.0615082606673, 1.000004, 1e-6, 0.694376766682, 0.694376766682, 1, 2);

  /** What is trained, and by what its best epoch is chosen. */
  record Task(String name, int units, Objective objective, Measure validationError) {
    String net() {
      return ("dropout(0.8,unscaled) maxout(%1$d,5,init=uniform:0.005,limit=1.9365)"
              + " dropout(0.5) maxout(%1$d,5,init=uniform:0.005,limit=1.9365)"
              + " dropout(0.5) dense(10,init=uniform:0.005,limit=1.9365) softmax")
          .formatted(units);
    }

    private TrainingPlan plan(Session session, Sgd.Schedule schedule, int epochs, int patience) {
      return new TrainingPlan(
              Architecture.parse(net()),
              objective,
              () -> new Sgd(schedule),
              BATCH,
              epochs,
              patience,
              session.seed())
          .validatedBy(validationError);
    }
  }

  /** Stage 1 alone, its best weights: for profiles that end it early. */
  static Trained shortened(Session session, Task task, int epochs) {
    return new MaxoutTraining(epochs, epochs, 0).first(session, task, task.name());
  }

  private Trained first(Session session, Task task, String name) {
    Dataset train = session.data().train();
    TrainingPlan plan = task.plan(session, FIRST, epochs, patience);
    return Models.train(session, name, plan, train, session.data().validation());
  }

  /** Both stages; the last one has the network. */
  List<Trained> inTwoStages(Session session, Task task) {
    Trained best = first(session, task, task.name() + "-stage-1");
    ObjectiveCost cost = new ObjectiveCost(task.objective(), session.seed());
    double reached = cost.of(best.network(), session.data().train(), session.workers());
    TrainingPlan second =
        task.plan(session, SECOND, secondEpochs, 0).from(best.network()).until(cost, reached);
    return List.of(best, onAll(session, task, second));
  }

  /**
   * Stage 1 to find the best number of epochs, then fresh weights trained on all images for as
   * many: how the paper trained its five adversarial networks of 1600 units (§6).
   */
  List<Trained> retrained(Session session, Task task) {
    Trained best = first(session, task, task.name() + "-stage-1");
    TrainingPlan again = task.plan(session, FIRST, best.keptEpoch(), 0);
    return List.of(best, onAll(session, task, again));
  }

  /** Validation images are among those that are trained on: their error only shows progress. */
  private static Trained onAll(Session session, Task task, TrainingPlan plan) {
    return Models.train(
        session, task.name(), plan, session.data().full(), session.data().validation());
  }
}
