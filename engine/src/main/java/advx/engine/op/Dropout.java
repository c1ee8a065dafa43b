package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.DropoutMask;
import advx.engine.kernel.Hadamard;

/**
 * y = x·mask: each number is multiplied by scale with probability keep, and by 0 else.
 *
 * <p>The mask is a function of (seed, step, layer, sample, column) and nothing else ({@link
 * DropoutMask}), so that a sample gets the same one alone and in every batch.
 *
 * <p>Gradient: dx = dy·mask, the same mask. Shapes: x and y [m, …].
 *
 * <p>Source: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov: Dropout; JMLR 15 (2014),
 * section 4.
 */
public record Dropout(Tensor mask) implements Op {
  /**
   * Draws the mask and applies it.
   *
   * @param keep the probability to keep a number, in (0, 1]
   * @param scale what kept numbers are multiplied by: 1/keep, or 1 to leave them
   * @param layer which of the network's dropout layers this is
   * @param samples the index in the data set of each row of x
   */
  public static Var dropout(
      Var x, float keep, float scale, long seed, int step, int layer, int[] samples) {
    if (!(keep > 0 && keep <= 1)) {
      throw new IllegalArgumentException("Dropout: got keep " + keep + ", expected 0 < keep ≤ 1");
    }
    Tensor value = x.value();
    if (value.rank() == 0 || samples.length != value.rows()) {
      throw new IllegalArgumentException(
          "Dropout: got %d samples for shape %s, expected one a row"
              .formatted(samples.length, value.shapeString()));
    }
    Tensor mask = x.tape().workspace().like(value);
    DropoutMask.masks(
        x.tape().workers(), mask.data(), mask.columns(), seed, samples, step, layer, keep, scale);
    return times(x, mask);
  }

  private static Var times(Var x, Tensor mask) {
    Tensor y = x.tape().workspace().like(mask);
    Hadamard.multiply(x.tape().workers(), x.data(), mask.data(), y.data(), y.size());
    Op old = x.tape().previous();
    Op op = old instanceof Dropout same && same.mask == mask ? same : new Dropout(mask);
    return x.tape().record(op, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(times(dy, mask));
    }
  }
}
