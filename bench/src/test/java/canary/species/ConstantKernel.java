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
}
