package canary.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** A kernel with a variable species, the platform's exponential and an unordered sum. */
public final class PlatformKernel {
  private final VectorSpecies<Float> species;

  /** A kernel for {@code species}. */
  public PlatformKernel(VectorSpecies<Float> species) {
    this.species = species;
  }

  /** The sum of the exponentials of the first elements. */
  public float sumOfExponentials(float[] x) {
    return FloatVector.fromArray(species, x, 0)
        .lanewise(VectorOperators.EXP)
        .reduceLanes(VectorOperators.ADD);
  }
}
