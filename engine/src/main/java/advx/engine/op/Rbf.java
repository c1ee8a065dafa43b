package advx.engine.op;

import advx.engine.Var;

/**
 * y[s][u] = exp(−q[s][u]), q[s][u] = Σᵢ B[u][i]·(x[s][i] − μ[u][i])² with B = β², element by
 * element: radial basis functions, each with a positive diagonal form (Goodfellow, Shlens, Szegedy:
 * Explaining and Harnessing Adversarial Examples, §7; the exponent's minus is missing there). Value
 * and gradient are those of {@link QuadraticForm} and {@link Exp}.
 *
 * <p>Shapes: x [samples, in], μ and β [units, in], y [samples, units].
 */
public final class Rbf {
  private Rbf() {}

  public static Var rbf(Var x, Var centres, Var scales) {
    return Exp.exp(Negate.negate(QuadraticForm.quadraticForm("Rbf", x, centres, scales)));
  }
}
