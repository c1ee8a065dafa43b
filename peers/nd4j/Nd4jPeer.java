package advx.peers.nd4j;

import advx.peers.work.Inputs;
import advx.peers.work.Peer;
import advx.peers.work.Setup;
import advx.peers.work.Subject;
import advx.peers.work.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** ND4J: its products, its array operations, and the gradients of its SameDiff. */
public final class Nd4jPeer implements Peer {
  private static final WorkspaceConfiguration WORKSPACE =
      WorkspaceConfiguration.builder().policyLearning(LearningPolicy.FIRST_LOOP).build();

  private final Setup setup;

  public Nd4jPeer(Setup setup) {
    this.setup = setup;
    System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    Nd4j.getMemoryManager().togglePeriodicGc(false);
    Nd4j.getEnvironment().setMaxThreads(setup.threads());
    Nd4j.getEnvironment().setMaxMasterThreads(setup.threads());
  }

  @Override
  public Map<String, String> describe() {
    return Map.of(
        "version", "1.0.0-M2.1",
        "threads", Integer.toString(Nd4j.getEnvironment().maxThreads()),
        "products", Nd4j.factory().blas().getBlasVendor().name());
  }

  @Override
  public Work work(Subject subject) {
    return switch (subject) {
      case Subject.Sgemm s -> new Product(s);
      case Subject.Maxout s -> new MaxoutStep(s, Inputs.images(s, setup.digits()));
      case Subject.SoftmaxFgsm s -> new SoftmaxAttack(Inputs.dense(s.samples()));
      case Subject.CnnStep s -> new CnnStep(Inputs.dense(s.batch()));
      case Subject.CnnPgd s -> new CnnAttack(Inputs.dense(s.samples()));
    };
  }

  private static INDArray array(float[] x, long... shape) {
    return Nd4j.create(x, shape, 'c');
  }

  /** Arrays made inside live in one block of memory that the next step uses again. */
  private static MemoryWorkspace scope() {
    return Nd4j.getWorkspaceManager().getAndActivateWorkspace(WORKSPACE, "step");
  }

  private static float[] numbers(INDArray x) {
    return x.dup('c').data().asFloat();
  }

  private static INDArray oneHot(int[] labels) {
    float[] rows = new float[labels.length * Subject.Maxout.CLASSES];
    for (int i = 0; i < labels.length; i++) {
      rows[i * Subject.Maxout.CLASSES + labels[i]] = 1;
    }
    return array(rows, labels.length, Subject.Maxout.CLASSES);
  }

