package advx.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.engine.op.Multiply;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimisersTest {
  /** Runs an optimiser on J(w) = Σ cᵢ·wᵢ, whose gradient is c. */
  private static Tensor run(Optimiser optimiser, Tensor w, float[] c, int updates, float limit) {
    Parameter p = new Parameter("w", 0, w, limit);
    try (Workers workers = new Workers(1)) {
      Pass pass = Pass.training(new Tape(workers), 0);
      for (int t = 0; t < updates; t++) {
        pass.start(t, new int[0]);
        Tensor slope = Tensor.of(c, w.shape());
        pass.tape().backward(Multiply.multiply(pass.parameter(p), pass.tape().constant(slope)));
        optimiser.update(workers, List.of(p), pass, 1, t);
      }
    }
    return w;
  }

  @Test
  void momentumAddsUp() {
    Sgd sgd = new Sgd(Sgd.Schedule.constant(0.1, 0.5));
    Tensor w = run(sgd, Tensor.zeros(1, 2), new float[] {1, -2}, 3, Float.POSITIVE_INFINITY);
    // v: −0.1, −0.15, −0.175; w: −0.425.
    assertEquals(-0.425, w.get(0, 0), 1e-6);
    assertEquals(0.85, w.get(0, 1), 1e-6);
  }

  @Test
  void rowsStayWithinTheNormLimit() {
    Sgd sgd = new Sgd(Sgd.Schedule.constant(1, 0));
    Tensor w = run(sgd, Tensor.zeros(2, 2), new float[] {-3, -4, -0.3f, -0.4f}, 1, 1.9365f);
    assertEquals(1.9365 * 0.6, w.get(0, 0), 1e-6);
    assertEquals(1.9365 * 0.8, w.get(0, 1), 1e-6);
    assertEquals(0.3, w.get(1, 0), 1e-7);
  }

  /** Kills: a rate that is left out for weights, for biases, or by an optimiser. */
  @Test
  void aLayerMayLearnAtAShareOfTheRate() {
    String text = "image(1,2,2) conv(1,2,init=zero,rate=0.25) dense(1,init=zero) softmax";
    Network network = Architecture.parse(text).network(4, 1);
    assertEquals(0.25f, network.parameters().get(0).rate());
    assertEquals(0.25f, network.parameters().get(1).rate());
    assertEquals(1f, network.parameters().get(2).rate());
    for (Optimiser optimiser :
        List.of(new Sgd(Sgd.Schedule.constant(0.1, 0)), new AdamOptimiser(0.1))) {
      Parameter slow =
          new Parameter("w", 0, Tensor.zeros(1, 1), Float.POSITIVE_INFINITY).atRate(0.25f);
      try (Workers workers = new Workers(1)) {
        Pass pass = Pass.training(new Tape(workers), 0);
        pass.start(0, new int[0]);
        Tensor one = Tensor.of(new float[] {1}, 1, 1);
        pass.tape().backward(Multiply.multiply(pass.parameter(slow), pass.tape().constant(one)));
        optimiser.update(workers, List.of(slow), pass, 1, 0);
      }
      assertEquals(-0.025, slow.value().get(0, 0), 1e-6);
    }
  }

  /** Kills: the momentum of one network read with the indices of another. */
  @Test
  void anOptimiserOfAnotherNetworkIsNamed() {
    float none = Float.POSITIVE_INFINITY;
    for (Optimiser optimiser :
        List.of(new Sgd(Sgd.Schedule.constant(0.1, 0.5)), new AdamOptimiser(0.1))) {
      run(optimiser, Tensor.zeros(1, 2), new float[] {1, 2}, 1, none);
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () -> run(optimiser, Tensor.zeros(1, 3), new float[] {1, 2, 3}, 1, none));
      assertTrue(error.getMessage().contains("[1, 2] and [1, 3]"), error.getMessage());
      assertTrue(error.getMessage().contains("an optimiser of its own"), error.getMessage());
    }
  }

  @Test
  void maxoutSchedule() {
    Sgd.Schedule s = new Sgd.Schedule(0.1, 1.000004, 1e-6, 0.5, 0.7, 1, 250);
    assertEquals(0.1, s.rate(0), 0);
    assertEquals(0.1 / Math.pow(1.000004, 100_000), s.rate(100_000), 1e-12);
    assertEquals(1e-6, s.rate(10_000_000), 0);
    assertEquals(0.5, s.momentum(1), 0);
    assertEquals(0.5 + 0.2 * 100 / 249, s.momentum(101), 1e-12);
    assertEquals(0.7, s.momentum(250), 0);
    assertEquals(0.7, s.momentum(400), 0);
  }

  /** Constant gradient 1 and no momentum: w = −Σ rate, and the rate drops after 2 and 3 updates. */
  @Test
  void theRateDrops() {
    Sgd sgd = new Sgd(Sgd.Schedule.constant(0.5, 0), new RateDrops(0.1, java.util.List.of(2L, 3L)));
    Tensor w = run(sgd, Tensor.zeros(1, 1), new float[] {1}, 5, Float.POSITIVE_INFINITY);
    assertEquals(-(0.5 + 0.5 + 0.05 + 0.005 + 0.005), w.get(0, 0), 1e-6);
    AdamOptimiser adam = new AdamOptimiser(0.01, new RateDrops(0.1, java.util.List.of(2L)));
    Tensor a = run(adam, Tensor.zeros(1, 1), new float[] {1}, 4, Float.POSITIVE_INFINITY);
    assertEquals(-(0.01 + 0.01 + 0.001 + 0.001), a.get(0, 0), 1e-6);
    assertTrue(adam.describe().endsWith("epsilon=1.0E-8 rate *0.1 after 2"), adam.describe());
    assertTrue(sgd.describe().contains("*0.1 after 2, 3"), sgd.describe());
    assertThrows(InputException.class, () -> new RateDrops(0.1, java.util.List.of(0L)));
    assertThrows(InputException.class, () -> new RateDrops(0, java.util.List.of(1L)));
  }

  /** λ·w on the weights of dense layers; nothing on biases and normalisations. */
  @Test
  void weightDecayPullsWeightsAlone() {
    Network network = Architecture.parse("dense(3) batchnorm dense(2) softmax").network(2, 1);
    Tensor x = Tensor.of(new float[] {1, 2, -1, 0.5f, 0.25f, 1}, 3, 2);
    int[] labels = {0, 1, 1};
    Network other = network.copy();
    Pass plain = Pass.training(new advx.engine.Tape(new Workers(1)), 1);
    Pass decayed = Pass.training(new advx.engine.Tape(new Workers(1)), 1);
    plain.start(0, labels);
    decayed.start(0, labels);
    double cost = new CleanObjective().gradients(network, plain, x, labels);
    Objective objective = new WeightDecayObjective(new CleanObjective(), 0.25);
    double more = objective.gradients(other, decayed, x, labels) - cost;
    double squares = 0;
    for (Parameter p : network.parameters()) {
      boolean weights = p.value().rank() == 2;
      for (int i = 0; i < p.value().size() && plain.parameter(p).gradient() != null; i++) {
        float v = p.value().data()[i];
        float pull = weights ? 0.25f * v : 0;
        float g = plain.parameter(p).gradient().data()[i];
        assertEquals(g + pull, decayed.parameter(p).gradient().data()[i], 1e-6, p.name());
        squares += weights ? v * v : 0;
      }
    }
    assertEquals(3 * 0.125 * squares, more, 1e-5);
  }

  /** With a constant gradient m̂ = g and v̂ = g²: each step is lr·sign(g), but for ε. */
  @Test
  void adamTakesStepsOfItsRate() {
    Tensor w =
        run(
            new AdamOptimiser(0.001),
            Tensor.zeros(1, 3),
            new float[] {5, -0.01f, 0},
            10,
            Float.POSITIVE_INFINITY);
    assertEquals(-0.01, w.get(0, 0), 1e-6);
    assertEquals(0.01, w.get(0, 1), 1e-6);
    assertEquals(0, w.get(0, 2), 0);
  }

  @Test
  void refusesImpossibleSettings() {
    assertTrue(
        assertThrows(InputException.class, () -> Sgd.Schedule.constant(-1, 0.5))
            .getMessage()
            .contains("give a rate above 0"));
    assertThrows(InputException.class, () -> Sgd.Schedule.constant(0.1, 1));
    assertThrows(InputException.class, () -> Sgd.Schedule.constant(Double.NaN, 0.5));
    assertThrows(InputException.class, () -> new AdamOptimiser(0));
  }
}
