package canary.species;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Calls on vectors that a loop carries: whoever inlines this too early allocates them all. */
public final class CarryingKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_128;

  private CarryingKernel() {}

  /** The maxima of every fourth number. */
  public static void max(float[] x, float[] y) {
    FloatVector m = FloatVector.zero(SPECIES);
    for (int i = 0; i + 4 <= x.length; i += 4) {
      m = m.max(FloatVector.fromArray(SPECIES, x, i));
    }
    m.intoArray(y, 0);
  }

  /** One sum of four for each row, the first row's numbers doubled. */
  public static void rows(float[] x, float[] y, int width) {
    for (int at = 0; at < x.length; at += width) {
      FloatVector s = FloatVector.zero(SPECIES);
      int i = at;
      do {
        FloatVector v = FloatVector.fromArray(SPECIES, x, i);
        s = s.add(at == 0 ? v.add(v) : v);
        i += 4;
      } while (i < at + width);
      s.intoArray(y, at / width * 4);
    }
  }

  /** Whether every number is positive. */
  public static boolean positive(float[] x) {
    VectorMask<Float> all = FloatVector.zero(SPECIES).compare(VectorOperators.EQ, 0);
    int i = 0;
    while (i + 4 <= x.length) {
      all = all.and(FloatVector.fromArray(SPECIES, x, i).compare(VectorOperators.GT, 0));
      i += 4;
    }
    return all.allTrue();
  }

  /** An outer loop carries what the inner one only reads. */
  public static void powers(float[] x, float[] y) {
    FloatVector p = FloatVector.broadcast(SPECIES, 1);
    for (int i = 0; i + 4 <= x.length; i += 4) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      for (int j = 0; j < 4; j++) {
        p.mul(j).intoArray(y, 4 * j);
      }
      p = v.mul(p);
    }
  }

  /** A store before the load, but not in every turn. */
  public static void last(float[] x, float[] y) {
    FloatVector m = FloatVector.zero(SPECIES);
    for (int i = 0; i + 4 <= x.length; i += 4) {
      if (x[i] < 0) {
        m = FloatVector.fromArray(SPECIES, x, i);
      }
      m.abs().intoArray(y, i);
    }
  }
}
