package advx.peers.tensorflow;

import advx.peers.work.Inputs;
import advx.peers.work.Peer;
import advx.peers.work.Setup;
import advx.peers.work.Subject;
import advx.peers.work.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.MaxPool;
import org.tensorflow.op.nn.SoftmaxCrossEntropyWithLogits;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** TensorFlow: each subject a graph that a session runs; gradients by its own rules. */
public final class TensorFlow implements Peer {
  private final Setup setup;

  public TensorFlow(Setup setup) {
    this.setup = setup;
  }

  @Override
  public Map<String, String> describe() {
    return Map.of(
        "version", org.tensorflow.TensorFlow.version(),
        "threads", "intra-op and inter-op " + setup.threads(),
        "TF_ENABLE_ONEDNN_OPTS", System.getenv("TF_ENABLE_ONEDNN_OPTS"));
  }

  @Override
  public Work work(Subject subject) {
    return switch (subject) {
      case Subject.Sgemm s -> new Product(s, setup.threads());
      case Subject.Maxout s -> new MaxoutStep(s, Inputs.images(s, setup.digits()), setup.threads());
      case Subject.SoftmaxFgsm s -> new SoftmaxAttack(Inputs.dense(s.samples()), setup.threads());
      case Subject.CnnStep s -> new CnnStep(Inputs.dense(s.batch()), setup.threads());
      case Subject.CnnPgd s -> new CnnAttack(Inputs.dense(s.samples()), setup.threads());
    };
  }

