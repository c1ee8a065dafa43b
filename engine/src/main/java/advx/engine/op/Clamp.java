package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = min(max(x, low), high), element by element. NaN stays NaN.
 *
 * <p>Gradient: dx = dy where low ≤ x ≤ high, else 0; so the derivative at an edge is 1.
 */
public final class Clamp implements Op {
  private final float low;
  private final float high;
  private final Inside inside = new Inside();

  private Clamp(float low, float high) {
    this.low = low;
    this.high = high;
  }

  public static Var clamp(Var x, float low, float high) {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "Clamp: got low %s and high %s, expected low ≤ high".formatted(low, high));
    }
    Tensor y = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    for (int i = 0; i < b.length; i++) {
      b[i] = Math.min(Math.max(a[i], low), high);
    }
    Op old = x.tape().previous();
    boolean same = old instanceof Clamp op && op.has(low, high);
    return x.tape().record(same ? old : new Clamp(low, high), y, x);
  }

  private boolean has(float wantedLow, float wantedHigh) {
    return Float.compare(low, wantedLow) == 0 && Float.compare(high, wantedHigh) == 0;
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(inside.of(y.input(0), dy));
    }
  }

  /**
   * z = y where low ≤ x ≤ high, else 0.
   *
   * <p>Gradient: dy = the same of dz; none flows to x, for this is a step in x.
   */
  private final class Inside implements Op {
    private Var of(Var x, Var y) {
      Tensor z = x.tape().workspace().like(x.value());
      float[] a = x.data();
      float[] b = y.data();
      float[] c = z.data();
      for (int i = 0; i < c.length; i++) {
        c[i] = a[i] >= low && a[i] <= high ? b[i] : 0;
      }
      return x.tape().record(this, z, x, y);
    }

    @Override
    public void backward(Var z, Var dz) {
      if (z.input(1).needsGradient()) {
        z.input(1).addGradient(of(z.input(0), dz));
      }
    }
  }
}