  private static INDArray rows(INDArray x, long from, long to) {
    return x.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  private static final class Product implements Work {
    private final Subject.Sgemm s;
    private final INDArray a;
    private final INDArray b;
    private final INDArray c;

    Product(Subject.Sgemm s) {
      this.s = s;
      a = array(Inputs.a(s), s.transA() ? s.k() : s.m(), s.lda());
      b = array(Inputs.b(s), s.transB() ? s.n() : s.k(), s.ldb());
      c = Nd4j.createUninitialized(new long[] {s.m(), s.n()}, 'f');
    }

    @Override
    public void call() {
      Nd4j.gemm(a, b, c, s.transA(), s.transB(), 1, 0);
    }

    @Override
    public float[] result() {
      return Inputs.sample(numbers(c));
    }

    @Override
    public void close() {
      a.close();
      b.close();
      c.close();
    }
  }

  /** By hand: SameDiff's own gradient of this network is forty times slower. */
  private static final class MaxoutStep implements Work {
    private static final int BATCH = Subject.Maxout.BATCH;
    private static final int PIECES = Subject.Maxout.PIECES;

    private final Subject.Maxout s;
    private final INDArray x;
    private final INDArray y;
    private final INDArray[] w = new INDArray[3];
    private final INDArray[] b = new INDArray[3];
    private final INDArray[] velocityW = new INDArray[3];
    private final INDArray[] velocityB = new INDArray[3];
    private int step;

    MaxoutStep(Subject.Maxout s, Inputs.Images images) {
      this.s = s;
      x = array(images.x(), images.size(), Subject.Maxout.FEATURES);
      y = oneHot(images.labels());
      Inputs.Layer[] layers = Inputs.layers(s);
      for (int i = 0; i < layers.length; i++) {
        Inputs.Layer layer = layers[i];
        boolean maxout = i < layers.length - 1;
        w[i] = array(layer.weight(), layer.out(), layer.in());
        b[i] = array(layer.bias(), 1, layer.out());
        if (maxout) {
          w[i] = pieces(w[i], layer.in(), true);
          b[i] = pieces(b[i], 1, true).reshape(1, layer.out());
        }
        velocityW[i] = Nd4j.zerosLike(w[i]);
        velocityB[i] = Nd4j.zerosLike(b[i]);
      }
    }

    /** Rows from the order unit, piece to piece, unit, where a piece is one block; or back. */
    private INDArray pieces(INDArray w, int in, boolean there) {
      int first = there ? s.units() : PIECES;
      int second = there ? PIECES : s.units();
      return w.reshape('c', first, second, in)
          .permute(1, 0, 2)
          .dup('c')
          .reshape('c', s.units() * PIECES, in);
    }

    private INDArray mask(long columns, double keep, boolean scaled) {
      INDArray mask = Nd4j.rand(DataType.FLOAT, BATCH, columns).lt(keep).castTo(DataType.FLOAT);
      return scaled ? mask.divi(keep) : mask;
    }

    private static INDArray drop(INDArray t, INDArray mask) {
      return mask == null ? t : t.mul(mask);
    }

    /** Gradients of weights and biases in turn, and of the image if wanted. */
    private final class Backward {
      private final INDArray[] weights = new INDArray[3];
      private final INDArray[] biases = new INDArray[3];
      private INDArray image;

      Backward(INDArray input, INDArray labels, INDArray[] masks, boolean wanted) {
        INDArray[] inputs = new INDArray[3];
        INDArray[] winners = new INDArray[2];
        INDArray h = input;
        for (int i = 0; i < 2; i++) {
          inputs[i] = drop(h, masks[i]);
          INDArray z =
              Nd4j.matmul(inputs[i], w[i], false, true, false)
                  .addiRowVector(b[i])
                  .reshape('c', BATCH, PIECES, s.units());
          h = z.max(1);
          winners[i] = Nd4j.createUninitialized(DataType.FLOAT, z.shape());
          INDArray won = z.eq(h.reshape(BATCH, 1, s.units()).broadcast(z.shape()));
          winners[i].assign(won);
        }
        inputs[2] = drop(h, masks[2]);
        INDArray logits = Nd4j.matmul(inputs[2], w[2], false, true, false).addiRowVector(b[2]);
        INDArray d = Nd4j.nn().softmax(logits, 1).subi(labels).divi(BATCH);
        for (int i = 2; i >= 0; i--) {
          if (i < 2) {
            INDArray spread = d.reshape(BATCH, 1, s.units()).broadcast(winners[i].shape());
            d = winners[i].muli(spread).reshape('c', BATCH, PIECES * s.units());
          }
          weights[i] = Nd4j.matmul(d, inputs[i], true, false, false);
          biases[i] = d.sum(true, 0);
          if (i > 0 || wanted) {
            d = drop(Nd4j.matmul(d, w[i]), masks[i]);
          }
        }
        image = d;
      }
    }

    @Override
    public void call() {
      try (MemoryWorkspace scope = scope()) {
        step();
      }
    }

    private void step() {
      int from = (int) ((long) step * BATCH % x.rows());
      step = (step + 1) % (1 << 20);
      INDArray images = rows(x, from, from + BATCH);
      INDArray labels = rows(y, from, from + BATCH);
      INDArray[] masks = new INDArray[3];
      if (s.dropout()) {
        masks[0] = mask(Subject.Maxout.FEATURES, 0.8, false);
        masks[1] = mask(s.units(), 0.5, true);
        masks[2] = mask(s.units(), 0.5, true);
      }
      Backward clean = new Backward(images, labels, masks, s.adversarial());
      Backward moved = null;
      if (s.adversarial()) {
        INDArray sign = Transforms.sign(clean.image, true).muli(Subject.Maxout.EPSILON);
        moved = new Backward(sign.addi(images), labels, masks, false);
      }
      for (int i = 0; i < 3; i++) {
        update(w[i], velocityW[i], clean.weights[i], moved == null ? null : moved.weights[i]);
        update(b[i], velocityB[i], clean.biases[i], moved == null ? null : moved.biases[i]);
        INDArray scale = w[i].norm2(1).rdivi(Subject.Maxout.LIMIT);
        w[i].muliColumnVector(Transforms.min(scale, 1, false));
      }
    }

    private static void update(INDArray w, INDArray v, INDArray gradient, INDArray second) {
      INDArray g = second == null ? gradient : gradient.addi(second).muli(0.5);
      v.muli(Subject.Maxout.MOMENTUM).subi(g.muli(Subject.Maxout.RATE));
      w.addi(v);
    }

    @Override
    public float[] result() {
      Inputs.Layer[] layers = Inputs.layers(s);
      float[][] changes = new float[layers.length][];
      for (int i = 0; i < layers.length; i++) {
        INDArray ours = i < layers.length - 1 ? pieces(w[i], layers[i].in(), false) : w[i];
        changes[i] = Inputs.change(layers[i].weight(), numbers(ours));
      }
      return Inputs.join(changes);
    }
  }

  /** The gradient by hand, (p − onehot)·W. */
  private static final class SoftmaxAttack implements Work {
    private final float[] before;
    private final INDArray x;
    private final INDArray y;
    private final INDArray w;
    private final INDArray b;
    private final INDArray made;

    SoftmaxAttack(Inputs.Images images) {
      before = images.x();
      x = array(images.x(), images.size(), Subject.Maxout.FEATURES);
      y = oneHot(images.labels());
      Inputs.Layer layer = Inputs.softmax();
      w = array(layer.weight(), layer.out(), layer.in());
      b = array(layer.bias(), 1, layer.out());
      made = Nd4j.createUninitialized(new long[] {images.size(), layer.in()}, 'c');
    }

    @Override
    public void call() {
      try (MemoryWorkspace scope = scope()) {
        INDArray logits = Nd4j.matmul(x, w, false, true, false).addiRowVector(b);
        INDArray p = Nd4j.nn().softmax(logits, 1).subi(y);
        Nd4j.matmul(p, w, made, false, false, false);
        Transforms.sign(made, false).muli(Subject.Maxout.EPSILON).addi(x);
      }
    }

    @Override
    public float[] result() {
      return Inputs.change(before, numbers(made));
    }
  }

  /** The convolutional network as a SameDiff graph, images [sample][channel][row][column]. */
  private static final class Cnn {
    final SameDiff graph = SameDiff.create();
    final List<String> names = new ArrayList<>();

    Cnn(int samples, boolean training) {
      Inputs.Layer[] layers = Inputs.cnn();
      long[][] shapes = {{32, 1, 5, 5}, {64, 32, 5, 5}, {1024, 64 * 49}, {10, 1024}};
      SDVariable[] w = new SDVariable[4];
      SDVariable[] b = new SDVariable[4];
      for (int i = 0; i < 4; i++) {
        INDArray weight = array(layers[i].weight(), shapes[i]);
        if (weight.rank() == 4) {
          // Filters as [row][column][in][out]: those that its convolution is written for.
          weight = weight.permute(2, 3, 1, 0).dup('c');
        }
        INDArray bias = array(layers[i].bias(), layers[i].out());
        w[i] = training ? graph.var("w" + i, weight) : graph.constant("w" + i, weight);
        b[i] = training ? graph.var("b" + i, bias) : graph.constant("b" + i, bias);
        names.add("w" + i);
        names.add("b" + i);
      }
      SDVariable h = graph.var("x", Nd4j.create(DataType.FLOAT, samples, 1, 28, 28));
      SDVariable target = graph.placeHolder("y", DataType.FLOAT, samples, Subject.Maxout.CLASSES);
      Conv2DConfig conv =
          Conv2DConfig.builder()
              .kH(5)
              .kW(5)
              .paddingMode(PaddingMode.SAME)
              .dataFormat(Conv2DConfig.NCHW)
              .weightsFormat(WeightsFormat.YXIO)
              .build();
      Pooling2DConfig pool =
          Pooling2DConfig.builder().kH(2).kW(2).sH(2).sW(2).isNHWC(false).build();
      for (int i = 0; i < 2; i++) {
        h = graph.cnn.conv2d(h, w[i], b[i], conv);
        h = graph.cnn.maxPooling2d(graph.nn.relu(h, 0), pool);
      }
      h = h.reshape(samples, 64 * 49);
      h = graph.nn.relu(graph.mmul(h, w[2], false, true, false).add(b[2]), 0);
      h = graph.mmul(h, w[3], false, true, false).add(b[3]);
      graph.setLossVariables(graph.loss.softmaxCrossEntropy("cost", target, h, null));
    }
  }

  private static final class CnnStep implements Work {
    private final Cnn cnn;
    private final Map<String, INDArray> inputs;
    private Map<String, INDArray> gradients;

    CnnStep(Inputs.Images images) {
      cnn = new Cnn(images.size(), true);
      cnn.graph.getArrForVarName("x").assign(array(images.x(), images.size(), 1, 28, 28));
      inputs = Map.of("y", oneHot(images.labels()));
    }

    @Override
    public void call() {
      gradients = cnn.graph.calculateGradients(inputs, cnn.names);
    }

    @Override
    public float[] result() {
      return Inputs.join(
          cnn.names.stream()
              .map(gradients::get)
              .map(g -> g.rank() == 4 ? g.permute(3, 2, 0, 1) : g)
              .map(g -> Inputs.sample(numbers(g)))
              .toArray(float[][]::new));
    }
  }

  private static final class CnnAttack implements Work {
    private final Cnn cnn;
    private final float[] before;
    private final Map<String, INDArray> inputs;
    private final INDArray start;
    private final INDArray low;
    private final INDArray high;

    CnnAttack(Inputs.Images images) {
      long n = images.size();
      cnn = new Cnn(images.size(), false);
      before = images.x();
      inputs = Map.of("y", oneHot(images.labels()));
      INDArray x = array(images.x(), n, 1, 28, 28);
      start = array(Inputs.start(images.x()), n, 1, 28, 28);
      low = Transforms.max(x.sub(Subject.CnnPgd.EPSILON), 0, false);
      high = Transforms.min(x.add(Subject.CnnPgd.EPSILON), 1, false);
    }

    @Override
    public void call() {
      INDArray made = cnn.graph.getArrForVarName("x");
      made.assign(start);
      for (int i = 0; i < Subject.CnnPgd.STEPS; i++) {
        INDArray g = cnn.graph.calculateGradients(inputs, "x").get("x");
        made.addi(Transforms.sign(g, false).muli(Subject.CnnPgd.STEP));
        Transforms.min(Transforms.max(made, low, false), high, false);
      }
    }

    @Override
    public float[] result() {
      return Inputs.change(before, numbers(cnn.graph.getArrForVarName("x")));
    }
  }
}
