package advx.nn.layer;

import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.op.BatchNorm;
import advx.nn.Layer;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.nn.SampleShape;
import java.util.List;

/**
 * {@code batchnorm(keep=…,epsilon=…)}: each channel (of a row: each number) minus its mean, divided
 * by its deviation √(variance + epsilon), epsilon 1e-5 unless given, times a weight, plus a bias.
 *
 * <p>Every training pass normalises by its own batch, and, unless it only looks for perturbations
 * ({@link Pass#crafting}), moves the running statistics towards it: running ← keep·running + (1 −
 * keep)·batch, keep 0.9 unless given. Inference uses those; they are saved with the model, and no
 * gradient changes them.
 */
record BatchNormLayer(
    SampleShape output,
    float keep,
    float epsilon,
    Parameter weight,
    Parameter bias,
    Parameter mean,
    Parameter variance)
    implements Layer {
  static Layer make(Settings s) {
    return make(s.only(0, "keep", "epsilon"), "", 0, s.inputs());
  }

  /** As a part of a layer that hands on keep and epsilon; it takes four places among its own. */
  static BatchNormLayer make(Settings s, String prefix, int place, SampleShape inputs) {
    double keep = s.real("keep", 0.9);
    if (!(keep >= 0 && keep < 1)) {
      throw new IllegalArgumentException("its keep has to lie from 0 up to below 1");
    }
    double epsilon = s.real("epsilon", 1e-5);
    if (!((float) epsilon > 0 && epsilon <= 1)) {
      throw new IllegalArgumentException("its epsilon has to lie above 0 and up to 1");
    }
    int channels = inputs.channels();
    return new BatchNormLayer(
        inputs,
        (float) keep,
        (float) epsilon,
        s.constant(prefix + "weight", place, 1, channels),
        s.constant(prefix + "bias", place + 1, 0, channels),
        s.constant(prefix + "mean", place + 2, 0, channels),
        s.constant(prefix + "variance", place + 3, 1, channels));
  }

  @Override
  public Var forward(Pass pass, Var x) {
    Var gamma = pass.parameter(weight);
    Var beta = pass.parameter(bias);
    if (!pass.training()) {
      return BatchNorm.inference(x, gamma, beta, mean.value(), variance.value(), epsilon);
    }
    Var y = BatchNorm.training(x, gamma, beta, epsilon);
    if (pass.learns()) {
      move(mean.value(), BatchNorm.mean(y));
      move(variance.value(), BatchNorm.variance(y));
    }
    return y;
  }

  private void move(Tensor running, Tensor batch) {
    float[] r = running.data();
    float[] b = batch.data();
    for (int c = 0; c < r.length; c++) {
      r[c] = Math.fma(1 - keep, b[c] - r[c], r[c]);
    }
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias, mean, variance);
  }
}
