package advx.attacks.train;

import advx.attacks.AttackEvaluation;
import advx.attacks.Fgsm;
import advx.engine.InputException;
import advx.engine.Workers;
import advx.nn.Measure;
import advx.nn.Network;
import advx.nn.data.Dataset;

/**
 * The error rate under the published fast gradient sign method against the current network, dropout
 * off: the "adversarial validation set error" by which the second adversarial training of
 * Goodfellow, Shlens, Szegedy 2015, §6, stops.
 *
 * @param epsilon in the data's own units
 */
public record FgsmError(double epsilon) implements Measure {
  public FgsmError {
    if (!(epsilon >= 0 && epsilon <= Float.MAX_VALUE)) {
      throw new InputException(
          "The error under FGSM: epsilon is %s: give a number from 0 up, in the data's own units."
              .formatted(epsilon));
    }
  }

  @Override
  public double of(Network network, Dataset data, Workers workers) {
    return AttackEvaluation.sweep(
            Fgsm.paper(epsilon), new double[] {epsilon}, network, data, workers)
        .getFirst()
        .attacked()
        .error()
        .value();
  }

  @Override
  public String describe() {
    return "fgsm error epsilon=" + epsilon;
  }
}
