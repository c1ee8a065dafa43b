package advx.nn.layer;

import advx.engine.Var;
import advx.engine.kernel.PoolShape;
import advx.engine.op.AveragePool;
import advx.engine.op.MaxPool;
import advx.nn.Layer;
import advx.nn.Pass;
import advx.nn.SampleShape;

/**
 * {@code maxpool(size,stride=…,pad=…)} and {@code averagepool(size,stride=…,pad=…)}: the largest or
 * the mean number of a window, channel by channel; the stride is the window's size unless given.
 */
record PoolLayer(PoolShape shape, boolean maximum) implements Layer {
  static Layer make(Settings s, boolean maximum) {
    SampleShape image = s.only(1, "stride", "pad").image();
    PoolShape shape =
        new PoolShape(image.height(), image.width(), image.channels(), s.window(0, "window", 0));
    return new PoolLayer(shape, maximum);
  }

  @Override
  public Var forward(Pass pass, Var x) {
    return maximum ? MaxPool.maxPool(x, shape) : AveragePool.averagePool(x, shape);
  }

  @Override
  public SampleShape output() {
    return new SampleShape(shape.rows(), shape.columns(), shape.channels());
  }
}
