package advx.engine.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one species of floats and of ints in this JVM; and of doubles, with that of as many floats
 * and ints. Loaded only where {@link Lanes#VECTOR}.
 */
final class Species {
  static {
    TypeProfiles.fill();
  }

  static final VectorSpecies<Float> F =
      switch (Lanes.BITS) {
        case 128 -> FloatVector.SPECIES_128;
        case 256 -> FloatVector.SPECIES_256;
        default -> FloatVector.SPECIES_512;
      };
  static final VectorSpecies<Integer> I =
      switch (Lanes.BITS) {
        case 128 -> IntVector.SPECIES_128;
        case 256 -> IntVector.SPECIES_256;
        default -> IntVector.SPECIES_512;
      };
  static final VectorSpecies<Double> D =
      switch (Lanes.BITS) {
        case 128 -> DoubleVector.SPECIES_128;
        case 256 -> DoubleVector.SPECIES_256;
        default -> DoubleVector.SPECIES_512;
      };
  static final VectorSpecies<Float> HALF =
      switch (Lanes.BITS) {
        case 128 -> FloatVector.SPECIES_64;
        case 256 -> FloatVector.SPECIES_128;
        default -> FloatVector.SPECIES_256;
      };
  static final VectorSpecies<Integer> HALF_I =
      switch (Lanes.BITS) {
        case 128 -> IntVector.SPECIES_64;
        case 256 -> IntVector.SPECIES_128;
        default -> IntVector.SPECIES_256;
      };

  /** Vectors of four and of eight floats, whatever the width: for blocks of that size. */
  static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

  static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
  static final int L = F.length();

  private Species() {}
}
