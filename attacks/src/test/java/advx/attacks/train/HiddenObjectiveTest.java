package advx.attacks.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Fixtures;
import advx.attacks.train.DifferentiableObjectiveTest.Step;
import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.op.Add;
import advx.engine.op.Dense;
import advx.engine.op.Scale;
import advx.engine.op.Sign;
import advx.engine.op.SoftmaxCrossEntropy;
import advx.engine.op.Tanh;
import advx.nn.CleanObjective;
import advx.nn.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Adversarial training of hidden layers. */
class HiddenObjectiveTest {
  private static final String DEEP =
      "dropout(0.8,unscaled) maxout(9,3) dropout(0.5) maxout(8,3) dropout(0.5) dense(3) softmax";
  private static final int[] LABELS = {0, 1, 2, 0, 1, 2, 0};

  private final Network deep = Fixtures.network(DEEP, 17, 1);
  private final Tensor x = Fixtures.normal(4, 1, LABELS.length, 17);

  private static Step step(HiddenObjective objective, Network network, Tensor x) {
    return DifferentiableObjectiveTest.step(objective, network, x, LABELS);
  }

  private static HiddenObjective sign(double alpha, double epsilon, Integer... layers) {
    return new HiddenObjective(GradientStep.SIGN, alpha, epsilon, List.of(layers));
  }

  /** Kills: layers counted from another number, other masks in the second pass. */
  @Test
  void perturbingTheInputIsAdversarialTraining() {
    Step expected =
        DifferentiableObjectiveTest.step(new AdversarialObjective(0.3, 0.2), deep, x, LABELS);
    DifferentiableObjectiveTest.assertSame(expected, step(sign(0.3, 0.2, 0), deep, x), 2e-6);
  }

  /**
   * The first layer's activations, perturbed by hand: h + ε·sign(∂J/∂h), the gradient ends there.
   */
  @Test
  void aHiddenLayerIsMovedAlongItsGradient() {
    Network network = Fixtures.network("dense(6) tanh dense(3) softmax", 17, 2);
    double alpha = 0.3;
    float epsilon = 0.2f;
    Step found = step(sign(alpha, epsilon, 1), network, x);
    try (Workers workers = new Workers(1)) {
      Tape tape = new Tape(workers);
      Var[] p = new Var[4];
      for (int i = 0; i < 4; i++) {
        p[i] = tape.variable(network.parameters().get(i).value(), "p" + i);
      }
      Var h = Tanh.tanh(Dense.dense(tape.constant(x), p[0], p[1]));
      Var z = Dense.dense(h, p[2], p[3]);
      Var clean = SoftmaxCrossEntropy.softmaxCrossEntropy(z, LABELS);
      tape.backward(clean);
      Tensor g = h.gradient().value().copy();
      tape.clearGradients();
      Var moved = Add.add(h, Scale.scale(Sign.sign(tape.constant(g)), epsilon));
      Var again = SoftmaxCrossEntropy.softmaxCrossEntropy(Dense.dense(moved, p[2], p[3]), LABELS);
      Var both = Add.add(Scale.scale(clean, 0.3f), Scale.scale(again, 0.7f));
      tape.backward(both);
      double cost = 0;
      for (float c : both.data()) {
        cost += c;
      }
      assertEquals(cost, found.cost(), 1e-5);
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < p[i].value().size(); j++) {
          double expected = p[i].gradient().data()[j] / LABELS.length;
          assertEquals(expected, found.gradients().get(i)[j], 2e-6, "parameter " + i + ", " + j);
        }
      }
    }
  }

  /**
   * Each layer's step raises the cost, and all together more than one; another layer, another cost.
   */
  @Test
  void everyLayerCounts() {
    double clean = DifferentiableObjectiveTest.step(new CleanObjective(), deep, x, LABELS).cost();
    double first = step(sign(0.3, 0.05, 1), deep, x).cost();
    double last = step(sign(0.3, 0.05, 2), deep, x).cost();
    double all = step(sign(0.3, 0.05, 0, 1, 2), deep, x).cost();
    assertTrue(first > clean && last > clean && all > first && all > last);
    assertNotEquals(first, last);
    assertEquals(clean, step(sign(0.3, 0, 0, 1, 2), deep, x).cost(), 1e-5);
    assertEquals(clean, step(sign(1, 0.3, 1), deep, x).cost(), 0);
  }

  /** A rotation keeps the length of the activations: of a layer of one unit it moves nothing. */
  @Test
  void aLayerOfOneUnitCannotBeTurned() {
    Network narrow = Fixtures.network("dense(1) tanh dense(3) softmax", 17, 2);
    HiddenObjective turn = new HiddenObjective(GradientStep.ROTATION, 0.3, 0.5, List.of(1));
    double clean = DifferentiableObjectiveTest.step(new CleanObjective(), narrow, x, LABELS).cost();
    assertEquals(clean, step(turn, narrow, x).cost(), 1e-6);
    Step wide = step(turn, deep, x);
    double before = DifferentiableObjectiveTest.step(new CleanObjective(), deep, x, LABELS).cost();
    assertTrue(wide.cost() > before, wide.cost() + " " + before);
  }

  @Test
  void settingsAreNamedAndChecked() {
    assertEquals("hidden sign alpha=0.5 size=0.25 layers=[0, 2]", sign(0.5, 0.25, 0, 2).describe());
    assertThrows(InputException.class, () -> sign(0.5, 0.25));
    assertThrows(InputException.class, () -> sign(0.5, 0.25, -1));
    assertThrows(InputException.class, () -> sign(0, 0.25, 1));
    InputException e = assertThrows(InputException.class, () -> step(sign(0.5, 0.25, 3), deep, x));
    assertTrue(e.getMessage().contains("2 hidden layers"), e.getMessage());
  }
}
