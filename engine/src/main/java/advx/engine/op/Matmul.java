package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.Gemm;

/**
 * C = op(A)·op(B), where op transposes or not.
 *
 * <p>Gradient, without transposes: dA = dC·Bᵀ, dB = Aᵀ·dC; with them the factors change places.
 * Shapes: op(A) m×k, op(B) k×n, C m×n. Each element of C and of both gradients is one chain of
 * fused multiply-adds over the ascending inner index.
 */
public record Matmul(boolean transA, boolean transB) implements Op {
  private static final Matmul NN = new Matmul(false, false);
  private static final Matmul NT = new Matmul(false, true);
  private static final Matmul TN = new Matmul(true, false);
  private static final Matmul TT = new Matmul(true, true);

  /** A·B. */
  public static Var matmul(Var a, Var b) {
    return matmul(a, false, b, false);
  }

  /** op(A)·op(B). */
  public static Var matmul(Var a, boolean transA, Var b, boolean transB) {
    Tensor x = a.value();
    Tensor y = b.value();
    Shapes.rank("Matmul", x, 2);
    Shapes.rank("Matmul", y, 2);
    int m = x.dim(transA ? 1 : 0);
    int k = x.dim(transA ? 0 : 1);
    int n = y.dim(transB ? 0 : 1);
    if (k != y.dim(transB ? 1 : 0)) {
      throw Shapes.mismatch(
          "Matmul" + (transA ? " (first transposed)" : "") + (transB ? " (second transposed)" : ""),
          x,
          y,
          "equal inner sizes");
    }
    Tensor c = a.tape().workspace().tensor(m, n);
    Gemm.product(
        a.tape().workers(),
        transA,
        transB,
        m,
        n,
        k,
        x.data(),
        x.dim(1),
        y.data(),
        y.dim(1),
        c.data(),
        n);
    Matmul op = transA ? (transB ? TT : TN) : (transB ? NT : NN);
    return a.tape().record(op, c, a, b);
  }

  @Override
  public void backward(Var c, Var dc) {
    Var a = c.input(0);
    Var b = c.input(1);
    if (a.needsGradient()) {
      a.addGradient(transA ? matmul(b, transB, dc, true) : matmul(dc, false, b, !transB));
    }
    if (b.needsGradient()) {
      b.addGradient(transB ? matmul(dc, true, a, transA) : matmul(a, !transA, dc, false));
    }
  }
}
