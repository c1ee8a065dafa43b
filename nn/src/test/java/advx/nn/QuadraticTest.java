package advx.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.nn.data.Dataset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Radial basis functions as a classifier: quadratic forms below, bells on top. */
class QuadraticTest {
  private static final int D = 33;
  private static final List<String> FORMS =
      List.of(
          "quadratic(4,init=uniform:0.5,scale=0.2)",
          "quadratic(4,round,init=uniform:0.5,scale=0.2)",
          "quadratic(4,rank=3,init=normal:0.1,bias=0.2)");
  private static final List<String> TOPS = List.of("bells", "squaredbells", "rivalbells");

  private final Workers workers = new Workers(1);
  private final Dataset data = Blobs.of(40, D, 4, 0);

  /** −(x − μ)ᵀB(x − μ) of one unit, in double, from the layer's definition. */
  private static double logit(Network network, float[] x, int unit) {
    float[] w = network.parameters().get(0).value().data();
    Tensor second = network.parameters().get(1).value();
    int rank = second.rank() == 1 && second.size() > 4 ? second.size() / 4 : 0;
    double sum = 0;
    for (int k = 0; k < rank; k++) {
      int row = unit * rank + k;
      double a = second.data()[row];
      for (int i = 0; i < D; i++) {
        a += (double) w[row * D + i] * x[i];
      }
      sum += a * a;
    }
    for (int i = 0; i < D && rank == 0; i++) {
      double s = second.data()[second.rank() == 1 ? unit : unit * D + i];
      double t = s * (x[i] - (double) w[unit * D + i]);
      sum += t * t;
    }
    return -sum;
  }

  private static double loss(String top, double[] z, int label) {
    double sum = 0;
    for (int c = 0; c < z.length; c++) {
      double p = StrictMath.exp(z[c]);
      sum +=
          switch (top) {
            case "bells" -> c == label ? -z[c] : -StrictMath.log1p(-p);
            case "squaredbells" -> (p - (c == label ? 1 : 0)) * (p - (c == label ? 1 : 0));
            default -> p;
          };
    }
    return top.equals("rivalbells") ? StrictMath.log(sum) - z[label] : sum;
  }

  private static double loss(Network network, float[] x, int label) {
    double[] z = new double[4];
    for (int c = 0; c < 4; c++) {
      z[c] = logit(network, x, c);
    }
    return loss(network.top().word(), z, label);
  }

  /** Values, and gradients along the image, of every form under every top. */
  @Test
  void areThoseOfTheFormula() {
    for (String form : FORMS) {
      for (String top : TOPS) {
        Network network = Architecture.parse(form + " " + top).network(D, 3);
        Tensor x = data.images(0, 5);
        int[] labels = {0, 1, 2, 3, 1};
        Tape tape = new Tape(workers);
        Var input = tape.variable(x, "x");
        Var z = network.logits(tape, input);
        Var cost = network.top().loss(z, labels);
        tape.backward(cost);
        for (int s = 0; s < 5; s++) {
          float[] image = data.images(s, s + 1).data();
          for (int c = 0; c < 4; c++) {
            double expected = logit(network, image, c);
            assertEquals(expected, z.data()[s * 4 + c], 1e-5 * (1 - expected), form);
            double p = network.top().probability(z.data(), s * 4, 4, c);
            assertEquals(StrictMath.exp(expected), p, 1e-5, "no softmax");
          }
          double right = loss(network, image, labels[s]);
          assertEquals(right, cost.data()[s], 2e-5 * (1 + right), form + " " + top);
          slope(network, image, labels[s], input.gradient().data(), s);
        }
      }
    }
  }

  private static void slope(Network network, float[] image, int label, float[] gradient, int s) {
    double product = 0;
    float[] after = image.clone();
    float[] before = image.clone();
    for (int i = 0; i < D; i++) {
      float v = (i * 7 % 5 - 2) / 256f;
      after[i] += v;
      before[i] -= v;
      product += (double) (after[i] - before[i]) / 2 * gradient[s * D + i];
    }
    double slope = (loss(network, after, label) - loss(network, before, label)) / 2;
    assertEquals(
        slope, product, 2e-3 * (0.01 + Math.abs(slope)), network.architecture().toString());
  }

  /** A bell that no float can hold still ranks its class and has a gradient. */
  @Test
  void farFromEveryCentreNothingSaturates() {
    Network network = Architecture.parse("quadratic(4,scale=30) bells").network(D, 3);
    Tape tape = new Tape(workers);
    Var input = tape.variable(data.images(0, 1), "x");
    Var z = network.logits(tape, input);
    Var cost = network.top().loss(z, new int[] {0});
    tape.backward(cost);
    assertTrue(z.data()[0] < -200 && Float.isFinite(cost.data()[0]));
    assertTrue(Math.abs(input.gradient().data()[5]) > 1);
    assertEquals(0, network.top().probability(z.data(), 0, 4, 0), 1e-80);
  }

  /** On another class's centre the cost is large but finite. */
  @Test
  void onAWrongCentreTheCostIsFinite() {
    Network network = Architecture.parse("quadratic(4,round,init=zero) bells").network(D, 3);
    Tape tape = new Tape(workers);
    Var z = network.logits(tape, tape.constant(Tensor.zeros(1, D)));
    float cost = network.top().loss(z, new int[] {0}).data()[0];
    assertEquals(3 * StrictMath.log(1e4), cost, 0.01);
  }

  @Test
  void beginsAtTheClassMeans() {
    Dataset validation = Blobs.of(80, D, 4, 1);
    for (String form : FORMS) {
      Network start =
          ClassMeans.set(Architecture.parse(form + " squaredbells").network(D, 1), data);
      Tensor means = Tensor.zeros(4, D);
      for (int s = 0; s < 40; s++) {
        for (int i = 0; i < D; i++) {
          means.data()[data.label(s) * D + i] += data.images(s, s + 1).data()[i] / 10;
        }
      }
      Tape tape = new Tape(workers);
      float[] z = start.logits(tape, tape.constant(means)).data();
      for (int c = 0; c < 4; c++) {
        assertEquals(0, z[c * 5], 1e-6, form + ": a centre's own logit");
      }
      int errors = Predictions.of(start, validation, workers).errors(validation);
      assertTrue(errors <= 8, form + ": " + errors + " of 80 wrong, 60 by chance");
    }
  }

  @Test
  void refusesInOneSentence() {
    for (String bad : List.of("quadratic(4,rank=2,round)", "quadratic(4,rank=2,scale=1)")) {
      InputException e =
          assertThrows(
              InputException.class, () -> Architecture.parse(bad + " bells").network(D, 1));
      assertTrue(e.getMessage().contains("rank"), e.getMessage());
    }
    Network dense = Architecture.parse("dense(4) softmax").network(D, 1);
    assertThrows(InputException.class, () -> ClassMeans.set(dense, data));
  }
}
