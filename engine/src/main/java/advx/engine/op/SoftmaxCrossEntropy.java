package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workspace;
import advx.engine.kernel.SoftmaxResidual;

/**
 * The loss of each sample, y = −ln softmax(z)[label] = (max z − z[label]) + ln Σ exp(z − max z):
 * finite for every finite z, and exact to the last digits also where the probability is near 1.
 *
 * <p>Gradient: dz = dy·r with r = softmax(z) − onehot(label); r at the label is computed as minus
 * the sum of the other probabilities, so that a very confident model still has its true gradient.
 * Shapes: z [m, c], one label from 0 to c−1 a row, y [m].
 */
public final class SoftmaxCrossEntropy implements Op {
  private final int[] labels;
  private final Residual residual = new Residual();

  private SoftmaxCrossEntropy(int[] labels) {
    this.labels = labels;
  }

  /**
   * The loss.
   *
   * @param labels one a row; not copied
   */
  public static Var softmaxCrossEntropy(Var z, int[] labels) {
    Softmax.checkRows("SoftmaxCrossEntropy", z.value());
    int m = z.value().dim(0);
    int c = z.value().dim(1);
    Pick.check("SoftmaxCrossEntropy", z.value(), labels, m, c);
    Workspace w = z.tape().workspace();
    Tensor y = w.tensor(m);
    float[] peak = w.tensor(m).data();
    float[] rest = w.tensor(m).data();
    LogSumExp.of(z.value(), peak, rest, w);
    for (int r = 0; r < m; r++) {
      y.data()[r] = (peak[r] - z.data()[r * c + labels[r]]) + rest[r];
    }
    Op old = z.tape().previous();
    boolean same = old instanceof SoftmaxCrossEntropy loss && loss.labels == labels;
    return z.tape().record(same ? old : new SoftmaxCrossEntropy(labels), y, z);
  }

  @Override
  public void backward(Var y, Var dy) {
    Var z = y.input(0);
    if (z.needsGradient()) {
      Var scale = Expand.expand(dy, 1, z.value().dim(1));
      z.addGradient(Multiply.multiply(scale, residual.of(z)));
    }
  }

  /**
   * r = softmax(z) − onehot(label), where r[label] = −Σ of the row's other probabilities.
   *
   * <p>Gradient: dz = p·(d − ⟨d, p⟩) with p = softmax(z) and d = dr − dr[label]. The same without
   * the shift, as for {@link Softmax}; with it the true gradient also where p[label] rounds to 1
   * and all of dr but its share at the label is as good as gone from dr − ⟨dr, p⟩.
   */
  private final class Residual implements Op {
    private Var of(Var z) {
      Workspace w = z.tape().workspace();
      Tensor r = w.like(z.value());
      float[] scratch = w.tensor(SoftmaxResidual.SCRATCH).data();
      SoftmaxResidual.residual(z.data(), r.data(), r.dim(0), r.dim(1), labels, 0, scratch);
      return z.tape().record(this, r, z);
    }

    @Override
    public void backward(Var r, Var dr) {
      Var z = r.input(0);
      if (z.needsGradient()) {
        Var label = Expand.expand(Pick.pickLabel(dr, labels), 1, z.value().dim(1));
        z.addGradient(Softmax.timesJacobian(Softmax.softmax(z), Subtract.subtract(dr, label)));
      }
    }
  }
}
