package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.RbfForward;

/**
 * y[s][u] = exp(−Σᵢ B[u][i]·(x[s][i] − μ[u][i])²) with B = β², element by element: radial basis
 * functions, each with a positive diagonal form (Goodfellow, Shlens, Szegedy: Explaining and
 * Harnessing Adversarial Examples, §7; the exponent's minus is missing there). β is the inverse of
 * a width and may have either sign; its square needs no constraint.
 *
 * <p>Gradient: with r = −dy·y, dx[s] = 2(x∘(r·B) − r·(B∘μ)), dμ = 2B∘(μ∘R − rᵀx), dβ = 2β∘(rᵀx² −
 * 2μ∘(rᵀx) + μ²∘R), R[u] = Σₛ r[s][u].
 *
 * <p>Shapes: x [samples, in], μ and β [units, in], y [samples, units].
 */
public final class Rbf implements Op {
  private static final Rbf OP = new Rbf();

  private Rbf() {}

  public static Var rbf(Var x, Var centres, Var scales) {
    Shapes.rank("Rbf", x.value(), 2);
    Shapes.rank("Rbf", centres.value(), 2);
    if (x.value().dim(1) != centres.value().dim(1)) {
      throw Shapes.mismatch(
          "Rbf", x.value(), centres.value(), "inputs [samples, in] and centres [units, in]");
    }
    Shapes.same("Rbf", centres.value(), scales.value());
    int samples = x.value().rows();
    int units = centres.value().rows();
    Tensor y = x.tape().workspace().tensor(samples, units);
    float[] z = y.data();
    RbfForward.exponents(
        x.tape().workers(),
        x.data(),
        samples,
        x.value().dim(1),
        centres.data(),
        scales.data(),
        units,
        z);
    for (int i = 0; i < z.length; i++) {
      z[i] = -z[i];
    }
    advx.engine.kernel.Exp.exp(z, 0, z, 0, z.length);
    return x.tape().record(OP, y, x, centres, scales);
  }

  @Override
  public void backward(Var y, Var dy) {
    Var x = y.input(0);
    Var centres = y.input(1);
    Var scales = y.input(2);
    Var r = Negate.negate(Multiply.multiply(dy, y));
    Var b = Square.square(scales);
    if (x.needsGradient()) {
      Var near = Multiply.multiply(x, Matmul.matmul(r, b));
      Var far = Matmul.matmul(r, Multiply.multiply(b, centres));
      x.addGradient(Scale.scale(Subtract.subtract(near, far), 2));
    }
    if (centres.needsGradient() || scales.needsGradient()) {
      Var total = Expand.expand(Sum.sum(r, 0), 1, x.value().dim(1));
      Var moved = Multiply.multiply(centres, total);
      Var first = Matmul.matmul(r, true, x, false);
      if (centres.needsGradient()) {
        Var pull = Subtract.subtract(moved, first);
        centres.addGradient(Scale.scale(Multiply.multiply(b, pull), 2));
      }
      if (scales.needsGradient()) {
        Var second = Matmul.matmul(r, true, Square.square(x), false);
        Var mixed = Multiply.multiply(centres, Subtract.subtract(moved, Scale.scale(first, 2)));
        Var spread = Add.add(second, mixed);
        scales.addGradient(Scale.scale(Multiply.multiply(scales, spread), 2));
      }
    }
  }
}
