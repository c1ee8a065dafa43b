package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workspace;
import advx.engine.kernel.Lanes;
import advx.engine.kernel.Sums;

/**
 * The L1 norm of each sample, y = Σ|x| over all axes but the first.
 *
 * <p>Gradient: dx = dy·sign(x), so 0 where x is 0. Shapes: x [m, …] with two axes or more, y [m].
 */
public final class L1Norm implements Op {
  private static final L1Norm OP = new L1Norm();

  private L1Norm() {}

  public static Var l1Norm(Var x) {
    Tensor value = x.value();
    checkRows("L1Norm", value);
    Workspace w = x.tape().workspace();
    Tensor y = w.tensor(value.rows());
    float[] lanes = w.tensor(Lanes.LOGICAL).data();
    int n = value.columns();
    for (int row = 0; row < y.size(); row++) {
      y.data()[row] = Sums.absolutes(value.data(), row * n, n, lanes);
    }
    return x.tape().record(OP, y, x);
  }

  static void checkRows(String op, Tensor x) {
    Shapes.check(x.rank() >= 2, op, x, "a row a sample, [m, …]; a single vector is [1, n]");
  }

  @Override
  public void backward(Var y, Var dy) {
    Var x = y.input(0);
    if (x.needsGradient()) {
      x.addGradient(Multiply.multiply(eachRow(dy, x.value()), Sign.sign(x)));
    }
  }

  /** One number a row, [m], at every place of its row of this shape, [m, …]. */
  static Var eachRow(Var v, Tensor shape) {
    Var matrix = Expand.expand(v, 1, shape.columns());
    return shape.rank() == 2 ? matrix : Reshape.reshape(matrix, shape);
  }
}
