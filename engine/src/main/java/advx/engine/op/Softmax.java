package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workspace;
import advx.engine.kernel.Lanes;
import advx.engine.kernel.SoftmaxRows;

/**
 * p = exp z / Σ exp z over each row, computed from z − max z, so that no logit is too large.
 *
 * <p>Gradient: dz = p·(dp − ⟨dp, p⟩). Shapes: z and p [m, c], c ≥ 1.
 */
public final class Softmax implements Op {
  private static final Softmax OP = new Softmax();

  private Softmax() {}

  public static Var softmax(Var z) {
    Workspace w = z.tape().workspace();
    checkRows("Softmax", z.value());
    Tensor p = w.like(z.value());
    float[] lanes = w.tensor(Lanes.LOGICAL).data();
    SoftmaxRows.softmax(z.data(), p.data(), p.dim(0), p.dim(1), lanes);
    return z.tape().record(OP, p, z);
  }

  static void checkRows(String op, Tensor z) {
    Shapes.check(z.rank() == 2 && z.dim(1) > 0, op, z, "[m, c] with at least one class");
  }

  @Override
  public void backward(Var p, Var dp) {
    if (p.input(0).needsGradient()) {
      p.input(0).addGradient(timesJacobian(p, dp));
    }
  }

  /** p·(v − ⟨v, p⟩): the symmetric matrix diag(p) − ppᵀ of each row times that row of v. */
  static Var timesJacobian(Var p, Var v) {
    Var inner = Sum.sum(Multiply.multiply(v, p), 1);
    return Multiply.multiply(p, Subtract.subtract(v, Expand.expand(inner, 1, p.value().dim(1))));
  }
}
