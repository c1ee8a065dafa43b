package advx.nn.dbm;

import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workspace;
import advx.engine.kernel.DropoutMask;
import advx.engine.op.Abs;
import advx.engine.op.Add;
import advx.engine.op.BinaryCrossEntropy;
import advx.engine.op.Multiply;
import advx.engine.op.Relu;
import advx.engine.op.Scale;
import advx.engine.op.Shift;
import advx.engine.op.SoftmaxCrossEntropy;
import advx.engine.op.Square;
import advx.engine.op.Sum;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Pass;
import advx.nn.layer.MpDbmLayer;

/**
 * Multi-prediction training: of each sample a random part is hidden, pixels and label alike, and
 * the machine is to predict it from the rest. With d pixels of which H are hidden,
 *
 * <pre>
 *   J = 1/d·( Σ over H of −v·ln p − (1−v)·ln(1−p)  +  [label hidden]·λ·(−ln p(y)) )
 * </pre>
 *
 * <p>p after all iterations of {@link MeanField#predict}, through which the gradient flows back.
 *
 * <p>What is hidden is keyed by (seed, sample, step) as dropout is, the pixels first, the label
 * last; so are the pixels of an image that is made binary: 1 with its grey value's probability.
 *
 * <p>Source: Goodfellow, Mirza, Courville, Bengio: Multi-Prediction Deep Boltzmann Machines; NIPS
 * 2013; settings in the authors' code.
 *
 * @param hidden the probability of being hidden
 * @param label λ, the weight of the label among the pixels: 1 as published
 * @param binary whether images are made binary afresh in each step
 * @param first how active h₁ ought to be; batch-dependent by nature
 * @param second the same of h₂
 * @param decay times Σ w², added to the cost
 */
