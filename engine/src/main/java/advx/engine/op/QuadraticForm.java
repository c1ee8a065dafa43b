package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.RbfForward;

/**
 * q[s][u] = Σᵢ (β[u][i]·(x[s][i] − μ[u][i]))²: a positive diagonal quadratic form around a centre
 * for each unit, B = β². β may have either sign; its square needs no constraint.
 *
 * <p>Gradient: dx[s] = 2(x∘(dq·B) − dq·(B∘μ)), dμ = 2B∘(μ∘D − dqᵀx), dβ = 2β∘(dqᵀx² − 2μ∘(dqᵀx) +
 * μ²∘D), D[u] = Σₛ dq[s][u].
 *
 * <p>Shapes: x [samples, in], μ and β [units, in], q [samples, units].
 */
public final class QuadraticForm implements Op {
  private static final QuadraticForm OP = new QuadraticForm();

  private QuadraticForm() {}

  public static Var quadraticForm(Var x, Var centres, Var scales) {
    return quadraticForm("QuadraticForm", x, centres, scales);
  }

  /**
   * The same as a part of another operation.
   *
   * @param op whose name an error's sentence says
   */
  static Var quadraticForm(String op, Var x, Var centres, Var scales) {
    Shapes.rank(op, x.value(), 2);
    Shapes.rank(op, centres.value(), 2);
    if (x.value().dim(1) != centres.value().dim(1)) {
      throw Shapes.mismatch(
          op, x.value(), centres.value(), "inputs [samples, in] and centres [units, in]");
    }
    Shapes.same(op, centres.value(), scales.value());
    int samples = x.value().rows();
    int units = centres.value().rows();
    Tensor q = x.tape().workspace().tensor(samples, units);
    RbfForward.exponents(
        x.tape().workers(),
        x.data(),
        samples,
        x.value().dim(1),
        centres.data(),
        scales.data(),
        units,
        q.data());
    return x.tape().record(OP, q, x, centres, scales);
  }

  @Override
  public void backward(Var q, Var dq) {
    Var x = q.input(0);
    Var centres = q.input(1);
    Var scales = q.input(2);
    Var b = Square.square(scales);
    if (x.needsGradient()) {
      Var near = Multiply.multiply(x, Matmul.matmul(dq, b));
      Var far = Matmul.matmul(dq, Multiply.multiply(b, centres));
      x.addGradient(Scale.scale(Subtract.subtract(near, far), 2));
    }
    if (centres.needsGradient() || scales.needsGradient()) {
      Var total = Expand.expand(Sum.sum(dq, 0), 1, x.value().dim(1));
      Var moved = Multiply.multiply(centres, total);
      Var first = Matmul.matmul(dq, true, x, false);
      if (centres.needsGradient()) {
        Var pull = Subtract.subtract(moved, first);
        centres.addGradient(Scale.scale(Multiply.multiply(b, pull), 2));
      }
      if (scales.needsGradient()) {
        Var second = Matmul.matmul(dq, true, Square.square(x), false);
        Var mixed = Multiply.multiply(centres, Subtract.subtract(moved, Scale.scale(first, 2)));
        Var spread = Add.add(second, mixed);
        scales.addGradient(Scale.scale(Multiply.multiply(scales, spread), 2));
      }
    }
  }
}
