package advx.nn.layer;

import advx.engine.Var;
import advx.engine.op.ChannelsLast;
import advx.nn.Layer;
import advx.nn.Pass;
import advx.nn.SampleShape;

/**
 * {@code image(channels,height,width)}: reads a row of numbers as an image, channel by channel, as
 * data sets keep them.
 */
record ImageLayer(SampleShape output) implements Layer {
  static Layer make(Settings s) {
    SampleShape image =
        new SampleShape(
            s.only(3).count(1, "height"), s.count(2, "width"), s.count(0, "number of channels"));
    if (s.inputs().image() || s.inputs().size() != image.size()) {
      throw new IllegalArgumentException(
          "it reads %d numbers as an image, but gets %s".formatted(image.size(), s.inputs()));
    }
    return new ImageLayer(image);
  }

  @Override
  public Var forward(Pass pass, Var x) {
    return ChannelsLast.channelsLast(x, output.height(), output.width(), output.channels());
  }
}
