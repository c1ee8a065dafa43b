package advx.cli.rows;

import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.op.Bias;
import advx.engine.op.DivideOrZero;
import advx.engine.op.Expand;
import advx.engine.op.L2Norm;
import advx.engine.op.Matmul;
import advx.engine.op.Mean;
import advx.engine.op.Scale;
import advx.engine.op.Subtract;
import advx.nn.Classifier;
import advx.nn.Network;
import advx.nn.Top;
import advx.nn.data.Whitening;

/**
 * A network of whitened images as a model of the images themselves: the preprocessing is part of
 * it, so that an attack can change a pixel and not a whitened number.
 *
 * <pre>
 * logits(x) = network((scale·(x − mean(x))/‖x − mean(x)‖₂ − m)·W)
 * </pre>
 *
 * <p>In float, where {@link Whitening#apply} has the contrast in double: logits agree to rounding.
 * Shapes: x [samples, features].
 */
record WhitenedNetwork(Whitening whitening, Network network, Tensor minusMean)
    implements Classifier {
  static WhitenedNetwork of(Whitening whitening, Network network) {
    Tensor minus = Tensor.zeros(whitening.mean().size());
    for (int i = 0; i < minus.size(); i++) {
      minus.data()[i] = -whitening.mean().data()[i];
    }
    return new WhitenedNetwork(whitening, network, minus);
  }

  @Override
  public int features() {
    return network.features();
  }

  @Override
  public int classes() {
    return network.classes();
  }

  @Override
  public Top top() {
    return network.top();
  }

  @Override
  public Var logits(Tape tape, Var x) {
    int d = features();
    Var centred = Subtract.subtract(x, Expand.expand(Mean.mean(x, 1), 1, d));
    Var norm = Expand.expand(L2Norm.l2Norm(centred), 1, d);
    Var unit = DivideOrZero.divideOrZero(centred, norm);
    Var contrast = Scale.scale(unit, (float) whitening.contrast().scale());
    Var shifted = Bias.bias(contrast, tape.constant(minusMean));
    return network.logits(tape, Matmul.matmul(shifted, tape.constant(whitening.matrix())));
  }
}
