package advx.peers.pytorch;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.mm_out;

import advx.peers.work.Inputs;
import advx.peers.work.Peer;
import advx.peers.work.Setup;
import advx.peers.work.Subject;
import advx.peers.work.Work;
import java.io.IOException;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** PyTorch by its C++ interface: operations on tensors, gradients by its autograd. */
public final class PyTorch implements Peer {
  private final Setup setup;

  public PyTorch(Setup setup) {
    this.setup = setup;
  }

  @Override
  public Map<String, String> describe() throws IOException {
    return Map.of(
        "version", Loader.getVersion("org.bytedeco", "pytorch"),
        "products", System.getProperty("org.bytedeco.openblas.load", "openblas"),
        "OMP_NUM_THREADS", System.getenv("OMP_NUM_THREADS"));
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

  /** A tensor with its own copy of the numbers. */
  private static Tensor tensor(float[] x, long... shape) {
    try (FloatPointer p = new FloatPointer(x)) {
      return torch.from_blob(p, shape).clone();
    }
  }

  private static Tensor labels(int[] labels) {
    long[] wide = new long[labels.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = labels[i];
    }
    try (LongPointer p = new LongPointer(wide)) {
      TensorOptions longs = new TensorOptions(torch.ScalarType.Long);
      return torch.from_blob(p, new long[] {wide.length}, longs).clone();
    }
  }

  private static float[] numbers(Tensor t) {
    Tensor whole = t.detach().contiguous();
    float[] x = new float[(int) whole.numel()];
    whole.data_ptr_float().get(x);
    return x;
  }

  private static Tensor rows(Tensor t, long from, long to) {
    return t.slice(0, new LongOptional(from), new LongOptional(to), 1);
  }

  private static Tensor layer(Tensor x, Tensor[] parameters, int i) {
    return linear(x, parameters[2 * i], new TensorOptional(parameters[2 * i + 1]));
  }

  /** Weights and biases in turn. */
  private static Tensor[] parameters(Inputs.Layer[] layers) {
    Tensor[] parameters = new Tensor[2 * layers.length];
    for (int i = 0; i < layers.length; i++) {
      parameters[2 * i] = tensor(layers[i].weight(), layers[i].out(), layers[i].in());
      parameters[2 * i + 1] = tensor(layers[i].bias(), layers[i].out());
    }
    return parameters;
  }

  private static final class Product implements Work {
    private final Tensor a;
    private final Tensor b;
    private final Tensor c;

    Product(Subject.Sgemm s) {
      Tensor storedA = tensor(Inputs.a(s), s.transA() ? s.k() : s.m(), s.lda());
      Tensor storedB = tensor(Inputs.b(s), s.transB() ? s.n() : s.k(), s.ldb());
      a = s.transA() ? storedA.t() : storedA;
      b = s.transB() ? storedB.t() : storedB;
      c = torch.empty(s.m(), s.n());
    }

    @Override
    public void call() {
      try (PointerScope scope = new PointerScope()) {
        mm_out(c, a, b);
      }
    }

    @Override
    public float[] result() {
      return Inputs.sample(numbers(c));
    }
  }

  private static final class MaxoutStep implements Work {
    private static final int BATCH = Subject.Maxout.BATCH;

    private final Subject.Maxout s;
    private final Tensor x;
    private final Tensor y;
    private final int size;
    private final Tensor[] parameters;
    private final Tensor[] velocities;
    private final Scalar momentum = new Scalar(Subject.Maxout.MOMENTUM);
    private final Scalar rate = new Scalar(Subject.Maxout.RATE);
    private final Scalar epsilon = new Scalar(Subject.Maxout.EPSILON);
    private final Scalar half = new Scalar(0.5f);
    private int step;

    MaxoutStep(Subject.Maxout s, Inputs.Images images) {
      this.s = s;
      size = images.size();
      x = tensor(images.x(), size, Subject.Maxout.FEATURES);
      y = labels(images.labels());
      parameters = PyTorch.parameters(Inputs.layers(s));
      velocities = new Tensor[parameters.length];
      for (int i = 0; i < parameters.length; i++) {
        velocities[i] = torch.zeros_like(parameters[i]);
        parameters[i].set_requires_grad(true);
      }
    }

    private Tensor mask(long columns, double keep, boolean scaled) {
      if (!s.dropout()) {
        return null;
      }
      Tensor mask = torch.empty(BATCH, columns).bernoulli_(keep, null);
      return scaled ? mask.mul_(new Scalar((float) (1 / keep))) : mask;
    }

    private static Tensor drop(Tensor t, Tensor mask) {
      return mask == null ? t : t.mul(mask);
    }

    private Tensor maxout(Tensor t, int i) {
      return layer(t, parameters, i)
          .view(BATCH, s.units(), Subject.Maxout.PIECES)
          .max(-1, false)
          .get0();
    }

    private Tensor cost(Tensor input, Tensor labels, Tensor[] masks) {
      Tensor h = maxout(drop(input, masks[0]), 0);
      h = maxout(drop(h, masks[1]), 1);
      return cross_entropy_loss(layer(drop(h, masks[2]), parameters, 2), labels);
    }

    @Override
    public void call() {
      try (PointerScope scope = new PointerScope()) {
        int from = step * BATCH % size;
        step = (step + 1) % (1 << 20);
        Tensor input = rows(x, from, from + BATCH);
        Tensor labels = rows(y, from, from + BATCH);
        Tensor[] masks = {
          mask(Subject.Maxout.FEATURES, 0.8, false),
          mask(s.units(), 0.5, true),
          mask(s.units(), 0.5, true)
        };
        TensorVector gradients;
        if (s.adversarial()) {
          Tensor leaf = input.detach().set_requires_grad(true);
          TensorVector wanted = new TensorVector(parameters);
          wanted.push_back(leaf);
          TensorVector clean =
              torch.grad(new TensorVector(cost(leaf, labels, masks).mul(half)), wanted);
          Tensor moved = input.add(clean.get(parameters.length).sign(), epsilon);
          gradients =
              torch.grad(
                  new TensorVector(cost(moved, labels, masks).mul(half)),
                  new TensorVector(parameters));
          for (int i = 0; i < parameters.length; i++) {
            gradients.get(i).add_(clean.get(i));
          }
        } else {
          gradients =
              torch.grad(
                  new TensorVector(cost(input, labels, masks)), new TensorVector(parameters));
        }
        update(gradients);
      }
    }

    private void update(TensorVector gradients) {
      try (NoGradGuard guard = new NoGradGuard()) {
        for (int i = 0; i < parameters.length; i++) {
          velocities[i].mul_(momentum).sub_(gradients.get(i), rate);
          parameters[i].add_(velocities[i]);
          if (i % 2 == 0) {
            Tensor norm =
                parameters[i].norm(new ScalarOptional(new Scalar(2)), new long[] {1}, true);
            parameters[i].mul_(
                norm.reciprocal_()
                    .mul_(new Scalar(Subject.Maxout.LIMIT))
                    .clamp_max_(new Scalar(1)));
          }
        }
      }
    }

    @Override
    public float[] result() {
      Inputs.Layer[] layers = Inputs.layers(s);
      float[][] changes = new float[layers.length][];
      for (int i = 0; i < layers.length; i++) {
        changes[i] = Inputs.change(layers[i].weight(), numbers(parameters[2 * i]));
      }
      return Inputs.join(changes);
    }
  }

  /** The gradient by hand, (p − onehot)·W: faster here than autograd, which keeps a tape. */
  private static final class SoftmaxAttack implements Work {
    private final float[] before;
    private final Tensor x;
    private final Tensor[] parameters = PyTorch.parameters(new Inputs.Layer[] {Inputs.softmax()});
    private final Tensor target;
    private final Tensor made;
    private final Scalar epsilon = new Scalar(Subject.Maxout.EPSILON);

    SoftmaxAttack(Inputs.Images images) {
      before = images.x();
      x = tensor(images.x(), images.size(), Subject.Maxout.FEATURES);
      target = torch.one_hot(labels(images.labels())).to(torch.ScalarType.Float);
      made = torch.empty(images.size(), Subject.Maxout.FEATURES);
    }

    @Override
    public void call() {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard()) {
        Tensor p = layer(x, parameters, 0).softmax(1).sub_(target);
        mm_out(made, p, parameters[0]);
        made.sign_().mul_(epsilon).add_(x);
      }
    }

    @Override
    public float[] result() {
      return Inputs.change(before, numbers(made));
    }
  }