  private static TFloat32 tensor(float[] x, long... shape) {
    return TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(x));
  }

  private static float[] numbers(TFloat32 t) {
    float[] x = new float[(int) t.size()];
    t.asRawTensor().data().asFloats().read(x);
    return x;
  }

  /** Rows of one-hot labels. */
  private static float[] oneHot(int[] labels) {
    float[] rows = new float[labels.length * Subject.Maxout.CLASSES];
    for (int i = 0; i < labels.length; i++) {
      rows[i * Subject.Maxout.CLASSES + labels[i]] = 1;
    }
    return rows;
  }

  /** A graph under construction, then a session on it. */
  private abstract static class GraphWork implements Work {
    final Graph graph = new Graph();
    final Ops tf = Ops.create(graph);
    final Session session;
    private final List<Op> starts = new ArrayList<>();
    private final List<Placeholder<TFloat32>> initials = new ArrayList<>();
    private final List<TFloat32> values = new ArrayList<>();

    GraphWork(int threads) {
      session =
          new Session(
              graph,
              ConfigProto.newBuilder()
                  .setIntraOpParallelismThreads(threads)
                  .setInterOpParallelismThreads(threads)
                  .build());
    }

    /** A variable with a first value; {@link #start} gives it. */
    Variable<TFloat32> variable(float[] x, long... shape) {
      Placeholder<TFloat32> initial =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
      Variable<TFloat32> variable = tf.variable(Shape.of(shape), TFloat32.class);
      starts.add(tf.assign(variable, initial));
      initials.add(initial);
      values.add(tensor(x, shape));
      return variable;
    }

    final void start() {
      Session.Runner runner = session.runner();
      for (int i = 0; i < values.size(); i++) {
        runner.feed(initials.get(i), values.get(i)).addTarget(starts.get(i));
      }
      runner.run().close();
      values.forEach(TFloat32::close);
    }

    float[] fetch(Operand<TFloat32> wanted) {
      try (Result result = session.runner().fetch(wanted).run()) {
        return numbers((TFloat32) result.get(0));
      }
    }

    Operand<TFloat32> number(float x) {
      return tf.constant(x);
    }

    /** x·Wᵀ + b. */
    Operand<TFloat32> dense(Operand<TFloat32> x, Operand<TFloat32> w, Operand<TFloat32> b) {
      return tf.nn.biasAdd(tf.linalg.matMul(x, w, MatMul.transposeB(true)), b);
    }

    Operand<TFloat32> meanCost(Operand<TFloat32> logits, Operand<TFloat32> targets) {
      return tf.math.mean(
          tf.nn.softmaxCrossEntropyWithLogits(logits, targets).loss(), tf.constant(0));
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  private static final class Product extends GraphWork {
    private final Operand<TFloat32> c;

    Product(Subject.Sgemm s, int threads) {
      super(threads);
      Variable<TFloat32> a = variable(Inputs.a(s), s.transA() ? s.k() : s.m(), s.lda());
      Variable<TFloat32> b = variable(Inputs.b(s), s.transB() ? s.n() : s.k(), s.ldb());
      c = tf.linalg.matMul(a, b, MatMul.transposeA(s.transA()), MatMul.transposeB(s.transB()));
      start();
    }

    @Override
    public void call() {
      session.runner().addTarget(c).run().close();
    }

    @Override
    public float[] result() {
      return Inputs.sample(fetch(c));
    }
  }

  private static final class MaxoutStep extends GraphWork {
    private static final int BATCH = Subject.Maxout.BATCH;

    private final Subject.Maxout s;
    private final List<Variable<TFloat32>> parameters = new ArrayList<>();
    private final Placeholder<TFloat32> x;
    private final Placeholder<TFloat32> y;
    private final List<Op> updates = new ArrayList<>();
    private final List<TFloat32> inputs = new ArrayList<>();
    private final List<TFloat32> targets = new ArrayList<>();
    private int step;

    MaxoutStep(Subject.Maxout s, Inputs.Images images, int threads) {
      super(threads);
      this.s = s;
      int features = Subject.Maxout.FEATURES;
      float[] hot = oneHot(images.labels());
      int classes = Subject.Maxout.CLASSES;
      for (int from = 0; from < images.size(); from += BATCH) {
        inputs.add(
            tensor(
                Arrays.copyOfRange(images.x(), from * features, (from + BATCH) * features),
                BATCH,
                features));
        targets.add(
            tensor(
                Arrays.copyOfRange(hot, from * classes, (from + BATCH) * classes), BATCH, classes));
      }
      Inputs.Layer[] layers = Inputs.layers(s);
      for (int i = 0; i < layers.length; i++) {
        Inputs.Layer layer = layers[i];
        boolean turned = i < layers.length - 1;
        parameters.add(
            variable(
                turned ? pieces(layer.weight(), layer.in(), true) : layer.weight(),
                layer.out(),
                layer.in()));
        parameters.add(
            variable(turned ? pieces(layer.bias(), 1, true) : layer.bias(), layer.out()));
      }
      x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(BATCH, features)));
      y = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(BATCH, classes)));
      build();
      start();
    }

    /** Rows from the order unit, piece to piece, unit, in which its maximum is faster; or back. */
    private float[] pieces(float[] w, int in, boolean there) {
      float[] turned = new float[w.length];
      int pieces = Subject.Maxout.PIECES;
      for (int unit = 0; unit < s.units(); unit++) {
        for (int piece = 0; piece < pieces; piece++) {
          int ours = (unit * pieces + piece) * in;
          int theirs = (piece * s.units() + unit) * in;
          System.arraycopy(w, there ? ours : theirs, turned, there ? theirs : ours, in);
        }
      }
      return turned;
    }

    private Operand<TFloat32> mask(long columns, float keep, boolean scaled) {
      if (!s.dropout()) {
        return null;
      }
      Operand<TFloat32> drawn =
          tf.random.randomUniform(
              tf.constant(new int[] {BATCH, (int) columns}),
              TFloat32.class,
              RandomUniform.seed(columns));
      Operand<TFloat32> mask = tf.dtypes.cast(tf.math.less(drawn, number(keep)), TFloat32.class);
      return scaled ? tf.math.mul(mask, number(1 / keep)) : mask;
    }

    private Operand<TFloat32> drop(Operand<TFloat32> t, Operand<TFloat32> mask) {
      return mask == null ? t : tf.math.mul(t, mask);
    }

    private Operand<TFloat32> maxout(Operand<TFloat32> t, int i) {
      Operand<TFloat32> pieces =
          tf.reshape(
              dense(t, parameters.get(2 * i), parameters.get(2 * i + 1)),
              tf.constant(new int[] {BATCH, Subject.Maxout.PIECES, s.units()}));
      return tf.reduceMax(pieces, tf.constant(1), ReduceMax.keepDims(false));
    }

    private Operand<TFloat32> cost(Operand<TFloat32> input, List<Operand<TFloat32>> masks) {
      Operand<TFloat32> h = maxout(drop(input, masks.get(0)), 0);
      h = maxout(drop(h, masks.get(1)), 1);
      return meanCost(dense(drop(h, masks.get(2)), parameters.get(4), parameters.get(5)), y);
    }

    private void build() {
      List<Operand<TFloat32>> masks =
          Arrays.asList(
              mask(Subject.Maxout.FEATURES, 0.8f, false),
              mask(s.units(), 0.5f, true),
              mask(s.units(), 0.5f, true));
      List<Operand<TFloat32>> gradients = new ArrayList<>();
      if (s.adversarial()) {
        List<Operand<?>> wanted = new ArrayList<>(parameters);
        wanted.add(x);
        Gradients clean = tf.gradients(tf.math.mul(cost(x, masks), number(0.5f)), wanted);
        Operand<TFloat32> sign = tf.math.sign(clean.<TFloat32>dy(parameters.size()));
        Operand<TFloat32> moved =
            tf.stopGradient(tf.math.add(x, tf.math.mul(sign, number(Subject.Maxout.EPSILON))));
        Gradients perturbed =
            tf.gradients(tf.math.mul(cost(moved, masks), number(0.5f)), parameters);
        for (int i = 0; i < parameters.size(); i++) {
          gradients.add(tf.math.add(clean.<TFloat32>dy(i), perturbed.<TFloat32>dy(i)));
        }
      } else {
        Gradients clean = tf.gradients(cost(x, masks), parameters);
        for (int i = 0; i < parameters.size(); i++) {
          gradients.add(clean.<TFloat32>dy(i));
        }
      }
      for (int i = 0; i < parameters.size(); i++) {
        update(parameters.get(i), gradients.get(i), i % 2 == 0);
      }
    }

    /** The velocity is kept without its factor −rate, as TensorFlow does. */
    private void update(Variable<TFloat32> w, Operand<TFloat32> gradient, boolean limited) {
      Shape shape = w.shape();
      Variable<TFloat32> velocity = variable(new float[(int) shape.size()], shape.asArray());
      Operand<TFloat32> updated =
          tf.train.applyMomentum(
              w, velocity, number(Subject.Maxout.RATE), gradient, number(Subject.Maxout.MOMENTUM));
      if (!limited) {
        updates.add((Op) updated);
        return;
      }
      Operand<TFloat32> squares =
          tf.reduceSum(tf.math.square(updated), tf.constant(1), ReduceSum.keepDims(true));
      Operand<TFloat32> scale =
          tf.math.minimum(
              tf.math.mul(tf.math.rsqrt(squares), number(Subject.Maxout.LIMIT)), number(1));
      updates.add(tf.assign(w, tf.math.mul(updated, scale)));
    }

    @Override
    public void call() {
      int at = step % inputs.size();
      step = (step + 1) % (1 << 20);
      Session.Runner runner = session.runner().feed(x, inputs.get(at)).feed(y, targets.get(at));
      updates.forEach(runner::addTarget);
      runner.run().close();
    }

    @Override
    public float[] result() {
      Inputs.Layer[] layers = Inputs.layers(s);
      float[][] changes = new float[layers.length][];
      for (int i = 0; i < layers.length; i++) {
        float[] w = fetch(parameters.get(2 * i));
        boolean turned = i < layers.length - 1;
        changes[i] =
            Inputs.change(layers[i].weight(), turned ? pieces(w, layers[i].in(), false) : w);
      }
      return Inputs.join(changes);
    }

    @Override
    public void close() {
      super.close();
      inputs.forEach(TFloat32::close);
      targets.forEach(TFloat32::close);
    }
  }

  /** The gradient by hand: the operation gives p − onehot beside the cost. */
  private static final class SoftmaxAttack extends GraphWork {
    private final float[] before;
    private final Operand<TFloat32> made;

    SoftmaxAttack(Inputs.Images images, int threads) {
      super(threads);
      before = images.x();
      Inputs.Layer layer = Inputs.softmax();
      Variable<TFloat32> x = variable(images.x(), images.size(), Subject.Maxout.FEATURES);
      Variable<TFloat32> y =
          variable(oneHot(images.labels()), images.size(), Subject.Maxout.CLASSES);
      Variable<TFloat32> w = variable(layer.weight(), layer.out(), layer.in());
      Variable<TFloat32> b = variable(layer.bias(), layer.out());
      SoftmaxCrossEntropyWithLogits<TFloat32> cost =
          tf.nn.softmaxCrossEntropyWithLogits(dense(x, w, b), y);
      Operand<TFloat32> sign = tf.math.sign(tf.linalg.matMul(cost.backprop(), w));
      made = tf.math.add(x, tf.math.mul(sign, number(Subject.Maxout.EPSILON)));
      start();
    }

    @Override
    public void call() {
      session.runner().addTarget(made).run().close();
    }

    @Override
    public float[] result() {
      return Inputs.change(before, fetch(made));
    }
  }

  /** The convolutional network; images as [row][column][channel], the order it computes in. */
  private abstract static class CnnWork extends GraphWork {
    final List<Variable<TFloat32>> parameters = new ArrayList<>();

    CnnWork(int threads) {
      super(threads);
      Inputs.Layer[] layers = Inputs.cnn();
      parameters.add(variable(filter(layers[0].weight(), 32, 1), 5, 5, 1, 32));
      parameters.add(variable(layers[0].bias(), 32));
      parameters.add(variable(filter(layers[1].weight(), 64, 32), 5, 5, 32, 64));
      parameters.add(variable(layers[1].bias(), 64));
      parameters.add(variable(columns(layers[2].weight(), true), 1024, 64 * 49));
      parameters.add(variable(layers[2].bias(), 1024));
      parameters.add(variable(layers[3].weight(), Subject.Maxout.CLASSES, 1024));
      parameters.add(variable(layers[3].bias(), Subject.Maxout.CLASSES));
    }

    /** From [out][in][row][column] to [row][column][in][out]. */
    private static float[] filter(float[] w, int out, int in) {
      float[] turned = new float[w.length];
      for (int o = 0; o < out; o++) {
        for (int i = 0; i < in; i++) {
          for (int p = 0; p < 25; p++) {
            turned[(p * in + i) * out + o] = w[(o * in + i) * 25 + p];
          }
        }
      }
      return turned;
    }

    /** Back again. */
    static float[] filterBack(float[] turned, int out, int in) {
      float[] w = new float[turned.length];
      for (int o = 0; o < out; o++) {
        for (int i = 0; i < in; i++) {
          for (int p = 0; p < 25; p++) {
            w[(o * in + i) * 25 + p] = turned[(p * in + i) * out + o];
          }
        }
      }
      return w;
    }

    /** Columns from the order channel, place to place, channel; or back. */
    static float[] columns(float[] w, boolean there) {
      float[] turned = new float[w.length];
      for (int row = 0; row < 1024; row++) {
        for (int channel = 0; channel < 64; channel++) {
          for (int place = 0; place < 49; place++) {
            int ours = (row * 64 + channel) * 49 + place;
            int theirs = (row * 49 + place) * 64 + channel;
            turned[there ? theirs : ours] = w[there ? ours : theirs];
          }
        }
      }
      return turned;
    }

    Operand<TFloat32> cost(Operand<TFloat32> x, Operand<TFloat32> y, int samples) {
      List<Long> one = List.of(1L, 1L, 1L, 1L);
      Operand<TFloat32> h = tf.reshape(x, tf.constant(new int[] {samples, 28, 28, 1}));
      for (int i = 0; i < 2; i++) {
        h =
            tf.nn.relu(
                tf.nn.biasAdd(
                    tf.nn.conv2d(h, parameters.get(2 * i), one, "SAME", new Conv2d.Options[0]),
                    parameters.get(2 * i + 1)));
        h =
            tf.nn.maxPool(
                h,
                tf.constant(new int[] {1, 2, 2, 1}),
                tf.constant(new int[] {1, 2, 2, 1}),
                "VALID",
                new MaxPool.Options[0]);
      }
      h = tf.reshape(h, tf.constant(new int[] {samples, 64 * 49}));
      h = tf.nn.relu(dense(h, parameters.get(4), parameters.get(5)));
      return meanCost(dense(h, parameters.get(6), parameters.get(7)), y);
    }
  }

  private static final class CnnStep extends CnnWork {
    private final List<Operand<TFloat32>> gradients = new ArrayList<>();

    CnnStep(Inputs.Images images, int threads) {
      super(threads);
      Variable<TFloat32> x = variable(images.x(), images.size(), Subject.Maxout.FEATURES);
      Variable<TFloat32> y =
          variable(oneHot(images.labels()), images.size(), Subject.Maxout.CLASSES);
      Gradients made = tf.gradients(cost(x, y, images.size()), parameters);
      for (int i = 0; i < parameters.size(); i++) {
        gradients.add(made.<TFloat32>dy(i));
      }
      start();
    }

    @Override
    public void call() {
      Session.Runner runner = session.runner();
      gradients.forEach(gradient -> runner.addTarget(gradient.op()));
      runner.run().close();
    }

    @Override
    public float[] result() {
      float[][] parts = new float[gradients.size()][];
      for (int i = 0; i < parts.length; i++) {
        float[] g = fetch(gradients.get(i));
        parts[i] =
            Inputs.sample(
                switch (i) {
                  case 0 -> filterBack(g, 32, 1);
                  case 2 -> filterBack(g, 64, 32);
                  case 4 -> columns(g, false);
                  default -> g;
                });
      }
      return Inputs.join(parts);
    }
  }

  private static final class CnnAttack extends CnnWork {
    private final float[] before;
    private final Variable<TFloat32> made;
    private final Op restart;
    private final Op move;

    CnnAttack(Inputs.Images images, int threads) {
      super(threads);
      before = images.x();
      int samples = images.size();
      int features = Subject.Maxout.FEATURES;
      float epsilon = Subject.CnnPgd.EPSILON;
      float[] least = new float[before.length];
      float[] most = new float[before.length];
      for (int i = 0; i < before.length; i++) {
        least[i] = Math.max(before[i] - epsilon, 0);
        most[i] = Math.min(before[i] + epsilon, 1);
      }
      Variable<TFloat32> first = variable(Inputs.start(before), samples, features);
      Variable<TFloat32> low = variable(least, samples, features);
      Variable<TFloat32> high = variable(most, samples, features);
      Variable<TFloat32> y = variable(oneHot(images.labels()), samples, Subject.Maxout.CLASSES);
      made = variable(before, samples, features);
      restart = tf.assign(made, first);
      Operand<TFloat32> sign =
          tf.math.sign(tf.gradients(cost(made, y, samples), List.of(made)).<TFloat32>dy(0));
      Operand<TFloat32> moved = tf.math.add(made, tf.math.mul(sign, number(Subject.CnnPgd.STEP)));
      move = tf.assign(made, tf.math.minimum(tf.math.maximum(moved, low), high));
      start();
    }

    @Override
    public void call() {
      session.runner().addTarget(restart).run().close();
      for (int i = 0; i < Subject.CnnPgd.STEPS; i++) {
        session.runner().addTarget(move).run().close();
      }
    }

    @Override
    public float[] result() {
      return Inputs.change(before, fetch(made));
    }
  }
}
