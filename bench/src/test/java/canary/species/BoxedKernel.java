package canary.species;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The species is a field that may change: the compiler does not know it. */
public final class BoxedKernel {
  private VectorSpecies<Float> species = FloatVector.SPECIES_128;

  private final FloatVector[] sums = new FloatVector[1];

  /** Another species, or the same. */
  public void use(VectorSpecies<Float> another) {
    species = another;
  }

  /** x ← 2x. */
  public void twice(float[] x) {
    for (int i = 0; i + species.length() <= x.length; i += species.length()) {
      FloatVector v = FloatVector.fromArray(species, x, i);
      v.add(v).intoArray(x, i);
    }
  }

  /** The sums of every fourth number, kept where the compiler cannot keep them in registers. */
  public void sum(float[] x) {
    sums[0] = FloatVector.zero(FloatVector.SPECIES_128);
    for (int i = 0; i + 4 <= x.length; i += 4) {
      sums[0] = sums[0].add(FloatVector.fromArray(FloatVector.SPECIES_128, x, i));
    }
  }
}
