package advx.engine.kernel;

import advx.testing.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No kernel allocates once the compiler is done with it: no vector left its registers. */
@Timeout(600)
class KernelAllocationTest {
  private final float[] x = Samples.normal(1000, 1, 2);
  private final float[] g = Samples.normal(1000, 2, 2);
  private final float[] y = new float[1000];
  private final float[] m = new float[1000];
  private final float[] v = new float[1000];
  private final float[] lanes = new float[64];
  private final float[] out = new float[100];
  private final float[] scratch = new float[SoftmaxResidual.SCRATCH];
  private final int[] labels = new int[100];
  private float sink;

  @Test
  void functions() {
    Allocation.assertNone("exp", () -> Exp.exp(x, 0, y, 0, 1000));
    Allocation.assertNone("log", () -> Log.log(x, 0, y, 0, 1000));
    Allocation.assertNone("tanh", () -> Tanh.tanh(x, 0, y, 0, 1000));
    Allocation.assertNone("sigmoid", () -> Sigmoid.sigmoid(x, 0, y, 0, 1000));
    Allocation.assertNone("softplus", () -> Softplus.softplus(x, 0, y, 0, 1000));
  }

  @Test
  void reductions() {
    Allocation.assertNone("sum", () -> sink += Sums.sum(x, 0, 1000, lanes));
    Allocation.assertNone("absolutes", () -> sink += Sums.absolutes(x, 0, 1000, lanes));
    Allocation.assertNone("squares", () -> sink += Sums.squares(x, 0, 1000, lanes));
    Allocation.assertNone("dot", () -> sink += Sums.dot(x, 0, g, 0, 1000, lanes));
    Allocation.assertNone(
        "squaredDistance", () -> sink += Sums.squaredDistance(x, 0, g, 0, 1000, lanes));
    Allocation.assertNone("max", () -> sink += Extremes.max(x, 0, 1000));
    Allocation.assertNone("magnitude", () -> sink += Extremes.magnitude(x, 0, 1000));
    Allocation.assertNone("within", () -> sink += Extremes.within(x, 0, 1000, -99, 99) ? 1 : 0);
    Allocation.assertNone("argmax", () -> sink += Extremes.argmax(x, 0, 1000));
  }

  @Test
  void rowsMasksAndSteps() {
    Allocation.assertNone("softmax", () -> SoftmaxRows.softmax(x, y, 100, 10, lanes));
    Allocation.assertNone("logSumExp", () -> SoftmaxRows.logSumExp(x, out, 100, 10, lanes, y));
    Allocation.assertNone(
        "residual", () -> SoftmaxResidual.residual(x, y, 100, 10, labels, 0, scratch));
    Allocation.assertNone("mask", () -> DropoutMask.mask(y, 0, 1000, 1, 2, 3, 4, 0.5f, 2));
    Allocation.assertNone("step", () -> SignStep.step(x, 0, g, 0, 0.1f, y, 0, 1000));
    Allocation.assertNone(
        "clippedStep", () -> SignStep.clippedStep(x, 0, g, 0, 0.1f, 0, 1, y, 0, 1000));
    Allocation.assertNone("boundedStep", () -> BoundedStep.step(y, g, 0.1f, x, x, 0, 1000));
    Allocation.assertNone("ballStep", () -> BallStep.step(x, 0, g, 0, 0.25, y, 0, 1000));
    Allocation.assertNone("ballStep in double", () -> BallStep.step(x, 0, g, 0, 0.1, y, 0, 1000));
    Allocation.assertNone(
        "clippedBallStep", () -> BallStep.clippedStep(x, 0, g, 0, 0.25, 0, 1, y, 0, 1000));
    Allocation.assertNone("adam", () -> Adam.step(y, m, v, g, 0, 1000, 0, 0.9f, 0.9f, 1e-8f, 1, 1));
  }
}
