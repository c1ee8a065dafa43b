package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = x + b: one number added to each column, y[…, j] = x[…, j] + b[j].
 *
 * <p>Gradient: dx = dy, db[j] = Σ dy[…, j], an ascending chain over the rows. Shapes: x and y [m,
 * …, n], b [n].
 */
public final class Bias implements Op {
  private static final Bias OP = new Bias();

  private Bias() {}

  public static Var bias(Var x, Var b) {
    int rank = x.value().rank();
    if (rank < 1 || b.value().rank() != 1 || x.value().dim(rank - 1) != b.value().dim(0)) {
      throw Shapes.mismatch("Bias", x.value(), b.value(), "[m, …, n] and [n]");
    }
    Tensor y = x.tape().workspace().like(x.value());
    float[] from = x.data();
    float[] add = b.data();
    float[] to = y.data();
    for (int row = 0; row < to.length; row += add.length) {
      for (int j = 0; j < add.length; j++) {
        to[row + j] = from[row + j] + add[j];
      }
    }
    return x.tape().record(OP, y, x, b);
  }

  @Override
  public void backward(Var y, Var dy) {
    y.input(0).addGradient(dy);
    Var b = y.input(1);
    if (b.needsGradient()) {
      int n = b.value().size();
      int rows = n == 0 ? 0 : dy.value().size() / n;
      Var matrix = dy.value().rank() == 2 ? dy : Reshape.reshape(dy, rows, n);
      b.addGradient(Sum.sum(matrix, 0));
    }
  }
}
