package advx.nn;

import advx.engine.Bits;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.Lanes;
import advx.engine.kernel.SignStep;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Training steps and attack steps of networks on images. With the argument {@code bytes}: how many
 * a warm step allocates over all threads; else, for this number of threads, digests of the results.
 */
final class ImageStepsMain {
  private static final String CONVOLUTIONAL =
      "image(1,12,12) conv(20,5x5,pad=same,init=truncated:0.1,bias=0.1) relu maxpool(2)"
          + " conv(33,5x5,pad=same,init=truncated:0.1,bias=0.1) relu maxpool(2)"
          + " dense(40) relu dense(10) softmax";
  private static final String OTHERS =
      "image(1,12,12) dropout(0.8,unscaled) maxoutconv(17,2,4,pad=2,limit=0.9) maxpool(3,stride=2)"
          + " batchnorm conv(8,3,stride=2,pad=1,groups=1) leaky(0.1) averagepool(2)"
          + " rbf(20,init=uniform:0.5) dense(10) softmax";
  private static final int FEATURES = 144;
  private static final int BATCH = 7;
  private static final int STEPS = 100;
  private static final long LIMIT = 1024;
  private static final long PATIENCE = 60_000_000_000L;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Workers workers;
  private final Network network;
  private final Pass pass;
  private final Sgd sgd = new Sgd(Sgd.Schedule.constant(0.01, 0.5));
  private final CleanObjective objective = new CleanObjective();
  private final Tape tape;
  private final Tensor x = Tensor.zeros(BATCH, FEATURES);
  private final Tensor adversarial = Tensor.zeros(BATCH, FEATURES);
  private final int[] labels = new int[BATCH];
  private final int[] samples = new int[BATCH];
  private int step;

  private ImageStepsMain(Workers workers, String net) {
    this.workers = workers;
    network = Architecture.parse(net).network(FEATURES, 5);
    pass = Pass.training(new Tape(workers), 9);
    tape = new Tape(workers);
    RandomStream random = new RandomStream(4, Purpose.TEST, 0, 0, 0);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = random.uniform();
    }
    for (int i = 0; i < BATCH; i++) {
      labels[i] = 3 * i % 10;
      samples[i] = 1000 + i;
    }
    adversarial.set(x);
  }

  private double train() {
    pass.start(step, samples);
    double cost = objective.gradients(network, pass, x, labels);
    sgd.update(workers, network.parameters(), pass, 1, step++);
    return cost;
  }

  private void attack() {
    tape.rewind();
    Var input = tape.variable(adversarial, "x");
    tape.backward(network.top().loss(network.logits(tape, input), labels));
    float[] a = adversarial.data();
    SignStep.clippedStep(a, 0, input.gradient().data(), 0, 0.01f, 0, 1, a, 0, a.length);
  }

  public static void main(String[] arguments) {
    System.out.println("lanes=" + Lanes.COUNT);
    if (arguments[0].equals("bytes")) {
      try (Workers workers = new Workers(2)) {
        ImageStepsMain steps = new ImageStepsMain(workers, CONVOLUTIONAL);
        bytes("train", steps::train);
        bytes("attack", steps::attack);
        byte[][] sink = new byte[1][];
        bytes("canary", () -> sink[0] = new byte[2048]);
      }
      return;
    }
    try (Workers workers = new Workers(Integer.parseInt(arguments[0]))) {
      System.out.println("threads=" + workers.threads());
      System.out.println("convolutional=" + digest(new ImageStepsMain(workers, CONVOLUTIONAL)));
      System.out.println("others=" + digest(new ImageStepsMain(workers, OTHERS)));
    }
  }

  private static String digest(ImageStepsMain steps) {
    Bits.Digest digest = new Bits.Digest();
    for (int i = 0; i < 3; i++) {
      digest.add((float) steps.train());
      steps.attack();
    }
    steps.network.parameters().forEach(p -> digest.add(p.value().data()));
    return digest.add(steps.adversarial.data()).hex();
  }

  /** The least of several rounds, until it is below the limit: compilers allocate for a while. */
  private static void bytes(String name, Runnable run) {
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + (name.equals("canary") ? PATIENCE / 60 : PATIENCE);
    while (least >= LIMIT * STEPS && System.nanoTime() < end) {
      long before = THREADS.getTotalThreadAllocatedBytes();
      for (int i = 0; i < STEPS; i++) {
        run.run();
      }
      least = Math.min(least, THREADS.getTotalThreadAllocatedBytes() - before);
    }
    System.out.println(name + "=" + least / STEPS);
  }
}