  /** The convolutional network; oneDNN does its convolutions. */
  private static final class Cnn {
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};

    final Tensor[] parameters = PyTorch.parameters(Inputs.cnn());

    Cnn(boolean training) {
      parameters[0] = parameters[0].view(32, 1, 5, 5);
      parameters[2] = parameters[2].view(64, 32, 5, 5);
      for (Tensor parameter : parameters) {
        parameter.set_requires_grad(training);
      }
    }

    Tensor cost(Tensor x, Tensor y) {
      Tensor h = x.view(-1, 1, 28, 28);
      for (int i = 0; i < 2; i++) {
        h =
            torch
                .conv2d(
                    h,
                    parameters[2 * i],
                    new TensorOptional(parameters[2 * i + 1]),
                    ONE,
                    TWO,
                    ONE,
                    1)
                .relu_();
        h = torch.max_pool2d(h, TWO);
      }
      h = layer(h.flatten(1, -1), parameters, 2).relu_();
      return cross_entropy_loss(layer(h, parameters, 3), y);
    }
  }

  private static final class CnnStep implements Work {
    private final Cnn cnn = new Cnn(true);
    private final Tensor x;
    private final Tensor y;
    private final float[][] gradients = new float[8][];
    private boolean keep = true;

    CnnStep(Inputs.Images images) {
      x = tensor(images.x(), images.size(), Subject.Maxout.FEATURES);
      y = labels(images.labels());
    }

    @Override
    public void call() {
      try (PointerScope scope = new PointerScope()) {
        TensorVector made =
            torch.grad(new TensorVector(cnn.cost(x, y)), new TensorVector(cnn.parameters));
        if (keep) {
          for (int i = 0; i < gradients.length; i++) {
            gradients[i] = Inputs.sample(numbers(made.get(i)));
          }
          keep = false;
        }
      }
    }

    @Override
    public float[] result() {
      return Inputs.join(gradients);
    }
  }

  private static final class CnnAttack implements Work {
    private final Cnn cnn = new Cnn(false);
    private final float[] before;
    private final Tensor y;
    private final Tensor start;
    private final Tensor low;
    private final Tensor high;
    private Tensor made;

    CnnAttack(Inputs.Images images) {
      before = images.x();
      y = labels(images.labels());
      Tensor x = tensor(images.x(), images.size(), Subject.Maxout.FEATURES);
      start = tensor(Inputs.start(images.x()), images.size(), Subject.Maxout.FEATURES);
      Scalar epsilon = new Scalar(Subject.CnnPgd.EPSILON);
      low = x.sub(epsilon).clamp_(new ScalarOptional(new Scalar(0)), new ScalarOptional());
      high = x.add(epsilon).clamp_max_(new Scalar(1));
      made = start.clone();
    }

    @Override
    public void call() {
      try (PointerScope scope = new PointerScope()) {
        made.copy_(start);
        Scalar rate = new Scalar(Subject.CnnPgd.STEP);
        for (int i = 0; i < Subject.CnnPgd.STEPS; i++) {
          try (PointerScope inner = new PointerScope()) {
            Tensor leaf = made.detach().set_requires_grad(true);
            Tensor g =
                torch.grad(new TensorVector(cnn.cost(leaf, y)), new TensorVector(leaf)).get(0);
            try (NoGradGuard guard = new NoGradGuard()) {
              made.add_(g.sign_(), rate).clamp_(new TensorOptional(low), new TensorOptional(high));
            }
          }
        }
      }
    }

    @Override
    public float[] result() {
      return Inputs.change(before, numbers(made));
    }
  }
}
