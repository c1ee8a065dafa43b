package advx.nn;

import java.nio.file.Path;

/** Hears how a training run goes on. */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /** There is nothing to train: a finished model was found here. */
  default void found(Path file) {}

  /** A run starts, or goes on after this many finished epochs. */
  default void started(int finishedEpochs, int epochs) {}

  /**
   * A batch is done.
   *
   * @param samples done in this epoch, of {@code total}
   * @param cost the mean cost over them
   */
  default void batch(int epoch, int samples, int total, double cost) {}

  /** Something else that takes its time goes on: the fit of a preprocessing. */
  default void note(String what) {}

  /** An epoch is done. */
  default void epoch(Epoch epoch) {}

  /** The run is over, after this many epochs: all that were planned, or fewer. */
  default void ended(int finishedEpochs) {}
}
