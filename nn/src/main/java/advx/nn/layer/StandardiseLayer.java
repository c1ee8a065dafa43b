package advx.nn.layer;

import advx.engine.Var;
import advx.engine.op.Clamp;
import advx.engine.op.Divide;
import advx.engine.op.DivideBy;
import advx.engine.op.Expand;
import advx.engine.op.Reshape;
import advx.engine.op.Sqrt;
import advx.engine.op.Square;
import advx.engine.op.Subtract;
import advx.engine.op.Sum;
import advx.nn.Layer;
import advx.nn.Pass;
import advx.nn.SampleShape;

/**
 * {@code standardise}: each image for itself, y = (x − m)/max(d, 1/√n), with the mean m and the
 * deviation d (divided by the count) of its n numbers. An image of one colour becomes zero.
 *
 * <p>Gradients of any order go through mean and deviation; where the bound holds, the deviation is
 * a constant. Shapes: x and y equal, a row or an image. It is what wide residual networks on
 * CIFAR-10 do to their pixels (Madry et al. 2018, the authors' code).
 */
record StandardiseLayer(SampleShape output) implements Layer {
  @Override
  public Var forward(Pass pass, Var x) {
    int samples = x.value().rows();
    int n = output.size();
    Var row = Reshape.reshape(x, samples, n);
    Var mean = DivideBy.divideBy(Sum.sum(row, 1), n);
    Var centred = Subtract.subtract(row, Expand.expand(mean, 1, n));
    Var variance = DivideBy.divideBy(Sum.sum(Square.square(centred), 1), n);
    Var deviation = Sqrt.sqrt(Clamp.clamp(variance, 1f / n, Float.POSITIVE_INFINITY));
    Var y = Divide.divide(centred, Expand.expand(deviation, 1, n));
    return Reshape.reshape(y, x.value());
  }
}
