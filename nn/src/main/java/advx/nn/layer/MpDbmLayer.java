package advx.nn.layer;

import advx.engine.Var;
import advx.nn.Layer;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.nn.SampleShape;
import advx.nn.dbm.MeanField;
import java.util.List;

/**
 * {@code mpdbm(first,second,classes,iterations=5,multi,init=…,bias=…,limit=…)}: a deep Boltzmann
 * machine of two hidden layers and a label; its output are the label's logits after this many
 * iterations of {@link MeanField}, with {@code multi} by multi-inference. {@code bias=} is that of
 * the hidden units; {@code limit=} may be three numbers, {@code a:b:c}, from the image to the
 * label.
 */
public record MpDbmLayer(
    SampleShape output,
    int iterations,
    boolean multi,
    Parameter weight1,
    Parameter weight2,
    Parameter weight3,
    Parameter visible,
    Parameter bias1,
    Parameter bias2,
    Parameter bias3)
    implements Layer {
  static Layer make(Settings s) {
    s.only(3, "iterations", "multi", "init", "bias", "limit");
    int first = s.count(0, "number of units of the first layer");
    int second = s.count(1, "number of units of the second layer");
    int classes = s.count(2, "number of classes");
    int iterations = s.counted("iterations", 5);
    if (iterations < 2) {
      throw new IllegalArgumentException("its iterations have to be 2 or more");
    }
    int inputs = s.inputs().size();
    double[] limits = s.reals("limit", 3, Double.POSITIVE_INFINITY);
    double bias = s.real("bias", 0);
    return new MpDbmLayer(
        SampleShape.row(classes),
        iterations,
        s.has("multi"),
        s.weights("weight1", 0, limits[0], first, inputs),
        s.weights("weight2", 1, limits[1], second, first),
        s.weights("weight3", 2, limits[2], classes, second),
        s.constant("visible", 3, 0, inputs),
        s.constant("bias1", 4, bias, first),
        s.constant("bias2", 5, bias, second),
        s.constant("bias3", 6, 0, classes));
  }

  @Override
  public Var forward(Pass pass, Var x) {
    return on(pass).logits(Flat.flat(x), iterations, multi);
  }

  /** The machine on this pass's tape. */
  public MeanField on(Pass pass) {
    return new MeanField(
        pass.parameter(visible),
        pass.parameter(weight1),
        pass.parameter(bias1),
        pass.parameter(weight2),
        pass.parameter(bias2),
        pass.parameter(weight3),
        pass.parameter(bias3));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight1, weight2, weight3, visible, bias1, bias2, bias3);
  }
}
