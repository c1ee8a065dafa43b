package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.Workspace;
import advx.engine.kernel.ChannelMaps;
import advx.engine.kernel.ChannelSums;

/**
 * Batch normalisation (Ioffe, Szegedy 2015): y[…, c] = γ[c]·(x[…, c] − m[c])/√(v[c] + ε) + β[c].
 *
 * <p>In training m and v are the batch's own mean and variance (divided by the count) of each
 * channel: sums over a sample's places by the rule of {@link Sum}, then over ascending samples. So
 * a sample's result depends on its batch, by the nature of the method. In inference they are given,
 * and every sample is treated alone.
 *
 * <p>Gradient in training, through the mean and the variance too, with t = x − m, n numbers a
 * channel and sums over all of them:
 *
 * <pre>
 *  dβ = Σdy      dγ = Σ(dy·t)/√(v + ε)      dx = ((dy − Σdy/n) − t·(Σ(dy·t)/n)/(v + ε))·γ/√(v + ε)
 * </pre>
 *
 * <p>In inference dx = dy·γ/√(v + ε), dβ and dγ as above. Kernels compute them in few passes over
 * memory; where gradients are to be differentiated again, operations do, to the same bits. Shapes:
 * x and y [samples, …, channels], γ and β [channels].
 */
public final class BatchNorm implements Op {
  private static final BatchNorm TRAINING = new BatchNorm(true);
  private static final BatchNorm INFERENCE = new BatchNorm(false);

  /** Inputs beside x, γ and β: constants, for the gradient. */
  private static final int MEAN = 3;

  private static final int VARIANCE = 4;
  private static final int EPSILON = 5;

  private final boolean training;

  private BatchNorm(boolean training) {
    this.training = training;
  }

  /** With the batch's own statistics, which {@link #mean} and {@link #variance} tell. */
  public static Var training(Var x, Var gamma, Var beta, float epsilon) {
    check(x.value(), gamma.value(), beta.value());
    Shapes.check(x.value().size() > 0, "BatchNorm", x.value(), "at least one number a channel");
    Workspace w = x.tape().workspace();
    Workers workers = x.tape().workers();
    int samples = x.value().rows();
    int channels = gamma.value().size();
    int places = x.value().columns() / channels;
    Tensor mean = w.like(gamma.value());
    Tensor variance = w.like(gamma.value());
    ChannelSums.sum(workers, x.data(), samples, places, channels, mean.data());
    divide(mean.data(), count(x, gamma));
    float[] shift = negated(w, mean);
    ChannelSums.squares(workers, x.data(), shift, samples, places, channels, variance.data());
    divide(variance.data(), count(x, gamma));
    return normalise(TRAINING, x, gamma, beta, mean, variance, epsilon);
  }

  /** With given statistics, constants. */
  public static Var inference(
      Var x, Var gamma, Var beta, Tensor mean, Tensor variance, float epsilon) {
    check(x.value(), gamma.value(), beta.value());
    Shapes.same("BatchNorm", gamma.value(), mean);
    Shapes.same("BatchNorm", gamma.value(), variance);
    return normalise(INFERENCE, x, gamma, beta, mean, variance, epsilon);
  }

  /** The mean of each channel that this result was computed with. */
  public static Tensor mean(Var y) {
    return y.input(MEAN).value();
  }

  /** The variance of each channel, divided by the count. */
  public static Tensor variance(Var y) {
    return y.input(VARIANCE).value();
  }

  private static Var normalise(
      BatchNorm op, Var x, Var gamma, Var beta, Tensor mean, Tensor variance, float epsilon) {
    Tape tape = x.tape();
    Workspace w = tape.workspace();
    float[] deviation = w.like(variance).data();
    float[] factor = w.like(variance).data();
    for (int c = 0; c < factor.length; c++) {
      deviation[c] = (float) Math.sqrt(variance.data()[c] + epsilon);
      factor[c] = gamma.data()[c] / deviation[c];
    }
    Tensor y = w.like(x.value());
    ChannelMaps.normalise(
        tape.workers(), x.data(), negated(w, mean), factor, beta.data(), factor.length, y.data());
    return tape.record(op, y, x, gamma, beta)
        .with(tape.constant(mean))
        .with(tape.constant(variance))
        .with(tape.constant(w.scalar().fill(epsilon)));
  }

  @Override
  public void backward(Var y, Var dy) {
    if (!training) {
      given(y, dy);
    } else if (y.tape().recording()) {
      recorded(y, dy);
    } else {
      fused(y, dy);
    }
  }

