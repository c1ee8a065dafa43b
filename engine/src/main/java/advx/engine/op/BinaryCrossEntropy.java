package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * The loss of each independent unit from its logit, y = −t·ln σ(z) − (1 − t)·ln σ(−z), computed as
 * max(z, 0) − z·t + ln(1 + e^−|z|): finite for every finite z, and exact where σ(z) is near t.
 *
 * <p>Gradient: dz = dy·((1 − t)·σ(z) − t·σ(−z)), which is σ(z) − t without the cancellation; dt =
 * −dy·z. Shapes: z, t and y are equal; targets t in [0, 1].
 */
public final class BinaryCrossEntropy implements Op {
  private static final BinaryCrossEntropy OP = new BinaryCrossEntropy();

  private BinaryCrossEntropy() {}

  /** With constant targets. */
  public static Var binaryCrossEntropy(Var z, Tensor t) {
    return binaryCrossEntropy(z, z.tape().constant(t));
  }

  /** With targets that may be computed, and then get their gradient. */
  public static Var binaryCrossEntropy(Var z, Var t) {
    Shapes.same("BinaryCrossEntropy", z.value(), t.value());
    Tensor y = z.tape().workspace().like(z.value());
    float[] logit = z.data();
    float[] target = t.data();
    float[] loss = y.data();
    for (int i = 0; i < loss.length; i++) {
      loss[i] = -Math.abs(logit[i]);
    }
    advx.engine.kernel.Softplus.softplus(loss, 0, loss, 0, loss.length);
    for (int i = 0; i < loss.length; i++) {
      loss[i] += Math.max(logit[i], 0) - logit[i] * target[i];
    }
    return z.tape().record(OP, y, z, t);
  }

  @Override
  public void backward(Var y, Var dy) {
    Var z = y.input(0);
    Var t = y.input(1);
    if (z.needsGradient()) {
      Var off = Shift.shift(Negate.negate(t), 1);
      Var falseAlarm = Multiply.multiply(off, Sigmoid.sigmoid(z));
      Var miss = Multiply.multiply(t, Sigmoid.sigmoid(Negate.negate(z)));
      z.addGradient(Multiply.multiply(dy, Subtract.subtract(falseAlarm, miss)));
    }
    if (t.needsGradient()) {
      t.addGradient(Negate.negate(Multiply.multiply(dy, z)));
    }
  }
}
