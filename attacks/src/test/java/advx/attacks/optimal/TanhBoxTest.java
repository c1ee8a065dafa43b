package advx.attacks.optimal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Box;
import advx.engine.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TanhBoxTest {
  /** Kills: a middle or half of [0, 1] for every box, a variable without the way inwards. */
  @ParameterizedTest
  @CsvSource({"0, 1", "0, 255", "-0.5, 0.5", "-3, 7", "100, 100.5"})
  void theVariableLeadsBackToTheImage(float low, float high) {
    TanhBox box = new TanhBox(new Box(low, high));
    float width = high - low;
    float[] x = new float[101];
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.min(high, low + width * i / 100f);
    }
    float[] w = new float[x.length];
    float[] t = new float[x.length];
    float[] back = new float[x.length];
    box.variable(x, 0, w, 0, x.length);
    box.image(w, t, back, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      assertEquals(x[i], back[i], 2e-6 * width + Math.ulp(high));
      assertTrue(back[i] >= low && back[i] <= high, "left the box at " + x[i]);
    }
  }

  /** Kills: a slope without the half of the box. */
  @Test
  void theSlopeIsThatOfTheImage() {
    TanhBox box = new TanhBox(new Box(-3, 7));
    for (float w = -2; w <= 2; w += 0.25f) {
      float[] around = {w - 1e-2f, w, w + 1e-2f};
      float[] t = new float[3];
      float[] x = new float[3];
      box.image(around, t, x, 0, 3);
      assertEquals((x[2] - x[0]) / (around[2] - around[0]), box.slope(t[1]), 1e-3);
    }
  }

  @Test
  void noImageLeavesTheBox() {
    TanhBox box = new TanhBox(new Box(-0.3f, 0.7f));
    float[] w = {-100, -9, 9, 100, 0};
    float[] t = new float[5];
    float[] x = new float[5];
    box.image(w, t, x, 0, 5);
    for (float value : x) {
      assertTrue(value >= -0.3f && value <= 0.7f, "left the box: " + value);
    }
  }

  @Test
  void asksForABoxWithTwoEdges() {
    for (Box box : new Box[] {Box.NONE, new Box(0, Float.POSITIVE_INFINITY)}) {
      String said = assertThrows(InputException.class, () -> TanhBox.check("cw", box)).getMessage();
      assertTrue(said.contains("The attack cw searches inside the box"), said);
    }
  }
}
