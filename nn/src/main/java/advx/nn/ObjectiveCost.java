package advx.nn;

import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.data.Dataset;

/**
 * The mean over a data set of what training minimises, measured as training sees it: dropout is on.
 *
 * <p>This is the "objective" of the maxout networks' own training (Goodfellow et al. 2013, their
 * published configuration): its monitor evaluates the training cost, dropout included, on the
 * training and on the validation samples after each epoch. The masks here are drawn for a step that
 * no training reaches, the same ones each time, so that two measurements differ by the weights
 * alone.
 */
public record ObjectiveCost(Objective objective, long seed) implements Measure {
  private static final int STEP = -1;

  /** Samples that pass through the network together. */
  private static final int CHUNK = 500;

  @Override
  public double of(Network network, Dataset data, Workers workers) {
    // A training pass may move the running statistics of a normalisation: those of a copy.
    Network measured = network.copy();
    Pass pass = Pass.training(new Tape(workers), seed);
    double sum = 0;
    for (int from = 0; from < data.size(); from += CHUNK) {
      int size = Math.min(CHUNK, data.size() - from);
      int[] labels = new int[size];
      int[] samples = new int[size];
      for (int i = 0; i < size; i++) {
        labels[i] = data.label(from + i);
        samples[i] = data.index(from + i);
      }
      Tensor x = data.images(from, from + size);
      pass.start(STEP, samples);
      sum += objective.gradients(measured, pass, x, labels);
    }
    return sum / data.size();
  }

  @Override
  public String describe() {
    return "cost of %s seed=%d".formatted(objective.describe(), seed);
  }
}
