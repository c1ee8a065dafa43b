package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import advx.engine.Bits;
import org.junit.jupiter.api.Test;

/** Turned blocks and single rows give the same bits: another order of the sum fails. */
class SoftmaxResidualTest {
  private final float[] scratch = new float[SoftmaxResidual.SCRATCH];

  @Test
  void equalsItsTwin() {
    for (int columns : new int[] {1, 2, 3, 10, 17, 33, 64, 65}) {
      for (int rows : new int[] {1, 15, 16, 33, 64, 131}) {
        int[] labels = new int[rows + 2];
        for (int i = 0; i < labels.length; i++) {
          labels[i] = i * 7 % columns;
        }
        for (float[] z :
            new float[][] {
              Samples.normal(rows * columns, columns, 5), Samples.withSpecial(rows * columns, 2, 9)
            }) {
          float[] expected = new float[z.length];
          float[] found = new float[z.length];
          SoftmaxResidual.scalar(z, expected, rows, columns, labels, 2, scratch);
          SoftmaxResidual.residual(z, found, rows, columns, labels, 2, scratch);
          Bits.assertEqualBits(expected, found, rows + "×" + columns);
          SoftmaxResidual.residual(z, z, rows, columns, labels, 2, scratch);
          Bits.assertEqualBits(expected, z, rows + "×" + columns + " in place");
        }
      }
    }
  }

  /** 1 − p would be 0 from a margin of 17 on. */
  @Test
  void keepsTheGradientOfASureModel() {
    float[] r = new float[2];
    SoftmaxResidual.residual(new float[] {40, 0}, r, 1, 2, new int[1], 0, scratch);
    assertEquals(-StrictMath.exp(-40), r[0], 1e-24);
    assertEquals(StrictMath.exp(-40), r[1], 1e-24);
  }
}
