package advx.nn;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.data.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains a network by a plan: epochs of shuffled batches, a validation after each, early stopping
 * or a {@link Goal}, and a checkpoint after each epoch.
 *
 * <p>The weights it ends with depend on the plan and the data alone: not on the number of threads,
 * the width of vectors, or interruptions.
 */
public final class Trainer {
  /** Epochs that are over faster than this share a checkpoint. */
  private static final long CHECKPOINT_NANOS = 500_000_000L;

  private final TrainingPlan plan;
  private final Dataset train;
  private final Dataset validation;
  private final Workers workers;
  private final TrainingListener listener;
  private final Shuffle shuffle;
  private final Pass pass;
  private Tensor batch;
  private int[] labels = {};
  private int[] samples = {};
  private final float[] room;

  public Trainer(
      TrainingPlan plan,
      Dataset train,
      Dataset validation,
      Workers workers,
      TrainingListener listener) {
    if (train.size() == 0 || validation.size() == 0) {
      throw new InputException(
          "Training needs samples: got %d to train on and %d to validate on."
              .formatted(train.size(), validation.size()));
    }
    this.plan = plan;
    this.train = train;
    this.validation = validation;
    this.workers = workers;
    this.listener = listener;
    this.room = new float[plan.augmentation() == null ? 0 : train.features()];
    this.shuffle = new Shuffle(train.size());
    this.pass = Pass.training(new Tape(workers), plan.seed());
  }

  /**
   * Trains to the plan's end.
   *
   * @param checkpoint where to keep the state after each epoch and to go on from if it is there;
   *     null for nowhere
   */
  public Trained train(Path checkpoint) {
    TrainingState state = new TrainingState(plan, train.features());
    String hash = checkpoint == null ? "" : plan.hash(train, validation);
    if (checkpoint != null && Files.exists(checkpoint) && !state.read(checkpoint, hash)) {
      throw new InputException(
          "%s is the checkpoint of a training with other settings: let that one end first, choose another name, or delete it."
              .formatted(checkpoint));
    }
    listener.started(state.finishedEpochs(), plan.epochs());
    long written = System.nanoTime();
    while (!state.finished(plan)) {
      state.add(epoch(state));
      listener.epoch(state.history.getLast());
      if (checkpoint != null && System.nanoTime() - written > CHECKPOINT_NANOS) {
        state.write(checkpoint, hash);
        written = System.nanoTime();
      }
    }
    listener.ended(state.finishedEpochs());
    boolean keepBest = plan.patience() > 0;
    return new Trained(
        keepBest ? state.best : state.network,
        List.copyOf(state.history),
        keepBest ? state.bestEpoch : state.finishedEpochs());
  }

  private Epoch epoch(TrainingState state) {
    int number = state.finishedEpochs() + 1;
    int[] order = shuffle.order(plan.seed(), number);
    double cost = 0;
    for (int from = 0; from < order.length; from += plan.batch()) {
      int to = Math.min(order.length, from + plan.batch());
      cost += step(state, order, from, to, number);
      if (!Double.isFinite(cost)) {
        throw new InputException(
            "Training '%s' broke down in epoch %d: the cost became %s; lower the learning rate or the initial weights."
                .formatted(plan.architecture(), number, cost));
      }
      listener.batch(number, to, order.length, cost / to);
    }
    Goal goal = plan.goal();
    return new Epoch(
        number,
        cost / order.length,
        plan.validationError().of(state.network, validation, workers),
        goal == null ? Double.NaN : goal.measure().of(state.network, validation, workers));
  }

  /** One batch: gradients, then the update. Allocates nothing once warm. */
  private double step(TrainingState state, int[] order, int from, int to, int epoch) {
    int size = to - from;
    if (batch == null || batch.rows() != size) {
      batch = Tensor.zeros(size, train.features());
      labels = new int[size];
      samples = new int[size];
    }
    train.batch(order, from, to, batch);
    for (int i = 0; i < size; i++) {
      labels[i] = train.label(order[from + i]);
      samples[i] = train.index(order[from + i]);
    }
    if (plan.augmentation() != null) {
      plan.augmentation().apply(batch, train.info(), plan.seed(), epoch, samples, room);
    }
    pass.start(Math.toIntExact(state.updates), samples);
    double cost = plan.objective().gradients(state.network, pass, batch, labels);
    state.optimiser.update(workers, state.network.parameters(), pass, epoch, state.updates);
    state.updates++;
    return cost;
  }
}
