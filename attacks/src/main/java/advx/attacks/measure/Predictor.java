package advx.attacks.measure;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Classifier;

/** Forward passes of a model under evaluation, on a tape of their own that is used again. */
public final class Predictor {
  private final Classifier classifier;
  private final Tape tape;

  public Predictor(Classifier classifier, Workers workers) {
    this.classifier = classifier;
    this.tape = new Tape(workers);
  }

  /** Writes the class of every sample of x [samples, features], as {@link Decision} has it. */
  public void predict(Tensor x, int[] into) {
    int classes = classifier.classes();
    tape.rewind();
    float[] logits = classifier.logits(tape, tape.constant(x)).data();
    for (int row = 0; row < x.rows(); row++) {
      into[row] = Decision.prediction(logits, row * classes, classes);
    }
  }

  /** Decides every sample of x [samples, features]; writes to {@code into[at …]}. */
  public void decide(Tensor x, int[] labels, Decision[] into, int at) {
    int classes = classifier.classes();
    tape.rewind();
    float[] logits = classifier.logits(tape, tape.constant(x)).data();
    for (int row = 0; row < x.rows(); row++) {
      into[at + row] = Decision.of(classifier.top(), logits, row * classes, classes, labels[row]);
    }
  }

  /** Fails unless inputs, labels and model fit each other. */
  public static void check(Classifier classifier, Tensor x, int[] labels) {
    if (x.rank() < 2 || x.rows() != labels.length) {
      throw new IllegalArgumentException(
          "got inputs %s and %d labels, expected [samples, features] and one label a sample"
              .formatted(x.shapeString(), labels.length));
    }
    if (x.columns() != classifier.features()) {
      throw new InputException(
          "The data have %d numbers a sample, but the model takes %d: give the data set that it was trained on."
              .formatted(x.columns(), classifier.features()));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classifier.classes()) {
        throw new InputException(
            "Sample %d has label %d, but the model knows classes 0 to %d: give the data set that it was trained on."
                .formatted(i, labels[i], classifier.classes() - 1));
      }
    }
  }
}
