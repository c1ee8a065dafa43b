package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workspace;
import advx.engine.kernel.Lanes;
import advx.engine.kernel.Sums;

/**
 * The L2 norm of each sample, y = √Σx² over all axes but the first.
 *
 * <p>Squares that would leave the range of floats are computed after scaling by a power of two, so
 * that also a row of 10⁻³⁰ (the input gradient of a very confident model) has its true norm.
 *
 * <p>Gradient: dx = x·(dy/y), and 0 where y is 0; so are all its derivatives there. Shapes: x [m,
 * …] with two axes or more, y [m].
 */
public final class L2Norm implements Op {
  private static final L2Norm OP = new L2Norm();

  /** Below this sum of squares, squares have lost digits. */
  private static final float SMALL = 0x1p-80f;

  private L2Norm() {}

  public static Var l2Norm(Var x) {
    Tensor value = x.value();
    L1Norm.checkRows("L2Norm", value);
    Workspace w = x.tape().workspace();
    Tensor y = w.tensor(value.rows());
    float[] lanes = w.tensor(Lanes.LOGICAL).data();
    int n = value.columns();
    float[] scaled = w.tensor(n).data();
    for (int row = 0; row < y.size(); row++) {
      float squares = Sums.squares(value.data(), row * n, n, lanes);
      y.data()[row] =
          squares >= SMALL && squares <= Float.MAX_VALUE
              ? (float) Math.sqrt(squares)
              : scaledNorm(value.data(), row * n, scaled, lanes);
    }
    return x.tape().record(OP, y, x);
  }

  private static float scaledNorm(float[] x, int at, float[] scaled, float[] lanes) {
    float top = 0;
    for (int j = 0; j < scaled.length; j++) {
      top = Math.max(top, Math.abs(x[at + j]));
    }
    if (!(top > 0 && top <= Float.MAX_VALUE)) {
      return top; // 0, infinite or NaN
    }
    int exponent = Math.getExponent(top);
    for (int j = 0; j < scaled.length; j++) {
      scaled[j] = Math.scalb(x[at + j], -exponent);
    }
    float squares = Sums.squares(scaled, 0, scaled.length, lanes);
    return Math.scalb((float) Math.sqrt(squares), exponent);
  }

  @Override
  public void backward(Var y, Var dy) {
    Var x = y.input(0);
    if (x.needsGradient()) {
      Var factor = DivideOrZero.divideOrZero(dy, y);
      x.addGradient(Multiply.multiply(L1Norm.eachRow(factor, x.value()), x));
    }
  }
}
