package advx.peers.own;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.SignStep;
import advx.nn.Architecture;
import advx.nn.Network;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.peers.work.Inputs;
import advx.peers.work.Subject;
import advx.peers.work.Work;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The convolutional network with the common weights, and what is done with it. */
final class ConvNet {
  private static final String ARCHITECTURE =
      "image(1,28,28) conv(32,5x5,pad=same) relu maxpool(2) conv(64,5x5,pad=same) relu maxpool(2)"
          + " dense(1024) relu dense(10) softmax";
  private static final int FEATURES = Subject.Maxout.FEATURES;

  private final Network network;

  /**
   * Builds it.
   *
   * @throws UnsupportedOperationException if this build has no such layers
   */
  ConvNet() {
    try {
      network = Architecture.parse(ARCHITECTURE).network(FEATURES, 1);
    } catch (InputException e) {
      throw new UnsupportedOperationException(e.getMessage(), e);
    }
    Map<String, Tensor> weights = new HashMap<>();
    Inputs.Layer[] layers = Inputs.cnn();
    for (int i = 0; i < layers.length; i++) {
      Parameter weight = network.parameters().get(2 * i);
      Parameter bias = network.parameters().get(2 * i + 1);
      weights.put(weight.name(), Tensor.of(layers[i].weight(), weight.value().shape()));
      weights.put(bias.name(), Tensor.of(layers[i].bias(), bias.value().shape()));
    }
    network.set(weights, "The peers' inputs");
  }

  /** Forward, and backward to all parameters. */
  static final class Step implements Work {
    private final Network network = new ConvNet().network;
    private final Inputs.Images images;
    private final Tensor x;
    private final int[] samples;
    private final Pass pass;

    Step(Workers workers, Inputs.Images images) {
      this.images = images;
      x = Tensor.of(images.x(), images.size(), FEATURES);
      samples = new int[images.size()];
      pass = Pass.training(new Tape(workers), 1);
    }

    @Override
    public void call() {
      pass.start(0, samples);
      Var logits = network.forward(pass, pass.tape().constant(x));
      Var cost = network.top().loss(logits, images.labels());
      Tensor seed = pass.tape().workspace().like(cost.value()).fill(1f / images.size());
      pass.tape().backward(cost, pass.tape().constant(seed), false);
    }

    @Override
    public float[] result() {
      return Inputs.join(
          network.parameters().stream()
              .map(p -> Inputs.sample(pass.parameter(p).gradient().data()))
              .toArray(float[][]::new));
    }
  }

  /** PGD, chunk by chunk: an image's steps depend on no other, and a chunk stays in the caches. */
  static final class Attack implements Work {
    private static final int CHUNK = 100;

    private final Network network = new ConvNet().network;
    private final Inputs.Images images;
    private final float[] start;
    private final float[] made;
    private final Tape tape;
    private final Tensor x = Tensor.zeros(CHUNK, FEATURES);

    Attack(Workers workers, Inputs.Images images) {
      this.images = images;
      start = Inputs.start(images.x());
      made = new float[start.length];
      tape = new Tape(workers);
    }

    @Override
    public void call() {
      for (int from = 0; from < images.size(); from += CHUNK) {
        int[] labels = Arrays.copyOfRange(images.labels(), from, from + CHUNK);
        System.arraycopy(start, from * FEATURES, x.data(), 0, x.size());
        for (int step = 0; step < Subject.CnnPgd.STEPS; step++) {
          tape.rewind();
          Var input = tape.variable(x, "x");
          tape.backward(network.top().loss(network.logits(tape, input), labels));
          move(input.gradient().data(), from * FEATURES);
        }
        System.arraycopy(x.data(), 0, made, from * FEATURES, x.size());
      }
    }

    /** A step along the sign, within the box, then back into the ball. */
    private void move(float[] gradient, int at) {
      float[] moved = x.data();
      float[] clean = images.x();
      int n = moved.length;
      SignStep.clippedStep(moved, 0, gradient, 0, Subject.CnnPgd.STEP, 0, 1, moved, 0, n);
      for (int i = 0; i < n; i++) {
        float low = clean[at + i] - Subject.CnnPgd.EPSILON;
        float high = clean[at + i] + Subject.CnnPgd.EPSILON;
        moved[i] = Math.min(Math.max(moved[i], low), high);
      }
    }

    @Override
    public float[] result() {
      return Inputs.change(images.x(), made);
    }
  }
}
