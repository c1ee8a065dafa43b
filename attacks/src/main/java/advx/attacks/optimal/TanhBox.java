package advx.attacks.optimal;

import advx.attacks.Box;
import advx.engine.InputException;
import advx.engine.kernel.Tanh;

/**
 * The variable that a box does not limit: x = middle + half·tanh w, with middle and half those of
 * the box (Carlini, Wagner: Towards Evaluating the Robustness of Neural Networks, 2017, §V.B).
 *
 * <p>At an edge of the box w would be infinite: starts are drawn to {@value #INSIDE} of the way
 * from the middle, as in the authors' code. Where |w| &gt; 9 the image is at the edge and has no
 * slope left.
 */
final class TanhBox {
  static final double INSIDE = 0.999999;

  private final Box box;
  private final float middle;
  private final float half;

  TanhBox(Box box) {
    this.box = box;
    this.middle = (float) (((double) box.low() + box.high()) / 2);
    this.half = (float) (((double) box.high() - box.low()) / 2);
  }

  Box box() {
    return box;
  }

  /** Fails if the box has no edge on some side. */
  static void check(String attack, Box box) {
    if (!Float.isFinite(box.low()) || !Float.isFinite(box.high())) {
      throw new InputException(
          "The attack %s searches inside the box of the data, but its threat model has none: give it, and do not switch clipping off."
              .formatted(attack));
    }
  }

  /** Writes the variable of x[from …] to w[to …], n numbers. */
  void variable(float[] x, int from, float[] w, int to, int n) {
    for (int i = 0; i < n; i++) {
      double u = Math.clamp(((double) x[from + i] - middle) / half, -1, 1) * INSIDE;
      w[to + i] = (float) (StrictMath.log((1 + u) / (1 - u)) / 2);
    }
  }

  /** Writes tanh w to t[at …] and the image to x[at …], n numbers. */
  void image(float[] w, float[] t, float[] x, int at, int n) {
    Tanh.tanh(w, at, t, at, n);
    for (int i = at; i < at + n; i++) {
      x[i] = box.clip(Math.fma(half, t[i], middle));
    }
  }

  /** ∂x/∂w where tanh w = t. */
  float slope(float t) {
    return half * ((1 - t) * (1 + t));
  }
}
