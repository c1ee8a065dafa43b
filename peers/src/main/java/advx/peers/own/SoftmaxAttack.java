package advx.peers.own;

import advx.attacks.AttackRun;
import advx.attacks.Fgsm;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Architecture;
import advx.nn.Network;
import advx.peers.work.Inputs;
import advx.peers.work.Subject;
import advx.peers.work.Work;
import java.util.Arrays;
import java.util.Map;

/** FGSM on softmax regression, as anybody calls it. */
final class SoftmaxAttack implements Work {
  private static final int FEATURES = Subject.Maxout.FEATURES;

  private final Inputs.Images images;
  private final AttackRun run;
  private final Tensor x;
  private final Tensor made;
  private final int[] samples;

  SoftmaxAttack(Workers workers, Inputs.Images images) {
    this.images = images;
    Network network = Architecture.parse("dense(10) softmax").network(FEATURES, 1);
    Inputs.Layer layer = Inputs.softmax();
    network.set(
        Map.of(
            network.parameters().get(0).name(), Tensor.of(layer.weight(), layer.out(), FEATURES),
            network.parameters().get(1).name(), Tensor.of(layer.bias(), layer.out())),
        "The peers' inputs");
    run = AttackRun.of(network, workers);
    x = Tensor.of(images.x(), images.size(), FEATURES);
    made = Tensor.zeros(images.size(), FEATURES);
    samples = new int[images.size()];
    Arrays.setAll(samples, i -> i);
  }

  @Override
  public void call() {
    run.perturb(Fgsm.paper(Subject.Maxout.EPSILON), x, images.labels(), samples, made);
  }

  @Override
  public float[] result() {
    return Inputs.change(images.x(), made.data());
  }
}
