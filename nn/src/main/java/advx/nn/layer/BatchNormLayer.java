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
 * {@code batchnorm(keep=…)}: each channel (of a row: each number) minus its mean, divided by its
 * deviation, times a weight, plus a bias.
 *
 * <p>Every training pass normalises by its own batch, and moves the running statistics towards it:
 * running ← keep·running + (1 − keep)·batch, keep 0.9 unless given. Inference uses those; they are
 * saved with the model, and no gradient changes them.
 */
record BatchNormLayer(
    SampleShape output,
    float keep,
    Parameter weight,
    Parameter bias,
    Parameter mean,
    Parameter variance)
    implements Layer {
  private static final float EPSILON = 1e-5f;

  static Layer make(Settings s) {
    double keep = s.only(0, "keep").real("keep", 0.9);
    if (!(keep >= 0 && keep < 1)) {
      throw new IllegalArgumentException("its keep has to lie from 0 up to below 1");
    }
    int channels = s.inputs().channels();
    return new BatchNormLayer(
        s.inputs(),
        (float) keep,
        s.constant("weight", 0, 1, channels),
        s.constant("bias", 1, 0, channels),
        s.constant("mean", 2, 0, channels),
        s.constant("variance", 3, 1, channels));
  }

  @Override
  public Var forward(Pass pass, Var x) {
    Var gamma = pass.parameter(weight);
    Var beta = pass.parameter(bias);
    if (!pass.training()) {
      return BatchNorm.inference(x, gamma, beta, mean.value(), variance.value(), EPSILON);
    }
    BatchNorm.Normalised found = BatchNorm.training(x, gamma, beta, EPSILON);
    move(mean.value(), found.mean());
    move(variance.value(), found.variance());
    return found.y();
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
