package advx.peers.own;

import advx.attacks.train.AdversarialObjective;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Pass;
import advx.nn.Sgd;
import advx.peers.work.Inputs;
import advx.peers.work.Subject;
import advx.peers.work.Work;
import java.util.HashMap;
import java.util.Map;

/** A training step as {@link advx.nn.Trainer} does it. */
final class MaxoutStep implements Work {
  private static final int BATCH = Subject.Maxout.BATCH;

  private final Workers workers;
  private final Subject.Maxout subject;
  private final Inputs.Images images;
  private final Network network;
  private final Pass pass;
  private final Objective objective;
  private final Sgd sgd =
      new Sgd(Sgd.Schedule.constant(Subject.Maxout.RATE, Subject.Maxout.MOMENTUM));
  private final Tensor x = Tensor.zeros(BATCH, Subject.Maxout.FEATURES);
  private final int[] labels = new int[BATCH];
  private final int[] samples = new int[BATCH];
  private int step;

  MaxoutStep(Workers workers, Subject.Maxout subject, Inputs.Images images) {
    this.workers = workers;
    this.subject = subject;
    this.images = images;
    network = Architecture.parse(architecture(subject)).network(Subject.Maxout.FEATURES, 1);
    network.set(weights(), "The peers' inputs");
    pass = Pass.training(new Tape(workers), 1);
    objective =
        subject.adversarial()
            ? new AdversarialObjective(0.5, Subject.Maxout.EPSILON)
            : new CleanObjective();
  }

  private static String architecture(Subject.Maxout s) {
    String limit = "limit=" + Subject.Maxout.LIMIT;
    String hidden = "maxout(%d,%d,%s) ".formatted(s.units(), Subject.Maxout.PIECES, limit);
    String top = "dense(" + Subject.Maxout.CLASSES + "," + limit + ") softmax";
    return s.dropout()
        ? "dropout(0.8,unscaled) " + hidden + "dropout(0.5) " + hidden + "dropout(0.5) " + top
        : hidden + hidden + top;
  }

  /** The common inputs by the names of the parameters, which alternate weight and bias. */
  private Map<String, Tensor> weights() {
    Map<String, Tensor> weights = new HashMap<>();
    Inputs.Layer[] layers = Inputs.layers(subject);
    for (int i = 0; i < layers.length; i++) {
      Inputs.Layer layer = layers[i];
      weights.put(
          network.parameters().get(2 * i).name(),
          Tensor.of(layer.weight(), layer.out(), layer.in()));
      weights.put(network.parameters().get(2 * i + 1).name(), Tensor.of(layer.bias(), layer.out()));
    }
    return weights;
  }

  @Override
  public void call() {
    int from = step * BATCH % images.size();
    int features = Subject.Maxout.FEATURES;
    System.arraycopy(images.x(), from * features, x.data(), 0, BATCH * features);
    System.arraycopy(images.labels(), from, labels, 0, BATCH);
    for (int i = 0; i < BATCH; i++) {
      samples[i] = from + i;
    }
    pass.start(step, samples);
    objective.gradients(network, pass, x, labels);
    sgd.update(workers, network.parameters(), pass, 1, step);
    step = (step + 1) % (1 << 20);
  }

  @Override
  public float[] result() {
    Inputs.Layer[] layers = Inputs.layers(subject);
    float[][] changes = new float[layers.length][];
    for (int i = 0; i < layers.length; i++) {
      changes[i] =
          Inputs.change(layers[i].weight(), network.parameters().get(2 * i).value().data());
    }
    return Inputs.join(changes);
  }
}
