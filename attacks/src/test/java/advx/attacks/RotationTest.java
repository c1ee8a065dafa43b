package advx.attacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RotationTest {
  /** Of logits (0, wᵀx) the gradient of label 0 lies along w. */
  private static float[] rotate(Rotation attack, float[] w, float... x) {
    Network model = Fixtures.linear(new float[][] {new float[w.length], w}, 0, 0);
    try (Workers workers = new Workers(1)) {
      AttackResult result = attack.run(model, Tensor.of(x, 1, x.length), new int[1], workers);
      assertTrue(result.samples().getFirst().admissible());
      return result.adversarial().data();
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Test
  void turnsTowardsTheGradientInThePlane() {
    double half = Math.sqrt(0.5);
    float[] made = rotate(Rotation.by(Math.PI / 4), new float[] {0, 3}, 2, 0);
    assertArrayEquals(new float[] {(float) (2 * half), (float) (2 * half)}, made, 2e-7f);
    made = rotate(Rotation.by(Math.PI / 2), new float[] {5, 3}, 2, 0);
    assertArrayEquals(new float[] {0, 2}, made, 2e-7f);
    made = rotate(Rotation.by(Math.PI), new float[] {5, 3}, 2, 0);
    assertArrayEquals(new float[] {-2, 0}, made, 2e-7f);
  }

  @Test
  void keepsTheLengthAndTurnsByTheAngle() {
    for (double angle : new double[] {1e-3, 0.1, 1, 3}) {
      float[] x = Fixtures.normal(1, 1, 1, 60).data();
      float[] w = Fixtures.normal(2, 0.1f, 1, 60).data();
      float[] made = rotate(Rotation.by(angle), w, x);
      double length = Math.sqrt(dot(x, x));
      assertEquals(length, Math.sqrt(dot(made, made)), 1e-6 * length);
      float[] delta = new float[60];
      for (int i = 0; i < 60; i++) {
        delta[i] = made[i] - x[i];
      }
      double chord = 2 * length * StrictMath.sin(angle / 2);
      assertEquals(chord, Math.sqrt(dot(delta, delta)), 2e-6 * length);
      assertTrue(dot(made, w) > dot(x, w) || angle > 2, "turned away from the gradient");
    }
  }

  @Test
  void withoutAPlaneNothingTurns() {
    float[] x = {1, 2, -3};
    assertArrayEquals(x, rotate(Rotation.by(1), new float[] {0.1f, 0.2f, -0.3f}, x));
    assertArrayEquals(x, rotate(Rotation.by(1), new float[] {-2, -4, 6}, x));
    assertArrayEquals(x, rotate(Rotation.by(1), new float[3], x));
    assertArrayEquals(new float[3], rotate(Rotation.by(1), new float[] {1, 2, 3}, 0, 0, 0));
  }

  @Test
  void towardsATargetItTurnsTheOtherWay() {
    ThreatModel any = new ThreatModel(Norm.L2, 100, Box.NONE);
    Rotation attack = new Rotation(any, 0.5, Aim.target(0), AttackLoss.COST, false);
    float[] made = rotate(attack, new float[] {0, 3}, 2, 0);
    assertEquals(-2 * StrictMath.sin(0.5), made[1], 1e-6);
  }

  /** In L2 the angle is 2·arcsin(ε/2‖x‖); in every norm the whole budget is used. */
  @ParameterizedTest
  @EnumSource(Norm.class)
  void turnsAsFarAsTheBudgetLets(Norm norm) {
    float[] x = {3, 4, 0};
    Rotation attack =
        new Rotation(
            new ThreatModel(norm, 0.5, Box.NONE), Math.PI, Aim.TRUE_LABEL, AttackLoss.COST, false);
    float[] made = rotate(attack, new float[] {0, 0, 1}, x);
    double[] delta = {(double) made[0] - 3, (double) made[1] - 4, made[2]};
    assertEquals(0.5, norm.of(delta), 1e-6);
    assertTrue(norm.of(delta) <= 0.5 * (1 + 1e-12));
    if (norm == Norm.L2) {
      double angle = 2 * StrictMath.asin(0.5 / 10);
      assertEquals(5 * StrictMath.sin(angle), made[2], 1e-6);
    }
  }

  @Test
  void clipsIfTold() {
    ThreatModel boxed = new ThreatModel(Norm.L2, 9, new Box(-1, 2));
    Rotation attack = new Rotation(boxed, Math.PI, Aim.TRUE_LABEL, AttackLoss.COST, true);
    assertArrayEquals(new float[] {-1, 0}, rotate(attack, new float[] {0, 1}, 2, 0), 1e-6f);
  }

  @Test
  void saysWhatIsWrong() {
    for (double angle : new double[] {0, -1, 4, Double.NaN}) {
      InputException e = assertThrows(InputException.class, () -> Rotation.by(angle));
      assertTrue(e.getMessage().contains("angle of the rotation is " + angle), e.getMessage());
    }
  }
}
