package advx.nn;

import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.Extremes;
import advx.nn.data.Dataset;

/**
 * What a classifier predicts for each image of a data set.
 *
 * @param labels the class with the largest logit; a tie goes to the lowest class
 * @param confidences the probability that the model gives to that class
 */
public record Predictions(int[] labels, double[] confidences) {
  /** Images that pass through the network together; it never changes a result. */
  private static final int CHUNK = 500;

  public static Predictions of(Classifier classifier, Dataset data, Workers workers) {
    int n = data.size();
    int[] labels = new int[n];
    double[] confidences = new double[n];
    Tape tape = new Tape(workers);
    Tensor batch = null;
    for (int from = 0; from < n; from += CHUNK) {
      int to = Math.min(n, from + CHUNK);
      if (batch == null || batch.rows() != to - from) {
        batch = Tensor.zeros(to - from, data.features());
      }
      data.images(from, to, batch);
      tape.rewind();
      Var logits = classifier.logits(tape, tape.constant(batch));
      int classes = classifier.classes();
      for (int i = from; i < to; i++) {
        int at = (i - from) * classes;
        labels[i] = Extremes.argmax(logits.data(), at, classes);
        confidences[i] = classifier.top().probability(logits.data(), at, classes, labels[i]);
      }
    }
    return new Predictions(labels, confidences);
  }

  /** How many differ from the true labels. */
  public int errors(Dataset data) {
    int errors = 0;
    for (int i = 0; i < labels.length; i++) {
      errors += labels[i] == data.label(i) ? 0 : 1;
    }
    return errors;
  }
}
