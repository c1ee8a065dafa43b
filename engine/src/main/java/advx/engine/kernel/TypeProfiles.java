package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Keeps the second compiler from betting on two classes of vectors.
 *
 * <p>{@code fma} and {@code intoArray} are one method each for vectors of all widths, and which
 * classes they met is counted once for all their callers. After two (whole vectors, and the halves
 * of a tile or of a transposition) the compiler writes code for both, with a test between them, and
 * now and then leaves every sum of a loop an object: 38 MB for a product that takes none, and up to
 * sixty times its time. After three it makes no bet, but looks at what each loop itself holds.
 *
 * <p>It remembers two classes by name, the first. So two that no kernel computes much with come
 * before all others. Loaded only by {@link Species}.
 */
final class TypeProfiles {
  /** Classes are counted from some hundred calls on: 200 were too few, 500 enough. */
  private static final int CALLS = 2000;

  private static final VectorSpecies<Float> SHORTEST = FloatVector.SPECIES_64;
  private static final VectorSpecies<Float> OTHER =
      Lanes.BITS == 128 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;

  private TypeProfiles() {}

  /** To be called before any vector is computed with. */
  static void fill() {
    float[] x = new float[OTHER.length()];
    for (int i = 0; i < CALLS; i++) {
      shortest(x);
      other(x);
    }
  }

  private static void shortest(float[] x) {
    FloatVector v = FloatVector.fromArray(SHORTEST, x, 0);
    v.fma(v, v).intoArray(x, 0);
  }

  private static void other(float[] x) {
    FloatVector v = FloatVector.fromArray(OTHER, x, 0);
    v.fma(v, v).intoArray(x, 0);
  }
}
