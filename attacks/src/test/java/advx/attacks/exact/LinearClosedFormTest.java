package advx.attacks.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Fixtures;
import advx.attacks.Norm;
import advx.attacks.ThreatModel;
import advx.attacks.measure.Rate;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.nn.Network;
import org.junit.jupiter.api.Test;

class LinearClosedFormTest {
  /** z = 2x − 3y + 4: at (1, 0) z = 6; ‖w‖ is 5, √13 and 3. */
  private final LinearClosedForm binary =
      LinearClosedForm.of(Fixtures.linear(new float[][] {{1, -1}, {-1, 2}}, 4, 0));

  private final float[] x = {9, 1, 0};

  @Test
  void smallestDistances() {
    assertEquals(6, binary.margin(x, 1, 0), 1e-15);
    assertEquals(6.0 / 5, binary.distance(x, 1, 0, Norm.LINF), 1e-15);
    assertEquals(6 / Math.sqrt(13), binary.distance(x, 1, 0, Norm.L2), 1e-15);
    assertEquals(6.0 / 3, binary.distance(x, 1, 0, Norm.L1), 1e-15);
    assertEquals(0, binary.distance(x, 1, 1, Norm.L2));
  }

  @Test
  void worstMargins() {
    assertEquals(6 - 0.5 * 5, binary.worstMargin(x, 1, 0, Norm.LINF, 0.5), 1e-15);
    assertEquals(-6 - 0.5 * 3, binary.worstMargin(x, 1, 1, Norm.L1, 0.5), 1e-15);
  }

  @Test
  void theNearestOfSeveralClassesCounts() {
    LinearClosedForm three =
        new LinearClosedForm(
            Tensor.of(new float[] {0, 0, 4, 0, 0, 1}, 3, 2), Tensor.of(new float[] {2, 0, 0}, 3));
    float[] origin = {0, 0};
    assertEquals(0.5, three.distance(origin, 0, 0, Norm.L2), 1e-15);
    assertEquals(2 - 4 * 0.25, three.worstMargin(origin, 0, 0, Norm.L2, 0.25), 1e-15);
  }

  @Test
  void equalWeightsCannotBeTurned() {
    LinearClosedForm same = LinearClosedForm.of(Fixtures.linear(new float[][] {{1}, {1}}, 1, 0));
    assertEquals(Double.POSITIVE_INFINITY, same.distance(new float[] {3}, 0, 0, Norm.LINF));
  }

  @Test
  void aTieCountsAsAnError() {
    Tensor input = Tensor.of(new float[] {1, 0}, 1, 2);
    int[] label = {0};
    assertEquals(new Rate(1, 1), binary.error(input, label, ThreatModel.linf(1.2)));
    assertEquals(new Rate(0, 1), binary.error(input, label, ThreatModel.linf(1.1999)));
  }

  @Test
  void refusesWhatIsNotLinear() {
    Network deep = Fixtures.network("dense(3) relu dense(2) softmax", 4, 1);
    assertThrows(InputException.class, () -> LinearClosedForm.of(deep));
    assertTrue(!Fixtures.network("normalise(1,2) dense(2) softmax", 4, 1).linear());
    assertTrue(Fixtures.network("dropout(0.5) dense(2) softmax", 4, 1).linear());
  }
}
