package advx.engine.op;

import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * Batch normalisation (Ioffe, Szegedy 2015): y[…, c] = γ[c]·(x[…, c] − m[c])/√(v[c] + ε) + β[c].
 *
 * <p>In training m and v are the batch's own mean and variance (divided by the count) of each
 * channel: sums over a sample's places by the rule of {@link Sum}, then over ascending samples. So
 * a sample's result depends on its batch, by the nature of the method. In inference they are given,
 * and every sample is treated alone.
 *
 * <p>It is made of other operations, and so is its gradient, of any order: through the mean and the
 * variance too. Shapes: x and y [samples, …, channels], γ and β [channels].
 */
public final class BatchNorm {
  private BatchNorm() {}

  /**
   * What a training pass found.
   *
   * @param y the result
   * @param mean of each channel
   * @param variance of each channel, divided by the count
   */
  public record Normalised(Var y, Tensor mean, Tensor variance) {}

  /** With the batch's own statistics. */
  public static Normalised training(Var x, Var gamma, Var beta, float epsilon) {
    check(x.value(), gamma.value(), beta.value());
    Shapes.check(x.value().size() > 0, "BatchNorm", x.value(), "at least one number a channel");
    float count = (float) x.value().size() / gamma.value().size();
    Var mean = DivideBy.divideBy(ChannelScale.total(x), count);
    Var centred = Bias.bias(x, Negate.negate(mean));
    Var variance = DivideBy.divideBy(ChannelScale.total(Square.square(centred)), count);
    Var factor = Divide.divide(gamma, Sqrt.sqrt(Shift.shift(variance, epsilon)));
    Var y = Bias.bias(ChannelScale.channelScale(centred, factor), beta);
    return new Normalised(y, mean.value(), variance.value());
  }

  /** With given statistics, constants. */
  public static Var inference(
      Var x, Var gamma, Var beta, Tensor mean, Tensor variance, float epsilon) {
    check(x.value(), gamma.value(), beta.value());
    Shapes.same("BatchNorm", gamma.value(), mean);
    Shapes.same("BatchNorm", gamma.value(), variance);
    Var centred = Bias.bias(x, Negate.negate(x.tape().constant(mean)));
    Var deviation = Sqrt.sqrt(Shift.shift(x.tape().constant(variance), epsilon));
    return Bias.bias(ChannelScale.channelScale(centred, Divide.divide(gamma, deviation)), beta);
  }

  private static void check(Tensor x, Tensor gamma, Tensor beta) {
    if (x.rank() < 2 || gamma.rank() != 1 || x.dim(x.rank() - 1) != gamma.dim(0)) {
      throw Shapes.mismatch("BatchNorm", x, gamma, "[samples, …, channels] and [channels]");
    }
    Shapes.same("BatchNorm", gamma, beta);
  }
}
