package advx.nn;

import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.op.BinaryCrossEntropy;
import advx.engine.op.SoftmaxCrossEntropy;
import advx.engine.op.Sum;
import java.util.Locale;

/** What stands on top of the logits: how they become probabilities, and the cost of a label. */
public enum Top {
  /** One distribution over the classes; cost −log p of the label. */
  SOFTMAX {
    @Override
    public Var loss(Var logits, int[] labels) {
      return SoftmaxCrossEntropy.softmaxCrossEntropy(logits, labels);
    }

    @Override
    public double probability(float[] logits, int at, int classes, int wanted) {
      double max = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        max = Math.max(max, logits[at + c]);
      }
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += StrictMath.exp(logits[at + c] - max);
      }
      return StrictMath.exp(logits[at + wanted] - max) / sum;
    }
  },

  /** An independent sigmoid for each class; cost: binary cross-entropy summed over the classes. */
  SIGMOIDS {
    @Override
    public Var loss(Var logits, int[] labels) {
      Tensor targets = logits.tape().workspace().like(logits.value()).fill(0);
      int classes = logits.value().dim(1);
      for (int s = 0; s < labels.length; s++) {
        targets.data()[s * classes + labels[s]] = 1;
      }
      return Sum.sum(
          BinaryCrossEntropy.binaryCrossEntropy(logits, logits.tape().constant(targets)), 1);
    }

    @Override
    public double probability(float[] logits, int at, int classes, int wanted) {
      return 1 / (1 + StrictMath.exp(-(double) logits[at + wanted]));
    }
  };

  /** The cost of each sample, [samples], never averaged. */
  public abstract Var loss(Var logits, int[] labels);

  /** The probability of one class, from the logits of one sample at {@code logits[at …]}. */
  public abstract double probability(float[] logits, int at, int classes, int wanted);

  /** The word that stands for it in an architecture. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
