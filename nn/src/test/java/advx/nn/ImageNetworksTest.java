package advx.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Bits;
import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks on images: their shapes, their fusion, what they keep. */
class ImageNetworksTest {
  private static final int SAMPLES = 6;
  private static final String CNN =
      "image(1,8,8) conv(6,5x5,pad=same,init=truncated:0.1,bias=0.1) relu maxpool(2)"
          + " conv(9,3,pad=same) relu maxpool(2) dense(20) relu dense(3) softmax";

  private static Tensor images(int features) {
    RandomStream random = new RandomStream(3, Purpose.TEST, 0, 0, 0);
    Tensor x = Tensor.zeros(SAMPLES, features);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = random.uniform();
    }
    return x;
  }

  private static SampleShape last(String layers, int features) {
    return Architecture.parse(layers + " softmax").network(features, 1).layers().getLast().output();
  }

  @Test
  void shapesTravel() {
    assertEquals(new SampleShape(28, 28, 1), last("image(1,28,28)", 784));
    assertEquals(new SampleShape(28, 28, 32), last("image(1,28,28) conv(32,5x5,pad=same)", 784));
    assertEquals(new SampleShape(12, 26, 4), last("image(1,28,28) conv(4,5x3,stride=2x1)", 784));
    assertEquals(new SampleShape(29, 26, 4), last("image(1,28,28) conv(4,3,pad=2:0:1:0)", 784));
    assertEquals(new SampleShape(14, 14, 3), last("image(3,28,28) maxpool(2)", 2352));
    assertEquals(new SampleShape(13, 13, 1), last("image(1,28,28) averagepool(3,stride=2)", 784));
    assertEquals(new SampleShape(14, 14, 1), last("image(1,28,28) maxpool(3,stride=2,pad=1)", 784));
    assertEquals(new SampleShape(1, 391, 8), last("conv1d(8,8,stride=4)", 1568));
    assertEquals(
        new SampleShape(1, 96, 16), last("conv1d(8,8,stride=4) relu conv1d(16,8,stride=4)", 1568));
    assertEquals(
        SampleShape.row(10), last("image(1,28,28) maxoutconv(4,2,8,pad=4) dense(10)", 784));
    // The convolutional maxout network for CIFAR-10.
    String cifar =
        "image(3,32,32) dropout(0.8,unscaled) maxoutconv(96,2,8,pad=4,limit=0.9)"
            + " maxpool(4,stride=2) maxoutconv(192,2,8,pad=3,limit=1.9365) maxpool(4,stride=2)"
            + " maxoutconv(192,2,5,pad=3,limit=1.9365) maxpool(2) maxout(500,5,limit=1.9)"
            + " dense(10)";
    Network network = Architecture.parse(cifar + " softmax").network(3072, 1);
    assertEquals(10, network.classes());
    Parameter first = network.parameters().getFirst();
    assertArrayEquals(new int[] {192, 3, 8, 8}, first.value().shape());
    assertEquals(0.9f, first.limit());
  }

  @Test
  void aSampleIsTheSameAloneAndInAnyBatch() {
    Network network = Architecture.parse(CNN).network(64, 1);
    Tensor x = images(64);
    try (Workers workers = new Workers(2)) {
      Tape tape = new Tape(workers);
      Var input = tape.variable(x, "x");
      Var logits = network.logits(tape, input);
      tape.backward(network.top().loss(logits, new int[SAMPLES]));
      for (int s = 0; s < SAMPLES; s++) {
        Tape alone = new Tape(workers);
        Tensor row = Tensor.of(Arrays.copyOfRange(x.data(), s * 64, (s + 1) * 64), 1, 64);
        Var one = alone.variable(row, "x");
        Var oneLogits = network.logits(alone, one);
        alone.backward(network.top().loss(oneLogits, new int[1]));
        Bits.assertEqualBits(
            Arrays.copyOfRange(logits.data(), s * 3, (s + 1) * 3), oneLogits.data());
        Bits.assertEqualBits(
            Arrays.copyOfRange(input.gradient().data(), s * 64, (s + 1) * 64),
            one.gradient().data());
      }
    }
  }

  /** Fusing is invisible: the same net with its layers kept apart by a factor of 1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        CNN,
        "image(1,8,8) maxoutconv(4,3,3,pad=1) maxpool(2) conv(5,3) relu maxpool(2) dense(3) softmax"
      })
  void fusedLayersComputeTheSame(String text) {
    String apart = text.replace("maxpool", "normalise(0,1) maxpool");
    Tensor x = images(64);
    Network fused = Architecture.parse(text).network(64, 1);
    Network separate = Architecture.parse(apart).network(64, 1);
    for (int i = 0; i < fused.parameters().size(); i++) {
      separate.parameters().get(i).value().set(fused.parameters().get(i).value());
    }
    try (Workers workers = new Workers(2)) {
      Run a = run(fused, x, workers);
      Run b = run(separate, x, workers);
      Bits.assertEqualBits(b.logits, a.logits);
      Bits.assertEqualBits(b.input, a.input);
      for (int i = 0; i < a.weights.size(); i++) {
        assertArrayEquals(b.weights.get(i), a.weights.get(i), 1e-5f);
      }
      assertTrue(b.operations > a.operations, "the layers apart take more operations");
    }
  }

  private record Run(float[] logits, float[] input, List<float[]> weights, int operations) {}

  private static Run run(Network network, Tensor x, Workers workers) {
    Pass pass = Pass.training(new Tape(workers), 1);
    pass.start(0, new int[SAMPLES]);
    Var input = pass.tape().variable(x, "x");
    Var logits = network.forward(pass, input);
    int operations = pass.tape().size();
    pass.tape().backward(network.top().loss(logits, new int[SAMPLES]));
    List<float[]> weights =
        network.parameters().stream().map(p -> pass.parameter(p).gradient().data()).toList();
    return new Run(logits.data(), input.gradient().data(), weights, operations);
  }

  /** An attack's pass computes no gradient of a weight. */
  @Test
  void inferenceLeavesWeightGradientsOut() {
    Network network = Architecture.parse(CNN).network(64, 1);
    try (Workers workers = new Workers(1)) {
      Tape tape = new Tape(workers);
      Var input = tape.variable(images(64), "x");
      tape.backward(network.top().loss(network.logits(tape, input), new int[SAMPLES]));
      assertTrue(tape.toString().contains("Conv2d"), tape.toString());
      assertTrue(tape.toString().contains("Conv2d.Input"), tape.toString());
      assertTrue(!tape.toString().contains("Conv2d.Weight"), tape.toString());
    }
  }

  @Test
  void batchNormKeepsItsStatisticsWithTheModel(@TempDir Path folder) {
    String text = "image(1,8,8) conv(4,3) batchnorm(keep=0.5) relu dense(3) batchnorm softmax";
    Network network = Architecture.parse(text).network(64, 1);
    String before = Trained.fingerprint(network);
    Tensor x = images(64);
    try (Workers workers = new Workers(1)) {
      Pass pass = Pass.training(new Tape(workers), 1);
      pass.start(0, new int[SAMPLES]);
      Var y = network.forward(pass, pass.tape().constant(x));
      for (int c = 0; c < 3; c++) {
        double mean = 0;
        for (int s = 0; s < SAMPLES; s++) {
          mean += y.data()[s * 3 + c] / SAMPLES;
        }
        assertEquals(0, mean, 1e-6);
      }
      assertNotEquals(before, Trained.fingerprint(network), "the running statistics moved");
      Path file = folder.resolve("model.safetensors");
      ModelFile.write(file, new Trained(network, List.of(), 0), Map.of());
      Network read = ModelFile.read(file).network();
      assertEquals(Trained.fingerprint(network), Trained.fingerprint(read));
      String kept = Trained.fingerprint(read);
      Tape tape = new Tape(workers);
      float[] batch = read.logits(tape, tape.constant(x)).data();
      Tape alone = new Tape(workers);
      Tensor first = Tensor.of(Arrays.copyOf(x.data(), 64), 1, 64);
      float[] one = read.logits(alone, alone.constant(first)).data();
      Bits.assertEqualBits(Arrays.copyOf(batch, 3), one);
      assertEquals(kept, Trained.fingerprint(read), "inference moves nothing");
    }
  }

  @Test
  void everyImageLayerLearns() {
    String text =
        "image(1,8,8) maxoutconv(4,2,3,pad=1) maxpool(2) batchnorm conv(6,3,pad=same,groups=2)"
            + " relu averagepool(2) rbf(12,init=uniform:0.5) dense(3) softmax";
    Network network = Architecture.parse(text).network(64, 1);
    Tensor x = images(64);
    int[] labels = {0, 1, 2, 0, 1, 2};
    try (Workers workers = new Workers(2)) {
      Pass pass = Pass.training(new Tape(workers), 1);
      AdamOptimiser adam = new AdamOptimiser(0.01);
      double first = 0;
      double cost = 0;
      for (int step = 0; step < 150; step++) {
        pass.start(step, new int[SAMPLES]);
        cost = new CleanObjective().gradients(network, pass, x, labels);
        adam.update(workers, network.parameters(), pass, 1, step);
        first = step == 0 ? cost : first;
      }
      assertTrue(cost < first / 10, "cost " + first + " became " + cost);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          conv(3,5) softmax | it needs an image but gets 64 numbers; put image(channels,height,width)
          maxpool(2) softmax | it needs an image but gets 64 numbers
          image(1,8,9) softmax | it reads 72 numbers as an image, but gets 64 numbers
          image(1,8,8) image(1,8,8) softmax | but gets an image of 1×8×8
          image(1,8,8) conv(3) softmax | it needs a size of its kernel
          image(1,8,8) conv(3,9) softmax | kernel 9×9 and pooling 1×1 on an image 8×8
          image(1,8,8) conv(3,5y5) softmax | its kernel '5y5' is not a whole number
          image(1,8,8) conv(3,0x5) softmax | its kernel '0x5' has to be 1 or more
          image(1,8,8) conv(3,5,stride=0) softmax | its stride '0' has to be 1 or more
          image(1,8,8) conv(3,5,pad=1:2) softmax | its pad '1:2' has 2 numbers instead of 4
          image(1,8,8) conv(3,5,pad=some) softmax | its pad 'some' is not a whole number
          image(1,8,8) conv(3,5,groups=2) softmax | in 2 groups, expected multiples of the groups
          image(1,8,8) conv(3,5,bias=much) softmax | its bias 'much' is not a number
          image(1,8,8) conv(3,5,bias=NaN) softmax | its bias has to be a finite number
          image(1,8,8) conv(3,5,rate=0) softmax | its rate has to be a number above 0
          image(1,8,8) conv(3,5,padding=1) softmax | the setting 'padding=1' is not known
          image(1,8,8) maxpool(9) softmax | window 9×9 stride 9×9 on an image 8×8
          image(1,8,8) maxpool(2,pad=2) softmax | expected borders below its size
          image(1,8,8) conv1d(3,5) softmax | it needs a line of height 1, but gets an image of 1×8×8
          image(1,8,8) batchnorm(keep=1) softmax | its keep has to lie from 0 up to below 1
          rbf(0) softmax | its number of units has to be a whole number
          """)
  void refusesInOneSentence(String text, String part) {
    InputException e =
        assertThrows(InputException.class, () -> Architecture.parse(text).network(64, 0));
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(e.getMessage().startsWith("The network '"), e.getMessage());
    assertTrue(e.getMessage().endsWith("."), e.getMessage());
  }
}
