package advx.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Residual units and standardised images against plain formulas in double, and wide networks. */
class ResidualTest {
  private static final double STEP = 1e-4;
  private static final int SAMPLES = 3;
  private static final int SIDE = 4;
  private static final int CHANNELS = 2;
  private static final int UNITS = 4;

  private final RandomStream random = new RandomStream(21, Purpose.TEST, 0, 0, 0);

  private double[] normals(int n) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.normal();
    }
    return x;
  }

  private static Tensor tensor(double[] x, int... shape) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < x.length; i++) {
      t.data()[i] = (float) x[i];
    }
    return t;
  }

  private static double[] along(double[] x, double[] v, double t) {
    double[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] += t * v[i];
    }
    return y;
  }

  private static double dot(double[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** ⟨v, Jᵀg⟩ and ⟨w, ∇⟨u, Jᵀg⟩⟩ of y against differences of ⟨g, f⟩ in double. */
  private void derivatives(Var x, Var y, double[] at, double[] g, ToDoubleFunction<double[]> f) {
    Tape tape = y.tape();
    double[] u = normals(at.length);
    double[] w = normals(at.length);
    tape.backward(y, tape.constant(tensor(g, y.value().shape())), true);
    Var dx = x.gradient();
    double slope =
        (f.applyAsDouble(along(at, u, STEP)) - f.applyAsDouble(along(at, u, -STEP))) / (2 * STEP);
    assertEquals(slope, dot(u, dx.data()), 2e-4 * (1 + Math.abs(slope)));
    tape.clearGradients();
    tape.backward(dx, tape.constant(tensor(u, dx.value().shape())), false);
    double bend =
        (f.applyAsDouble(along(along(at, u, STEP), w, STEP))
                - f.applyAsDouble(along(along(at, u, STEP), w, -STEP))
                - f.applyAsDouble(along(along(at, u, -STEP), w, STEP))
                + f.applyAsDouble(along(along(at, u, -STEP), w, -STEP)))
            / (4 * STEP * STEP);
    assertEquals(bend, dot(w, x.gradient().data()), 2e-3 * (1 + Math.abs(bend)));
  }

  @ParameterizedTest
  @CsvSource({"1,false", "2,false", "1,true", "2,true"})
  void aUnitIsItsFormula(int stride, boolean shared) {
    String words =
        "residual(%d,stride=%d%s,init=normal:0.3)"
            .formatted(UNITS, stride, shared ? ",shared" : "");
    Network network = Architecture.parse("image(2,4,4) " + words + " softmax").network(32, 5);
    double[] w1 = doubles(network, "layer1.conv1.weight");
    double[] w2 = doubles(network, "layer1.conv2.weight");
    double[] at = normals(SAMPLES * SIDE * SIDE * CHANNELS);
    Tape tape = new Tape(new Workers(1));
    Pass pass = Pass.training(tape, 1);
    pass.start(0, new int[SAMPLES]);
    Var x = tape.variable(tensor(at, SAMPLES, SIDE, SIDE, CHANNELS), "x");
    Var y = network.layers().get(1).forward(pass, x);
    double[] expected = formula(at, w1, w2, stride, shared);
    assertEquals(expected.length, y.value().size());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], y.data()[i], 2e-5 * (1 + Math.abs(expected[i])));
    }
    double[] g = normals(expected.length);
    derivatives(x, y, at, g, v -> dot(g, formula(v, w1, w2, stride, shared)));
  }

  private static double[] formula(
      double[] x, double[] w1, double[] w2, int stride, boolean shared) {
    var images = new PlainResidual.Images(x, SAMPLES, SIDE, CHANNELS);
    return PlainResidual.unit(images, w1, w2, UNITS, stride, shared).x();
  }

  private static double[] doubles(Network network, String name) {
    for (Parameter p : network.parameters()) {
      if (p.name().equals(name)) {
        double[] x = new double[p.value().size()];
        for (int i = 0; i < x.length; i++) {
          x[i] = p.value().data()[i];
        }
        return x;
      }
    }
    throw new AssertionError("no parameter " + name);
  }

  /** Contrasty images, and one so flat that the bound 1/√n holds. */
  @ParameterizedTest
  @ValueSource(doubles = {40, 0.05})
  void standardisedImagesAreTheirFormula(double scale) {
    int n = 12;
    Network network = Architecture.parse("standardise dense(3) softmax").network(n, 1);
    double[] at = normals(2 * n);
    for (int i = 0; i < at.length; i++) {
      at[i] = 100 + scale * at[i];
    }
    Tape tape = new Tape(new Workers(1));
    Pass pass = Pass.inference(tape);
    Var x = tape.variable(tensor(at, 2, n), "x");
    Var y = network.layers().getFirst().forward(pass, x);
    double[] exact = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      exact[i] = (float) at[i];
    }
    double[] expected = standardised(exact, n);
    for (int i = 0; i < at.length; i++) {
      assertEquals(expected[i], y.data()[i], 2e-4);
    }
    double[] g = normals(at.length);
    derivatives(x, y, exact, g, v -> dot(g, standardised(v, n)));
  }

  private static double[] standardised(double[] x, int n) {
    double[] y = new double[x.length];
    for (int row = 0; row < x.length; row += n) {
      double mean = 0;
      double square = 0;
      for (int i = row; i < row + n; i++) {
        mean += x[i] / n;
      }
      for (int i = row; i < row + n; i++) {
        square += (x[i] - mean) * (x[i] - mean) / n;
      }
      for (int i = row; i < row + n; i++) {
        y[i] = (x[i] - mean) / Math.max(Math.sqrt(square), 1 / Math.sqrt(n));
      }
    }
    return y;
  }

  @Test
  void anImageOfOneColourBecomesZero() {
    Network network = Architecture.parse("standardise dense(3) softmax").network(12, 1);
    Tape tape = new Tape(new Workers(1));
    Var x = tape.variable(Tensor.zeros(1, 12).fill(0.25f), "x");
    Var y = network.layers().getFirst().forward(Pass.inference(tape), x);
    for (float v : y.data()) {
      assertEquals(0, v);
    }
    tape.backward(network.top().loss(network.logits(tape, x), new int[1]));
    for (float v : x.gradient().data()) {
      assertTrue(Float.isFinite(v), "gradient " + v);
    }
  }

  @Test
  void widthTenDepthThirtyTwoIsThePublishedNetwork() {
    Network network = WideResNet.named("w32-10").orElseThrow().architecture().network(3072, 1);
    // 3·(5·2)+2 layers with weights; counted by hand from the published filters 16, 160, 320, 640.
    long convolutions = 27 * 16 + 9L * 16 * 160 + 9L * 160 * 160 * 9;
    convolutions += 9L * 160 * 320 + 9L * 320 * 320 * 9 + 9L * 320 * 640 + 9L * 640 * 640 * 9;
    long norms = 4 * (16 + 160 * 9 + 160 + 320 * 9 + 320 + 640 * 9 + 640);
    assertEquals(convolutions + norms + 6410, network.size());
    assertEquals(10, network.classes());
    assertEquals("w32-10", new WideResNet(32, 10).toString());
    assertTrue(WideResNet.named("dense(10) softmax").isEmpty());
    assertThrows(InputException.class, () -> WideResNet.named("w28-10"));
    assertThrows(InputException.class, () -> new WideResNet(14, 0));
  }

  @Test
  void aWideNetworkLearnsAndIsKeptWithItsStatistics(@TempDir Path folder) {
    Network network = new WideResNet(8, 1).architecture(8).network(192, 1);
    double[] pixels = normals(6 * 192);
    Tensor x = tensor(pixels, 6, 192);
    int[] labels = {0, 1, 2, 3, 4, 5};
    try (Workers workers = new Workers(2)) {
      Pass pass = Pass.training(new Tape(workers), 1);
      Sgd sgd = new Sgd(Sgd.Schedule.constant(0.05, 0.9));
      Objective objective = new WeightDecayObjective(new CleanObjective(), 2e-4);
      double first = 0;
      double cost = 0;
      for (int step = 0; step < 40; step++) {
        pass.start(step, labels);
        cost = objective.gradients(network, pass, x, labels);
        sgd.update(workers, network.parameters(), pass, 1, step);
        first = step == 0 ? cost : first;
      }
      assertTrue(cost < first / 4, "cost " + first + " became " + cost);
      Path file = folder.resolve("w8-1.safetensors");
      ModelFile.write(file, new Trained(network, List.of(), 0), Map.of());
      Network read = ModelFile.read(file).network();
      assertEquals(Trained.fingerprint(network), Trained.fingerprint(read));
      Tape tape = new Tape(workers);
      Tape other = new Tape(workers);
      float[] kept = network.logits(tape, tape.constant(x)).data();
      advx.engine.Bits.assertEqualBits(kept, read.logits(other, other.constant(x)).data());
    }
  }

  /** A crafting pass sees the batch as the training pass does, and leaves everything as it is. */
  @Test
  void craftingSeesTheTrainingNetworkAndMovesNothing() {
    Network network =
        Architecture.parse("dropout(0.5) dense(6) batchnorm relu dense(3) softmax").network(8, 1);
    Tensor x = tensor(normals(5 * 8), 5, 8);
    Pass pass = Pass.training(new Tape(new Workers(1)), 4);
    pass.start(7, new int[] {3, 1, 4, 1, 5});
    String before = Trained.fingerprint(network);
    Pass crafting = pass.crafting();
    Var made = network.forward(crafting, crafting.tape().variable(x, "x"));
    assertEquals(before, Trained.fingerprint(network));
    float[] seen = made.data().clone();
    crafting.tape().backward(network.top().loss(made, new int[5]));
    assertTrue(!crafting.tape().toString().contains("layer1.weight"), crafting.tape().toString());
    float[] trained = network.forward(pass, pass.tape().constant(x)).data();
    advx.engine.Bits.assertEqualBits(trained, seen);
    assertTrue(!before.equals(Trained.fingerprint(network)), "the training pass moves them");
  }

  @Test
  void numbersLaidAsideComeBackBehind() {
    Network network =
        Architecture.parse("aside(2) dense(4) join(2) dense(3) softmax").network(6, 1);
    float[] joint = network.parameters().get(2).value().data();
    Tape tape = new Tape(new Workers(1));
    Var x = tape.variable(tensor(normals(12), 2, 6), "x");
    Var z = network.logits(tape, x);
    float[] w = network.parameters().getFirst().value().data();
    for (int row = 0; row < 2; row++) {
      for (int c = 0; c < 3; c++) {
        double sum = 0;
        for (int u = 0; u < 4; u++) {
          double unit = 0;
          for (int i = 0; i < 4; i++) {
            unit += w[u * 4 + i] * x.data()[row * 6 + i];
          }
          sum += joint[c * 6 + u] * unit;
        }
        sum += joint[c * 6 + 4] * x.data()[row * 6 + 4] + joint[c * 6 + 5] * x.data()[row * 6 + 5];
        assertEquals(sum, z.data()[row * 3 + c], 1e-5);
      }
    }
    tape.backward(z);
    double direct = joint[4] + joint[10] + joint[16];
    assertEquals(direct, x.gradient().data()[4], 1e-5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aside(2) dense(3) softmax | has no join of as many numbers after it
          dense(4) join(2) dense(3) softmax | has no aside of as many numbers before it
          aside(2) dense(3) join(3) softmax | has no aside of as many numbers before it
          aside(64) dense(3) join(64) softmax | lays 64 numbers of a row aside
          residual(4) softmax | it needs an image but gets 64 numbers
          image(4,4,4) residual(3) softmax | it needs as many units as it gets channels
          image(1,8,8) residual(4,stride=3) softmax | its stride has to divide height and width
          image(1,8,8) residual(4,slope=1) softmax | its slope has to lie from 0
          image(1,8,8) residual(4,epsilon=0) softmax | its epsilon has to lie above 0
          image(1,8,8) conv(4,3,unbiased,bias=1) softmax | unbiased, it has no bias
          standardise(1) softmax | it takes no settings
          """)
  void refusesInOneSentence(String text, String part) {
    InputException e =
        assertThrows(InputException.class, () -> Architecture.parse(text).network(64, 0));
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(e.getMessage().endsWith("."), e.getMessage());
  }
}
