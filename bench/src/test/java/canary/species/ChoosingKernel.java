package canary.species;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Constants, but which of them is decided while the kernel runs. */
public final class ChoosingKernel {
  private static final VectorSpecies<Float> NARROW = FloatVector.SPECIES_128;
  private static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_256;

  private ChoosingKernel() {}

  /** The first numbers doubled. */
  public static void first(float[] x) {
    FloatVector v = FloatVector.fromArray(x.length < 8 ? NARROW : WIDE, x, 0);
    v.add(v).intoArray(x, 0);
  }

  /** The same by a local variable. */
  public static void second(float[] x) {
    var species = NARROW;
    if (x.length >= 8) {
      species = WIDE;
    }
    FloatVector v = FloatVector.fromArray(species, x, 0);
    v.add(v).intoArray(x, 0);
  }

  /** The same by asking a vector. */
  public static void third(FloatVector v, float[] x) {
    FloatVector.fromArray(v.species(), x, 0).intoArray(x, 0);
  }
}
