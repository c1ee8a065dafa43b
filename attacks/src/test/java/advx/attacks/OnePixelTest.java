package advx.attacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.AttackResult.Sample;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OnePixelTest {
  private static final ThreatModel ANY = new ThreatModel(Norm.LINF, 1, Box.UNIT);

  private static OnePixel small(ThreatModel threat, Aim aim, int generations) {
    return new OnePixel(threat, aim, AttackLoss.COST, 60, generations, 0.5, 7);
  }

  private static AttackResult run(Attack attack, Network model, Tensor x) {
    try (Workers workers = new Workers(2)) {
      return attack.run(model, x, new int[x.rows()], workers);
    }
  }

  /** Logits (0, wᵀx − limit). */
  private static Network looksAt(int features, float limit, int... at) {
    float[] w = new float[features];
    for (int i : at) {
      w[Math.abs(i)] = i < 0 ? -1 : 1;
    }
    return Fixtures.linear(new float[][] {new float[features], w}, 0, -limit);
  }

  private static int[] changed(Tensor x, AttackResult result, int row) {
    int n = x.columns();
    return java.util.stream.IntStream.range(0, n)
        .filter(i -> x.data()[row * n + i] != result.adversarial().data()[row * n + i])
        .toArray();
  }

  @Test
  void findsTheOnlyPixelThatTheModelLooksAt() {
    Tensor x = Fixtures.uniform(1, 5, 64);
    for (int row = 0; row < 5; row++) {
      x.data()[row * 64 + 27] = 0.2f;
    }
    AttackResult result = run(small(ANY, Aim.TRUE_LABEL, 30), looksAt(64, 0.9f, 27), x);
    for (int row = 0; row < 5; row++) {
      assertTrue(result.samples().get(row).fooled());
      assertArrayEquals(new int[] {27}, changed(x, result, row));
    }
  }

  /** Pixel (row 1, column 2) of 6×6 in three colours: red − blue has to pass 0.8. */
  @Test
  void findsThePixelAndItsColour() {
    int red = 8;
    int blue = 2 * 36 + 8;
    Tensor x = Tensor.zeros(4, 108).fill(0.5f);
    AttackResult result = run(small(ANY, Aim.TRUE_LABEL, 60), looksAt(108, 0.8f, red, -blue), x);
    for (int row = 0; row < 4; row++) {
      assertTrue(result.samples().get(row).fooled(), "sample " + row);
      for (int i : changed(x, result, row)) {
        assertEquals(8, i % 36);
      }
      float[] made = result.adversarial().data();
      assertTrue(made[row * 108 + red] - made[row * 108 + blue] > 0.8);
    }
  }

  /** Two pixels would be needed: the best single one is left, and the model stands. */
  @Test
  void changesNoMoreThanOnePixel() {
    Tensor x = Tensor.zeros(3, 49);
    AttackResult result = run(small(ANY, Aim.TRUE_LABEL, 40), looksAt(49, 1.5f, 10, 30), x);
    for (int row = 0; row < 3; row++) {
      assertFalse(result.samples().get(row).broken());
      int[] at = changed(x, result, row);
      assertEquals(1, at.length);
      assertTrue(at[0] == 10 || at[0] == 30, "pixel " + at[0]);
      assertEquals(1, result.adversarial().data()[row * 49 + at[0]], 1e-3);
    }
  }

  @Test
  void reachesItsTarget() {
    float[][] w = new float[3][25];
    w[1][3] = 1;
    w[2][17] = 1;
    Network model = Fixtures.linear(w, 0.6f, 0, 0);
    Sample s = run(small(ANY, Aim.target(2), 30), model, Tensor.zeros(1, 25)).samples().getFirst();
    assertTrue(s.reachedTarget());
    assertEquals(1, s.l1(), 0.4);
  }

  @Test
  void coloursKeepToTheBudget() {
    Tensor x = Tensor.zeros(2, 108).fill(0.5f);
    Network model = looksAt(108, 0.8f, 8, -80);
    for (Norm norm : Norm.values()) {
      ThreatModel little = new ThreatModel(norm, 0.1, Box.UNIT);
      AttackResult result = run(small(little, Aim.TRUE_LABEL, 20), model, x);
      for (Sample s : result.samples()) {
        assertTrue(s.admissible() && !s.broken());
        assertEquals(0.1, s.norm(norm), 1e-6, norm.word());
      }
    }
  }

  @Test
  void sameBitsAloneAndWithOthers() {
    Network model = Fixtures.network("maxout(9,4) dense(3) softmax", 36, 4);
    Tensor x = Fixtures.uniform(3, 9, 36);
    OnePixel attack = small(ANY, Aim.TRUE_LABEL, 6);
    AttackResult all = run(attack, model, x);
    try (Workers workers = new Workers(1)) {
      for (int i = 0; i < 9; i++) {
        Tensor one = Tensor.of(Arrays.copyOfRange(x.data(), i * 36, (i + 1) * 36), 1, 36);
        AttackResult alone = attack.run(model, one, new int[1], new int[] {i}, workers);
        assertEquals(all.samples().get(i), alone.samples().getFirst());
        assertArrayEquals(
            Arrays.copyOfRange(all.adversarial().data(), i * 36, (i + 1) * 36),
            alone.adversarial().data());
      }
    }
  }

  /** More generations never end worse, and the first one is drawn, not bred. */
  @Test
  void evolutionImproves() {
    Network model = Fixtures.linear(new float[][] {new float[400], new float[400]}, 9, 0);
    float[] w = model.parameters().get(0).value().data();
    System.arraycopy(Fixtures.normal(3, 1, 400).data(), 0, w, 400, 400);
    Tensor x = Fixtures.uniform(3, 6, 400);
    double before = Double.POSITIVE_INFINITY;
    double first = 0;
    for (int generations : new int[] {0, 3, 15, 60}) {
      double margin = 0;
      for (Sample s : run(small(ANY, Aim.TRUE_LABEL, generations), model, x).samples()) {
        margin += s.attacked().margin();
      }
      assertTrue(margin <= before, generations + ": " + margin);
      first = generations == 0 ? margin : first;
      before = margin;
    }
    assertTrue(before < first - 1, first + " → " + before);
  }

  @Test
  void readsItsImages() {
    assertEquals(new ImageGrid(1, 28, 28), ImageGrid.of(784));
    assertEquals(new ImageGrid(3, 32, 32), ImageGrid.of(3072));
    assertEquals(new ImageGrid(1, 1, 37), ImageGrid.of(37));
    assertEquals(36 + 8, new ImageGrid(3, 6, 6).at(1, 1, 2));
  }

  @Test
  void saysWhatIsWrong() {
    InputException e =
        assertThrows(
            InputException.class, () -> OnePixel.of(ThreatModel.linf(1), Aim.TRUE_LABEL, 1));
    assertTrue(e.getMessage().contains("has none"), e.getMessage());
    e =
        assertThrows(
            InputException.class,
            () -> new OnePixel(ANY, Aim.TRUE_LABEL, AttackLoss.COST, 3, 1, 0.5, 1));
    assertTrue(e.getMessage().contains("population 3"), e.getMessage());
  }
}
