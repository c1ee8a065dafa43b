package advx.cli.rows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.AttackEvaluation;
import advx.attacks.Fgsm;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Architecture;
import advx.nn.Network;
import advx.nn.data.Dataset;
import advx.nn.data.Strokes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signs of gradients through dropout masks. */
class MaskedGradientsTest {
  private static final double EPSILON = 0.25;
  private static final String NET = "dense(20) relu dense(10) softmax";

  private static Dataset data;

  @BeforeAll
  static void draw() {
    try (Workers workers = new Workers(2)) {
      data = Strokes.dataset(10, 700, 1, workers).test();
    }
  }

  private Tensor perturbed(String net, boolean clipped) {
    Network network = Architecture.parse(net).network(data.features(), 5);
    try (Workers workers = new Workers(2)) {
      return MaskedGradients.perturbed(network, data, EPSILON, clipped, 9, workers);
    }
  }

  /** Kills: another batch's labels or images, a missing sign, no ε. */
  @Test
  void withoutDropoutItIsThePublishedMethod() {
    Network network = Architecture.parse(NET).network(data.features(), 5);
    try (Workers workers = new Workers(2)) {
      Tensor expected =
          AttackEvaluation.of(Fgsm.paper(EPSILON), network, data, workers).result().inputs();
      assertArrayEquals(expected.data(), perturbed(NET, false).data());
    }
  }

  /** Kills: a mask that is not drawn, one mask for all samples, no clipping. */
  @Test
  void pixelsThatTheMaskRemovesStay() {
    float[] x = data.images(0, data.size()).data();
    float[] moved = perturbed("dropout(0.8,unscaled) " + NET, false).data();
    long still = 0;
    long like = 0;
    int n = data.features();
    for (int i = 0; i < x.length; i++) {
      still += moved[i] == x[i] ? 1 : 0;
      like += (moved[i] == x[i]) == (moved[i % n] == x[i % n]) ? 1 : 0;
    }
    assertEquals(0.2, (double) still / x.length, 0.01);
    assertEquals(0.2 * 0.2 + 0.8 * 0.8, (double) like / x.length, 0.02);
    for (float pixel : perturbed(NET, true).data()) {
      assertTrue(pixel >= 0 && pixel <= 1);
    }
  }
}
