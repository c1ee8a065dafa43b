package advx.nn;

import advx.engine.Workers;
import advx.nn.data.Dataset;

/** The share of samples that the network, dropout off, misclassifies. */
public record CleanError() implements Measure {
  @Override
  public double of(Network network, Dataset data, Workers workers) {
    return (double) Predictions.of(network, data, workers).errors(data) / data.size();
  }

  @Override
  public String describe() {
    return "clean error";
  }
}
