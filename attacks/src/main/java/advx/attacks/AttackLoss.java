package advx.attacks;

import advx.engine.InputException;
import advx.engine.Var;
import advx.engine.op.Pick;
import advx.engine.op.Subtract;
import advx.nn.Top;
import java.util.Locale;

/**
 * What an attack climbs: one number a sample, computed from logits z and never averaged, so that a
 * sample's gradient does not know the size of its batch.
 */
public enum AttackLoss {
  /** The model's own training cost, that of its {@link Top}. */
  COST {
    @Override
    public Var of(Top top, Var logits, int[] labels) {
      return top.loss(logits, labels);
    }
  },

  /**
   * max {z[j] : j ≠ label} − z[label]: its gradient does not fade where the model is sure. Of equal
   * rivals the lowest class counts.
   */
  MARGIN {
    @Override
    public Var of(Top top, Var logits, int[] labels) {
      int classes = logits.value().dim(1);
      int[] rivals = logits.tape().workspace().indices(labels.length);
      for (int row = 0; row < labels.length; row++) {
        rivals[row] = rival(logits.data(), row * classes, classes, labels[row]);
      }
      return Subtract.subtract(Pick.pickLabel(logits, rivals), Pick.pickLabel(logits, labels));
    }
  };

  /** The loss of each sample, [samples]. */
  public abstract Var of(Top top, Var logits, int[] labels);

  /** The class other than the label with the largest logit; of equal ones the lowest. */
  public static int rival(float[] logits, int at, int classes, int label) {
    int best = label == 0 ? 1 : 0;
    for (int c = best + 1; c < classes; c++) {
      if (c != label && logits[at + c] > logits[at + best]) {
        best = c;
      }
    }
    return best;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The loss of that word. */
  public static AttackLoss parse(String word) {
    for (AttackLoss loss : values()) {
      if (loss.word().equalsIgnoreCase(word)) {
        return loss;
      }
    }
    throw new InputException(
        "The attack's loss '%s' is not known: give cost or margin.".formatted(word));
  }
}
