package advx.attacks;

import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.nn.Classifier;
import advx.nn.Top;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A classifier given by a formula, without gradients; it counts the inputs that it was shown.
 *
 * @param formula from the numbers of an input to its logits
 */
public record Rule(int features, int classes, Function<float[], float[]> formula, AtomicLong asked)
    implements Classifier {
  public Rule(int features, int classes, Function<float[], float[]> formula) {
    this(features, classes, formula, new AtomicLong());
  }

  @Override
  public Top top() {
    return Top.SOFTMAX;
  }

  @Override
  public Var logits(Tape tape, Var x) {
    int rows = x.value().rows();
    asked.addAndGet(rows);
    Tensor logits = Tensor.zeros(rows, classes);
    for (int row = 0; row < rows; row++) {
      float[] one = Arrays.copyOfRange(x.data(), row * features, (row + 1) * features);
      System.arraycopy(formula.apply(one), 0, logits.data(), row * classes, classes);
    }
    return tape.constant(logits);
  }

  /** The same classifier, so that nobody sees of what kind it is. */
  public static Classifier disguised(Classifier inside) {
    return new Classifier() {
      @Override
      public int features() {
        return inside.features();
      }

      @Override
      public int classes() {
        return inside.classes();
      }

      @Override
      public Top top() {
        return inside.top();
      }

      @Override
      public Var logits(Tape tape, Var x) {
        return inside.logits(tape, x);
      }
    };
  }
}
