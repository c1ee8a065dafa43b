package advx.attacks.train;

import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Trigonometry;
import advx.engine.Var;
import advx.engine.kernel.Lanes;
import advx.engine.kernel.Sums;
import advx.engine.op.Add;
import advx.engine.op.DivideOrZero;
import advx.engine.op.Expand;
import advx.engine.op.L2Norm;
import advx.engine.op.Multiply;
import advx.engine.op.Sign;
import advx.engine.op.Subtract;
import advx.engine.op.Sum;
import java.util.Locale;

/**
 * A step of training away from an example along its gradient g, written in operations of the tape,
 * so that it can be differentiated by g (Goodfellow, Shlens, Szegedy 2015, §6).
 *
 * <p>Where a gradient is too small to have a direction in float, or, for a rotation, lies along x,
 * x' = x. Shapes: x and g [samples, features]; each sample for itself.
 */
public enum GradientStep {
  /** x' = x + ε·sign(g), sign(0) = 0; its derivative by g is 0. */
  SIGN {
    @Override
    public Var step(Tensor x, Var g, double size) {
      Tensor length = g.tape().workspace().like(x).fill((float) size);
      Var move = Multiply.multiply(Sign.sign(g), g.tape().constant(length));
      return Add.add(g.tape().constant(x), move);
    }
  },

  /** x' = ‖x‖(cos θ·x̂ + sin θ·ĝ⊥), as {@link advx.attacks.Rotation}; the size is θ in radians. */
  ROTATION {
    @Override
    public Var step(Tensor x, Var g, double size) {
      Tape tape = g.tape();
      int n = x.columns();
      Tensor perSquare = tape.workspace().tensor(x.rows());
      Tensor base = tape.workspace().like(x).set(x);
      Tensor length = tape.workspace().like(x);
      float[] lanes = tape.workspace().tensor(Lanes.LOGICAL).data();
      float sine = (float) Trigonometry.sin(size);
      for (int row = 0; row < x.rows(); row++) {
        float squares = Sums.squares(x.data(), row * n, n, lanes);
        perSquare.data()[row] = squares > 0 ? 1 / squares : 0;
        fill(length, row, sine * (float) Math.sqrt(squares));
      }
      Var original = tape.constant(x);
      Var along =
          Multiply.multiply(Sum.sum(Multiply.multiply(original, g), 1), tape.constant(perSquare));
      Var across = Subtract.subtract(g, Multiply.multiply(original, Expand.expand(along, 1, n)));
      float cosine = (float) Trigonometry.cos(size);
      Var usable = usable(across, g.value(), length);
      for (int i = 0; i < base.size(); i++) {
        base.data()[i] *= length.data()[i] > 0 ? cosine : 1;
      }
      return move(base, usable, length);
    }
  },

  /** x' = x + ε·g/‖g‖₂. */
  SCALED {
    @Override
    public Var step(Tensor x, Var g, double size) {
      Tensor length = g.tape().workspace().like(x).fill((float) size);
      Var usable = usable(g, g.value(), length);
      return move(x, usable, length);
    }
  };

  /** Below this norm a gradient's derivatives could leave the range of floats. */
  private static final double LEAST = 1e-30;

  /** Below this share of the gradient, what is left of it across x is rounding. */
  private static final double ROUNDING = 0x1p-20;

  /**
   * The perturbed examples.
   *
   * @param x the examples; no gradient flows to them
   * @param g their gradients; the result can be differentiated by them
   * @param size ε in the data's own units, or an angle in radians
   */
  public abstract Var step(Tensor x, Var g, double size);

  /** base + length·v/‖v‖, 0 for v = 0. */
  private static Var move(Tensor base, Var v, Tensor length) {
    Tape tape = v.tape();
    Var norm = Expand.expand(L2Norm.l2Norm(v), 1, base.columns());
    Var unit = DivideOrZero.divideOrZero(v, norm);
    return Add.add(tape.constant(base), Multiply.multiply(unit, tape.constant(length)));
  }

  /** v with 0 for the samples that have no direction; their lengths become 0 too. */
  private static Var usable(Var v, Tensor gradient, Tensor length) {
    Tape tape = v.tape();
    int n = v.value().columns();
    Tensor keep = tape.workspace().like(v.value());
    for (int row = 0; row < keep.rows(); row++) {
      double least = Math.max(LEAST, ROUNDING * norm(gradient, row));
      boolean usable = norm(v.value(), row) >= least;
      fill(keep, row, usable ? 1 : 0);
      fill(length, row, usable ? length.data()[row * n] : 0);
    }
    return Multiply.multiply(v, tape.constant(keep));
  }

  private static double norm(Tensor v, int row) {
    double squares = 0;
    for (int i = row * v.columns(); i < (row + 1) * v.columns(); i++) {
      squares = Math.fma(v.data()[i], (double) v.data()[i], squares);
    }
    return Math.sqrt(squares);
  }

  private static void fill(Tensor rows, int row, float value) {
    java.util.Arrays.fill(rows.data(), row * rows.columns(), (row + 1) * rows.columns(), value);
  }

  /** The word that stands for it in settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
