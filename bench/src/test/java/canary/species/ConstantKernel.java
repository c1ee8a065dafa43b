package canary.species;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** As it should be: against this one no rule may speak. */
public final class ConstantKernel {
  private static final VectorSpecies<Float> SPECIES =
      Runtime.version().feature() > 0 ? FloatVector.SPECIES_PREFERRED : FloatVector.SPECIES_128;
  private static final int LANES = SPECIES.length();

  private ConstantKernel() {}

  /** x ← 2x. */
  public static void twice(float[] x) {
    for (int i = 0; i < SPECIES.loopBound(x.length); i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      v.add(v).intoArray(x, i);
    }
  }

  /** The maxima of every row: what is carried is an argument, what is called on is just loaded. */
  public static void max(float[] x, float[] y, int width) {
    for (int at = 0; at < x.length; at += width) {
      FloatVector m = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
      FloatVector first = FloatVector.fromArray(SPECIES, x, at);
      for (int i = at; i < at + width; i += LANES) {
        FloatVector v = first.sub(FloatVector.fromArray(SPECIES, x, i));
        v = v.abs();
        m = (x[i] < 0 ? v : first).max(m);
        m.intoArray(y, at);
      }
      m.neg().intoArray(y, at);
    }
  }
}