public record MultiPrediction(
    double hidden, double label, boolean binary, Activity first, Activity second, double decay)
    implements Objective {
  /**
   * Adds weight·mean over units of max(0, |a − target| − slack) to the cost, a the unit's mean over
   * the batch.
   */
  public record Activity(double target, double slack, double weight) {
    /** No matter how active. */
    public static final Activity ANY = new Activity(0, 0, 0);

    private Var cost(Var h) {
      int samples = h.value().rows();
      int units = h.value().columns();
      Var mean = Scale.scale(Sum.sum(h, 0), 1f / samples);
      Var off = Abs.abs(Shift.shift(mean, (float) -target));
      Var beyond = Relu.relu(Shift.shift(off, (float) -slack));
      return Scale.scale(Sum.sum(beyond), (float) (weight / units));
    }
  }

  public MultiPrediction {
    if (!(hidden > 0 && hidden < 1) || !(label >= 0) || !(decay >= 0)) {
      throw new InputException(
          "Multi-prediction training: hidden probability %s, weight of the label %s, decay %s: give a probability between 0 and 1, and a weight and a decay of 0 or more."
              .formatted(hidden, label, decay));
    }
  }

  /** Without targets of activity and decay. */
  public MultiPrediction(double hidden, double label, boolean binary) {
    this(hidden, label, binary, Activity.ANY, Activity.ANY, 0);
  }

  @Override
  public double gradients(Network network, Pass pass, Tensor x, int[] labels) {
    MpDbmLayer layer = layer(network);
    MeanField machine = layer.on(pass);
    int samples = labels.length;
    int d = x.columns();
    Tensor image = binary ? binarised(pass, x) : x;
    Workspace room = pass.tape().workspace();
    float[] seen = room.tensor(samples, d + 1).data();
    DropoutMask.masks(
        pass.tape().workers(),
        seen,
        d + 1,
        pass.seed(),
        pass.samples(),
        pass.step(),
        0,
        (float) (1 - hidden),
        1);
    MeanField.Evidence pixels = pixels(room, image, seen);
    MeanField.Evidence top = label(room, labels, network.classes(), seen, d);
    boolean active = second.weight() > 0;
    MeanField.Prediction found = machine.predict(pixels, top, layer.iterations(), active);
    Var losses = losses(found, image, pixels, labels, seen);
    Var cost = Scale.scale(Sum.sum(losses), 1f / samples);
    Var extra = extra(machine, found);
    cost = extra == null ? cost : Add.add(cost, extra);
    pass.tape().backward(cost);
    double sum = extra == null ? 0 : (double) samples * extra.data()[0];
    for (float loss : losses.data()) {
      sum += loss;
    }
    return sum;
  }

  private static MpDbmLayer layer(Network network) {
    if (network.layers().size() == 1 && network.layers().getFirst() instanceof MpDbmLayer layer) {
      return layer;
    }
    throw new InputException(
        "Multi-prediction trains a network whose one layer is mpdbm(…), but this one is '%s'."
            .formatted(network.architecture()));
  }

  private static Tensor binarised(Pass pass, Tensor x) {
    Tensor made = pass.tape().workspace().like(x);
    RandomStream random = new RandomStream(pass.seed(), Purpose.BINARISE, 0, 0, 0);
    int d = x.columns();
    for (int s = 0; s < x.rows(); s++) {
      random.restart(pass.step(), pass.samples()[s]);
      for (int i = s * d; i < (s + 1) * d; i++) {
        made.data()[i] = random.uniform() < x.data()[i] ? 1 : 0;
      }
    }
    return made;
  }

  private static MeanField.Evidence pixels(Workspace room, Tensor image, float[] seen) {
    Tensor known = room.like(image);
    Tensor hidden = room.like(image);
    int d = image.columns();
    for (int s = 0; s < image.rows(); s++) {
      for (int i = 0; i < d; i++) {
        float mask = seen[s * (d + 1) + i];
        hidden.data()[s * d + i] = 1 - mask;
        known.data()[s * d + i] = mask * image.data()[s * d + i];
      }
    }
    return new MeanField.Evidence(known, hidden);
  }

  private static MeanField.Evidence label(
      Workspace room, int[] labels, int classes, float[] seen, int d) {
    Tensor known = room.tensor(labels.length, classes).fill(0);
    Tensor hidden = room.tensor(labels.length, classes);
    for (int s = 0; s < labels.length; s++) {
      float mask = seen[s * (d + 1) + d];
      java.util.Arrays.fill(hidden.data(), s * classes, (s + 1) * classes, 1 - mask);
      known.data()[s * classes + labels[s]] = mask;
    }
    return new MeanField.Evidence(known, hidden);
  }

  /** J of each sample. */
  private Var losses(
      MeanField.Prediction found,
      Tensor image,
      MeanField.Evidence pixels,
      int[] labels,
      float[] seen) {
    var tape = found.pixels().tape();
    int d = image.columns();
    Var each = BinaryCrossEntropy.binaryCrossEntropy(found.pixels(), image);
    Var ofPixels = Sum.sum(Multiply.multiply(each, tape.constant(pixels.hidden())), 1);
    Tensor hiddenLabel = tape.workspace().tensor(labels.length);
    for (int s = 0; s < labels.length; s++) {
      hiddenLabel.data()[s] = (float) (label * (1 - seen[s * (d + 1) + d]));
    }
    Var ofLabel = SoftmaxCrossEntropy.softmaxCrossEntropy(found.label(), labels);
    Var both = Add.add(ofPixels, Multiply.multiply(ofLabel, tape.constant(hiddenLabel)));
    return Scale.scale(both, 1f / d);
  }

  /** What is added to the mean of the samples' costs; null if nothing is. */
  private Var extra(MeanField machine, MeanField.Prediction found) {
    Var extra = first.weight() > 0 ? first.cost(found.first()) : null;
    if (second.weight() > 0) {
      extra = plus(extra, second.cost(found.second()));
    }
    if (decay > 0) {
      for (Var w : new Var[] {machine.w1(), machine.w2(), machine.w3()}) {
        extra = plus(extra, Scale.scale(Sum.sum(Square.square(w)), (float) decay));
      }
    }
    return extra;
  }

  private static Var plus(Var sum, Var more) {
    return sum == null ? more : Add.add(sum, more);
  }

  @Override
  public String describe() {
    return "multi-prediction hidden=%s label=%s binary=%s first=%s second=%s decay=%s"
        .formatted(hidden, label, binary, first, second, decay);
  }
}
