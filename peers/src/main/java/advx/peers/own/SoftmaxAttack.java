package advx.peers.own;

import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.SignStep;
import advx.nn.Architecture;
import advx.nn.Network;
import advx.peers.work.Inputs;
import advx.peers.work.Subject;
import advx.peers.work.Work;
import java.util.Arrays;
import java.util.Map;

/** FGSM on softmax regression, chunk by chunk so that a chunk stays in the caches. */
final class SoftmaxAttack implements Work {
  private static final int CHUNK = 250;
  private static final int FEATURES = Subject.Maxout.FEATURES;

  private final Inputs.Images images;
  private final Network network;
  private final Tape tape;
  private final Tensor x = Tensor.zeros(CHUNK, FEATURES);
  private final float[] made;

  SoftmaxAttack(Workers workers, Inputs.Images images) {
    this.images = images;
    network = Architecture.parse("dense(10) softmax").network(FEATURES, 1);
    Inputs.Layer layer = Inputs.softmax();
    network.set(
        Map.of(
            network.parameters().get(0).name(), Tensor.of(layer.weight(), layer.out(), FEATURES),
            network.parameters().get(1).name(), Tensor.of(layer.bias(), layer.out())),
        "The peers' inputs");
    tape = new Tape(workers);
    made = new float[images.x().length];
  }

  @Override
  public void call() {
    for (int from = 0; from < images.size(); from += CHUNK) {
      System.arraycopy(images.x(), from * FEATURES, x.data(), 0, CHUNK * FEATURES);
      int[] labels = Arrays.copyOfRange(images.labels(), from, from + CHUNK);
      tape.rewind();
      Var input = tape.variable(x, "x");
      tape.backward(network.top().loss(network.logits(tape, input), labels));
      SignStep.step(
          x.data(),
          0,
          input.gradient().data(),
          0,
          Subject.Maxout.EPSILON,
          made,
          from * FEATURES,
          CHUNK * FEATURES);
    }
  }

  @Override
  public float[] result() {
    return Inputs.change(images.x(), made);
  }
}
