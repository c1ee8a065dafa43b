package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Transposes blocks of eight rows: what {@link Packing} does by fours, where vectors are wider. */
final class Transposition {
  /** Whether the CPU has vectors of eight. */
  static final boolean WIDE = Lanes.BITS >= 256;

  private Transposition() {}

  static final class Simd {
    private static final VectorSpecies<Float> EIGHT = Species.EIGHT;
    private static final VectorMask<Float> ODD = VectorMask.fromLong(EIGHT, 0b10101010);
    private static final VectorMask<Float> PAIR = VectorMask.fromLong(EIGHT, 0b11001100);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(EIGHT, 0b11110000);
    private static final VectorShuffle<Float> FOURS = VectorShuffle.fromOp(EIGHT, i -> i ^ 4);
    private static final VectorShuffle<Float> TWOS = VectorShuffle.fromOp(EIGHT, i -> i ^ 2);

    private Simd() {}

    /**
     * to[p][r] = from[r][p] for eight rows and eight columns at least.
     *
     * <p>In each of three steps the corners of blocks of 2×2, 4×4 and 8×8 change places. The last
     * rows and columns come twice, not singly. All in one method, for the reason that {@link
     * Packing.Simd#transpose} tells.
     */
    static void transpose(
        float[] from, int at, int ld, int rows, int depth, float[] to, int toAt, int toLd) {
      for (int row = 0; row < rows; row += 8) {
        int r = Math.min(row, rows - 8);
        int i = at + r * ld;
        int o = toAt + r;
        for (int column = 0; column < depth; column += 8) {
          int p = Math.min(column, depth - 8);
          int q = i + p;
          FloatVector a0 = FloatVector.fromArray(EIGHT, from, q);
          q += ld;
          FloatVector a1 = FloatVector.fromArray(EIGHT, from, q);
          q += ld;
          FloatVector a2 = FloatVector.fromArray(EIGHT, from, q);
          q += ld;
          FloatVector a3 = FloatVector.fromArray(EIGHT, from, q);
          q += ld;
          FloatVector a4 = FloatVector.fromArray(EIGHT, from, q);
          q += ld;
          FloatVector a5 = FloatVector.fromArray(EIGHT, from, q);
          q += ld;
          FloatVector a6 = FloatVector.fromArray(EIGHT, from, q);
          q += ld;
          FloatVector a7 = FloatVector.fromArray(EIGHT, from, q);
          FloatVector b0 =
              a0.blend(
                  a1.reinterpretAsLongs().lanewise(VectorOperators.ROL, 32).reinterpretAsFloats(),
                  ODD);
          FloatVector b1 =
              a0.reinterpretAsLongs()
                  .lanewise(VectorOperators.ROL, 32)
                  .reinterpretAsFloats()
                  .blend(a1, ODD);
          FloatVector b2 =
              a2.blend(
                  a3.reinterpretAsLongs().lanewise(VectorOperators.ROL, 32).reinterpretAsFloats(),
                  ODD);
          FloatVector b3 =
              a2.reinterpretAsLongs()
                  .lanewise(VectorOperators.ROL, 32)
                  .reinterpretAsFloats()
                  .blend(a3, ODD);
          FloatVector b4 =
              a4.blend(
                  a5.reinterpretAsLongs().lanewise(VectorOperators.ROL, 32).reinterpretAsFloats(),
                  ODD);
          FloatVector b5 =
              a4.reinterpretAsLongs()
                  .lanewise(VectorOperators.ROL, 32)
                  .reinterpretAsFloats()
                  .blend(a5, ODD);
          FloatVector b6 =
              a6.blend(
                  a7.reinterpretAsLongs().lanewise(VectorOperators.ROL, 32).reinterpretAsFloats(),
                  ODD);
          FloatVector b7 =
              a6.reinterpretAsLongs()
                  .lanewise(VectorOperators.ROL, 32)
                  .reinterpretAsFloats()
                  .blend(a7, ODD);
          FloatVector c0 = b0.blend(b2.rearrange(TWOS), PAIR);
          FloatVector c2 = b0.rearrange(TWOS).blend(b2, PAIR);
          FloatVector c1 = b1.blend(b3.rearrange(TWOS), PAIR);
          FloatVector c3 = b1.rearrange(TWOS).blend(b3, PAIR);
          FloatVector c4 = b4.blend(b6.rearrange(TWOS), PAIR);
          FloatVector c6 = b4.rearrange(TWOS).blend(b6, PAIR);
          FloatVector c5 = b5.blend(b7.rearrange(TWOS), PAIR);
          FloatVector c7 = b5.rearrange(TWOS).blend(b7, PAIR);
          int t = o + p * toLd;
          c0.blend(c4.rearrange(FOURS), UPPER).intoArray(to, t);
          t += toLd;
          c1.blend(c5.rearrange(FOURS), UPPER).intoArray(to, t);
          t += toLd;
          c2.blend(c6.rearrange(FOURS), UPPER).intoArray(to, t);
          t += toLd;
          c3.blend(c7.rearrange(FOURS), UPPER).intoArray(to, t);
          t += toLd;
          c0.rearrange(FOURS).blend(c4, UPPER).intoArray(to, t);
          t += toLd;
          c1.rearrange(FOURS).blend(c5, UPPER).intoArray(to, t);
          t += toLd;
          c2.rearrange(FOURS).blend(c6, UPPER).intoArray(to, t);
          t += toLd;
          c3.rearrange(FOURS).blend(c7, UPPER).intoArray(to, t);
        }
      }
    }
  }
}
