package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = min(max(x, low), high), element by element. NaN stays NaN.
 *
 * <p>Gradient: dx = dy where low ≤ x ≤ high, else 0; so the derivative at an edge is 1.
 */
public record Clamp(float low, float high) implements Op {
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
    return x.tape().record(new Clamp(low, high), y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(Inside.inside(y.input(0), dy, low, high));
    }
  }

  /**
   * z = y where low ≤ x ≤ high, else 0.
   *
   * <p>Gradient: dy = the same of dz; none flows to x, for this is a step in x.
   */
  record Inside(float low, float high) implements Op {
    static Var inside(Var x, Var y, float low, float high) {
      Tensor z = x.tape().workspace().like(x.value());
      float[] a = x.data();
      float[] b = y.data();
      float[] c = z.data();
      for (int i = 0; i < c.length; i++) {
        c[i] = a[i] >= low && a[i] <= high ? b[i] : 0;
      }
      return x.tape().record(new Inside(low, high), z, x, y);
    }

    @Override
    public void backward(Var z, Var dz) {
      if (z.input(1).needsGradient()) {
        z.input(1).addGradient(inside(z.input(0), dz, low, high));
      }
    }
  }
}
