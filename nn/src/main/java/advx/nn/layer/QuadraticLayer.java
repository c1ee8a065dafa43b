package advx.nn.layer;

import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.op.Dense;
import advx.engine.op.Expand;
import advx.engine.op.Negate;
import advx.engine.op.QuadraticForm;
import advx.engine.op.Reshape;
import advx.engine.op.Square;
import advx.engine.op.Sum;
import advx.nn.Layer;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.nn.SampleShape;
import java.util.List;

/**
 * {@code quadratic(units,init=…,scale=…)}: y = −(x − μ)ᵀB(x − μ), one centre μ and one positive
 * form B a unit: the logarithm of a radial basis function.
 *
 * <ul>
 *   <li>B diagonal, Bᵢᵢ = sᵢ²: {@code scale=} is where s begins, 1/√inputs unless given;
 *   <li>{@code quadratic(units,round)}: the same s for all inputs of a unit;
 *   <li>{@code quadratic(units,rank=r,init=…,bias=…)}: B = AᵀA with A [r, inputs], so y = −‖A·x +
 *       b‖², in which b = −A·μ is learnt in place of μ.
 * </ul>
 *
 * @param weight centres [units, inputs], or the rows of A [units·r, inputs]
 * @param scale s [units, inputs] or, of round forms, [units]; b [units·r] with a rank
 * @param rank 0 without
 */
public record QuadraticLayer(
    SampleShape output, Parameter weight, Parameter scale, boolean round, int rank)
    implements Layer {
  static Layer make(Settings s) {
    s.only(1, "round", "rank", "init", "scale", "bias");
    int units = s.count(0, "number of units");
    int inputs = s.inputs().size();
    SampleShape output = SampleShape.row(units);
    if (s.named("rank", null) != null) {
      int rank = s.counted("rank", 1);
      if (s.has("round") || s.named("scale", null) != null) {
        throw new IllegalArgumentException("with a rank it is not round and has no scale");
      }
      Parameter factors = s.weights(units * rank, inputs);
      return new QuadraticLayer(output, factors, s.bias(units * rank), false, rank);
    }
    double scale = s.real("scale", 1 / StrictMath.sqrt(inputs));
    boolean round = s.has("round");
    Parameter scales =
        round ? s.constant("scale", 1, scale, units) : s.constant("scale", 1, scale, units, inputs);
    return new QuadraticLayer(output, s.weights(units, inputs), scales, round, 0);
  }

  @Override
  public Var forward(Pass pass, Var input) {
    Var x = Flat.flat(input);
    Var w = pass.parameter(weight);
    Var s = pass.parameter(scale);
    if (rank > 0) {
      Var squares = Square.square(Dense.dense(x, w, s));
      Var units = Reshape.reshape(squares, x.value().rows(), output.size(), rank);
      return Negate.negate(Sum.sum(units, 2));
    }
    Var scales = round ? Expand.expand(s, 1, w.value().dim(1)) : s;
    return Negate.negate(QuadraticForm.quadraticForm(x, w, scales));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, scale);
  }

  /** Puts each unit's centre at a row of these [units, inputs]. */
  public void centre(Tensor centres) {
    if (rank == 0) {
      weight.value().set(centres);
      return;
    }
    int inputs = centres.columns();
    float[] a = weight.value().data();
    for (int row = 0; row < weight.value().rows(); row++) {
      double sum = 0;
      for (int i = 0; i < inputs; i++) {
        sum += (double) a[row * inputs + i] * centres.data()[row / rank * inputs + i];
      }
      scale.value().data()[row] = (float) -sum;
    }
  }
}
