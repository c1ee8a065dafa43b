package canary.species;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One method for all species. */
public final class PassingKernel {
  private PassingKernel() {}

  /** The first numbers doubled. */
  public static void twice(VectorSpecies<Float> species, float[] x) {
    FloatVector v = FloatVector.fromArray(species, x, 0);
    v.add(v).intoArray(x, 0);
  }
}
