package advx.nn;

import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.op.Add;
import advx.engine.op.BinaryCrossEntropy;
import advx.engine.op.Clamp;
import advx.engine.op.Exp;
import advx.engine.op.Log;
import advx.engine.op.Multiply;
import advx.engine.op.Negate;
import advx.engine.op.Pick;
import advx.engine.op.Shift;
import advx.engine.op.SoftmaxCrossEntropy;
import advx.engine.op.Square;
import advx.engine.op.Sum;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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
  },

  /**
   * An independent bell for each class, p = eᶻ of a logit z ≤ 0, as radial basis functions have it:
   * logits rank the classes where p is too small for a float. Cost: binary cross-entropy summed
   * over the classes, −z of the label − Σ ln(1 − eᶻ) of the others, z there at most −10⁻⁴, so that
   * an image on a wrong centre has a finite cost.
   */
  BELLS {
    @Override
    public Var loss(Var logits, int[] labels) {
      Var falseAlarm = Log.log(Shift.shift(Negate.negate(Exp.exp(below(logits))), 1));
      Var others = Sum.sum(Multiply.multiply(falseAlarm, others(logits, labels)), 1);
      return Negate.negate(Add.add(Pick.pickLabel(logits, labels), others));
    }

    private static Var below(Var logits) {
      return Clamp.clamp(logits, Float.NEGATIVE_INFINITY, -1e-4f);
    }

    @Override
    public double probability(float[] logits, int at, int classes, int wanted) {
      return bell(logits[at + wanted]);
    }
  },

  /** The same bells; cost: Σ (p − t)² over the classes, t = 1 for the label, else 0. */
  SQUAREDBELLS {
    @Override
    public Var loss(Var logits, int[] labels) {
      Var wrong = Multiply.multiply(Square.square(Exp.exp(logits)), others(logits, labels));
      Var miss = Shift.shift(Negate.negate(Exp.exp(Pick.pickLabel(logits, labels))), 1);
      return Add.add(Square.square(miss), Sum.sum(wrong, 1));
    }

    @Override
    public double probability(float[] logits, int at, int classes, int wanted) {
      return bell(logits[at + wanted]);
    }
  },

  /** The same bells; cost: −ln of the label's share eᶻ/Σ eᶻ, so that bells compete in training. */
  RIVALBELLS {
    @Override
    public Var loss(Var logits, int[] labels) {
      return SoftmaxCrossEntropy.softmaxCrossEntropy(logits, labels);
    }

    @Override
    public double probability(float[] logits, int at, int classes, int wanted) {
      return bell(logits[at + wanted]);
    }
  };

  private static double bell(float logit) {
    return StrictMath.exp(Math.min(0, (double) logit));
  }

  /** 1 for each class but the label's, which is 0. */
  private static Var others(Var logits, int[] labels) {
    Tensor others = logits.tape().workspace().like(logits.value()).fill(1);
    int classes = logits.value().dim(1);
    for (int s = 0; s < labels.length; s++) {
      others.data()[s * classes + labels[s]] = 0;
    }
    return logits.tape().constant(others);
  }

  /** The cost of each sample, [samples], never averaged. */
  public abstract Var loss(Var logits, int[] labels);

  /** The probability of one class, from the logits of one sample at {@code logits[at …]}. */
  public abstract double probability(float[] logits, int at, int classes, int wanted);

  /** All words, with commas between them. */
  static String words() {
    return Arrays.stream(values()).map(Top::word).collect(Collectors.joining(", "));
  }

  /** The word that stands for it in an architecture. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
