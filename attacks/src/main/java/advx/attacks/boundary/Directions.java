package advx.attacks.boundary;

import advx.attacks.Box;
import advx.attacks.OrthogonalDirections;
import advx.attacks.OrthogonalDirections.Use;
import advx.engine.InputException;

/**
 * The ways along which a boundary is looked for: vectors u₁ … u_k of RMS 1, √(Σᵢuᵢ²/n) = 1, and if
 * wanted −u₁ … −u_k after them.
 */
public final class Directions {
  private final float[][] vectors;
  private final boolean negatives;

  private Directions(float[][] vectors, boolean negatives) {
    this.vectors = vectors;
    this.negatives = negatives;
  }

  /** Those of the settings for inputs of n numbers: random orthogonal ones, from their seed. */
  public static Directions draw(BoundarySettings settings, int n) {
    float[][] orthonormal =
        OrthogonalDirections.draw(Use.BOUNDARY, settings.directions(), n, settings.seed());
    return of(orthonormal, settings.negatives());
  }

  /**
   * Scales vectors of any length above 0, [k][n], to RMS 1; they are not changed themselves.
   *
   * @param negatives whether each is followed backwards too
   */
  public static Directions of(float[][] vectors, boolean negatives) {
    if (vectors.length == 0) {
      throw new InputException("There is no direction to look along: give one or more.");
    }
    int n = vectors[0].length;
    float[][] scaled = new float[vectors.length][n];
    for (int k = 0; k < vectors.length; k++) {
      double squares = 0;
      for (float v : vectors[k]) {
        squares += (double) v * v;
      }
      if (vectors[k].length != n || !(squares > 0) || !Double.isFinite(squares)) {
        throw new InputException(
            "Direction %d has %d numbers and length %s: give directions of %d numbers each, finite, and not all 0."
                .formatted(k, vectors[k].length, Math.sqrt(squares), n));
      }
      double scale = Math.sqrt(n / squares);
      for (int i = 0; i < n; i++) {
        scaled[k][i] = (float) (scale * vectors[k][i]);
      }
    }
    return new Directions(scaled, negatives);
  }

  /** How many ways there are. */
  public int size() {
    return negatives ? 2 * vectors.length : vectors.length;
  }

  /** The numbers of a direction. */
  public int features() {
    return vectors[0].length;
  }

  /** Writes {@code into[to …]} = clip(x + length·u) for the numbers {@code x[at …]} of an input. */
  void point(int way, double length, float[] x, int at, Box box, float[] into, int to) {
    boolean back = way >= vectors.length;
    float[] u = vectors[back ? way - vectors.length : way];
    float signed = (float) (back ? -length : length);
    float low = box.low();
    float high = box.high();
    for (int i = 0; i < u.length; i++) {
      into[to + i] = Math.min(Math.max(Math.fma(signed, u[i], x[at + i]), low), high);
    }
  }
}
