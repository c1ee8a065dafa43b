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

/**
 * FGSM on softmax regression, chunk by chunk so that a chunk stays in the caches; a chunk is one
 * thread's work, on a tape of its own: samples do not depend on each other.
 */
final class SoftmaxAttack implements Work {
  private static final int CHUNK = 250;
  private static final int FEATURES = Subject.Maxout.FEATURES;

  private final Inputs.Images images;
  private final Network network;
  private final Workers workers;
  private final Lane[] lanes;
  private final float[] made;

  /** What one thread works with. */
  private record Lane(Tape tape, Tensor x, int[] labels) {
    Lane() {
      this(new Tape(new Workers(1)), Tensor.zeros(CHUNK, FEATURES), new int[CHUNK]);
    }
  }

  SoftmaxAttack(Workers workers, Inputs.Images images) {
    this.images = images;
    network = Architecture.parse("dense(10) softmax").network(FEATURES, 1);
    Inputs.Layer layer = Inputs.softmax();
    network.set(
        Map.of(
            network.parameters().get(0).name(), Tensor.of(layer.weight(), layer.out(), FEATURES),
            network.parameters().get(1).name(), Tensor.of(layer.bias(), layer.out())),
        "The peers' inputs");
    this.workers = workers;
    lanes = new Lane[workers.threads()];
    Arrays.setAll(lanes, i -> new Lane());
    made = new float[images.x().length];
  }

  @Override
  public void call() {
    workers.run(images.size() / CHUNK, this::chunk);
  }

  private void chunk(int piece, int worker) {
    Lane own = lanes[worker];
    int from = piece * CHUNK;
    System.arraycopy(images.x(), from * FEATURES, own.x.data(), 0, CHUNK * FEATURES);
    System.arraycopy(images.labels(), from, own.labels, 0, CHUNK);
    own.tape.rewind();
    Var input = own.tape.variable(own.x, "x");
    own.tape.backward(network.top().loss(network.logits(own.tape, input), own.labels));
    SignStep.step(
        own.x.data(),
        0,
        input.gradient().data(),
        0,
        Subject.Maxout.EPSILON,
        made,
        from * FEATURES,
        CHUNK * FEATURES);
  }

  @Override
  public float[] result() {
    return Inputs.change(images.x(), made);
  }
}