  private static void given(Var y, Var dy) {
    Var x = y.input(0);
    Var gamma = y.input(1);
    Var beta = y.input(2);
    Var deviation = Sqrt.sqrt(Shift.shift(y.input(VARIANCE), y.input(EPSILON).data()[0]));
    if (x.needsGradient()) {
      x.addGradient(ChannelScale.channelScale(dy, Divide.divide(gamma, deviation)));
    }
    if (gamma.needsGradient()) {
      Var centred = Bias.bias(x, Negate.negate(y.input(MEAN)));
      Var products = ChannelScale.total(Multiply.multiply(dy, centred));
      gamma.addGradient(Divide.divide(products, deviation));
    }
    if (beta.needsGradient()) {
      beta.addGradient(ChannelScale.total(dy));
    }
  }

  private static void fused(Var y, Var dy) {
    Var x = y.input(0);
    Var gamma = y.input(1);
    Tape tape = y.tape();
    Workspace w = tape.workspace();
    int channels = gamma.value().size();
    float[] shift = negated(w, mean(y));
    Tensor sums = w.like(gamma.value());
    Tensor products = w.like(gamma.value());
    ChannelSums.gradient(
        tape.workers(),
        dy.data(),
        x.data(),
        shift,
        x.value().rows(),
        x.value().columns() / channels,
        channels,
        sums.data(),
        products.data());
    Tensor dGamma = w.like(gamma.value());
    float[] bias = w.like(gamma.value()).data();
    float[] slope = w.like(gamma.value()).data();
    float[] factor = w.like(gamma.value()).data();
    float epsilon = y.input(EPSILON).data()[0];
    float n = count(x, gamma);
    for (int c = 0; c < channels; c++) {
      float spread = variance(y).data()[c] + epsilon;
      float deviation = (float) Math.sqrt(spread);
      dGamma.data()[c] = products.data()[c] / deviation;
      bias[c] = -(sums.data()[c] / n);
      slope[c] = products.data()[c] / n / spread;
      factor[c] = gamma.data()[c] / deviation;
    }
    if (x.needsGradient()) {
      Tensor dx = w.like(x.value());
      ChannelMaps.gradient(
          tape.workers(), dy.data(), bias, x.data(), shift, slope, factor, channels, dx.data());
      x.addGradient(tape.constant(dx));
    }
    gamma.addGradient(tape.constant(dGamma));
    y.input(2).addGradient(tape.constant(sums));
  }

  /** The same by operations, which can be differentiated again. */
  private static void recorded(Var y, Var dy) {
    Var x = y.input(0);
    Var gamma = y.input(1);
    float n = count(x, gamma);
    Var centred = Bias.bias(x, Negate.negate(DivideBy.divideBy(ChannelScale.total(x), n)));
    Var variance = DivideBy.divideBy(ChannelScale.total(Square.square(centred)), n);
    Var spread = Shift.shift(variance, y.input(EPSILON).data()[0]);
    Var deviation = Sqrt.sqrt(spread);
    Var sums = ChannelScale.total(dy);
    Var products = ChannelScale.total(Multiply.multiply(dy, centred));
    if (x.needsGradient()) {
      Var level = Bias.bias(dy, Negate.negate(DivideBy.divideBy(sums, n)));
      Var slope = Divide.divide(DivideBy.divideBy(products, n), spread);
      Var tilted = Subtract.subtract(level, ChannelScale.channelScale(centred, slope));
      x.addGradient(ChannelScale.channelScale(tilted, Divide.divide(gamma, deviation)));
    }
    gamma.addGradient(Divide.divide(products, deviation));
    y.input(2).addGradient(sums);
  }

  /** The numbers of a channel. */
  private static float count(Var x, Var gamma) {
    return (float) x.value().size() / gamma.value().size();
  }

  private static void divide(float[] numbers, float divisor) {
    for (int c = 0; c < numbers.length; c++) {
      numbers[c] /= divisor;
    }
  }

  private static float[] negated(Workspace w, Tensor numbers) {
    float[] negative = w.like(numbers).data();
    for (int c = 0; c < negative.length; c++) {
      negative[c] = -numbers.data()[c];
    }
    return negative;
  }

  private static void check(Tensor x, Tensor gamma, Tensor beta) {
    if (x.rank() < 2 || gamma.rank() != 1 || x.dim(x.rank() - 1) != gamma.dim(0)) {
      throw Shapes.mismatch("BatchNorm", x, gamma, "[samples, …, channels] and [channels]");
    }
    Shapes.same("BatchNorm", gamma, beta);
  }
}
