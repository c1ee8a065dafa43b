package advx.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import java.util.Arrays;

/**
 * The generic checks of an operation against its formula, one number each. Differences are taken on
 * the formula, in double precision; derivatives come from the tape, in float.
 *
 * <p>f is the operation, g a random direction in its results, u, v and w in its inputs; x + tv
 * means that every input moves.
 */
final class OpChecks {
  private static final double VALUE = 1e-5;
  private static final double DERIVATIVE = 1e-5;
  private static final double STEP = 2e-4;

  private final OpCase op;
  private final int n;
  private final RandomStream random;
  private final double[][] x;

  OpChecks(OpCase op, int n) {
    this.op = op;
    this.n = n;
    this.random = new RandomStream(n, Purpose.TEST, 0, op.name().hashCode(), 0);
    this.x = new double[op.inputs().size()][];
    for (int k = 0; k < x.length; k++) {
      x[k] = doubles(op.inputs().get(k).draw().numbers(Tensor.zeros(shape(k)).size(), random));
    }
  }

  /** f on the tape is f in double precision. */
  void value() {
    double[] expected = op.formula().apply(n, x);
    float[] actual = op.tape().apply(inputs(new Tape(new Workers(1))), 0).data();
    assertEquals(expected.length, actual.length, op + ": number of elements");
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          expected[i], actual[i], VALUE * (1 + Math.abs(expected[i])), op + ": element " + i);
    }
  }

  /** ⟨v, Jᵀg⟩ = d/dt ⟨g, f(x + tv)⟩. */
  void firstDerivative() {
    var tape = new Tape(new Workers(1));
    Var[] vars = inputs(tape);
    Var y = op.tape().apply(vars, 0);
    double[] g = direction(y.value().size());
    double[][] v = directions();
    tape.backward(y, tape.constant(tensor(g, y.value().shape())), false);
    double expected = (along(g, v, STEP) - along(g, v, -STEP)) / (2 * STEP);
    close("⟨v, Jᵀg⟩", expected, products(v, vars));
  }

  /**
   * The gradient is itself differentiated: ⟨w, ∇⟨u, Jᵀg⟩⟩ = d/ds d/dt ⟨g, f(x + tu + sw)⟩ over the
   * inputs, and ⟨k, Ju⟩ = d/dt ⟨k, f(x + tu)⟩ over g, in which the gradient is linear.
   */
  void secondDerivative() {
    var tape = new Tape(new Workers(1));
    Var[] vars = inputs(tape);
    Var y = op.tape().apply(vars, 0);
    double[] g = direction(y.value().size());
    double[] k = direction(y.value().size());
    double[][] u = directions();
    double[][] w = directions();
    Var seed = tape.variable(tensor(g, y.value().shape()), "g");
    tape.backward(y, seed, true);
    Var[] gradients = Arrays.stream(vars).map(Var::gradient).toArray(Var[]::new);
    tape.clearGradients();
    for (int i = 0; i < vars.length; i++) {
      if (gradients[i] != null) {
        tape.backward(gradients[i], tape.constant(tensor(u[i], shape(i))), false);
      }
    }
    double mixed =
        (along(g, sum(u, w, 1), STEP)
                - along(g, sum(u, w, -1), STEP)
                - along(g, sum(u, w, -1), -STEP)
                + along(g, sum(u, w, 1), -STEP))
            / (4 * STEP * STEP);
    close("⟨w, ∇⟨u, Jᵀg⟩⟩", mixed, products(w, vars));
    double forward = (along(k, u, STEP) - along(k, u, -STEP)) / (2 * STEP);
    close("⟨k, Ju⟩", forward, products(new double[][] {k}, seed));
  }

  /** A row of the result and of every batched input's gradient is the same alone, bit for bit. */
  void rowsAlone() {
    var tape = new Tape(new Workers(1));
    Var[] batch = inputs(tape);
    Var y = op.tape().apply(batch, 0);
    Tensor g = tensor(direction(y.value().size()), y.value().shape());
    tape.backward(y, tape.constant(g), false);
    for (int row = 0; row < y.value().rows(); row++) {
      var alone = new Tape(new Workers(1));
      Var[] vars = new Var[x.length];
      for (int i = 0; i < x.length; i++) {
        Tensor all = batch[i].value();
        vars[i] = alone.variable(op.inputs().get(i).batched() ? row(all, row) : all, "x" + i);
      }
      Var one = op.tape().apply(vars, row);
      alone.backward(one, alone.constant(row(g, row)), false);
      sameBits("row " + row, row(y.value(), row), one.value());
      for (int i = 0; i < x.length; i++) {
        if (op.inputs().get(i).batched() && vars[i].gradient() != null) {
          sameBits(
              "gradient of row " + row,
              row(batch[i].gradient().value(), row),
              vars[i].gradient().value());
        }
      }
    }
  }

  private void sameBits(String what, Tensor expected, Tensor actual) {
    assertEquals(expected.shapeString(), actual.shapeString(), op + ": shape of " + what);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.data()[i] + 0f, actual.data()[i] + 0f, op + ": " + what + " at " + i);
    }
  }

  private void close(String what, double expected, double[] products) {
    double actual = Arrays.stream(products).sum();
    // Signs are random: rounding errors add up like the terms themselves, by their squares.
    double allowed = DERIVATIVE * (1 + Formulas.norm(products));
    assertTrue(
        Math.abs(expected - actual) <= allowed,
        () ->
            "%s, n = %d: %s is %.9g, but by differences %.9g (allowed error %.2g)"
                .formatted(op, n, what, actual, expected, allowed));
  }

  /** The terms of Σ ⟨v, gradient⟩. */
  private static double[] products(double[][] v, Var... vars) {
    double[] terms = {};
    for (int i = 0; i < vars.length; i++) {
      if (vars[i].gradient() != null) {
        terms =
            Formulas.joined(
                terms, Formulas.zip(v[i], doubles(vars[i].gradient().data()), (a, b) -> a * b));
      }
    }
    return terms;
  }

  /** ⟨g, f(x + tv)⟩ in double precision. */
  private double along(double[] g, double[][] v, double t) {
    double[][] moved = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      moved[i] = Formulas.zip(x[i], v[i], (a, b) -> a + t * b);
    }
    return Formulas.dot(g, op.formula().apply(n, moved));
  }

  private static double[][] sum(double[][] u, double[][] w, int sign) {
    double[][] sum = new double[u.length][];
    Arrays.setAll(sum, i -> Formulas.zip(u[i], w[i], (a, b) -> a + sign * b));
    return sum;
  }

  private Var[] inputs(Tape tape) {
    Var[] vars = new Var[x.length];
    Arrays.setAll(vars, i -> tape.variable(tensor(x[i], shape(i)), "x" + i));
    return vars;
  }

  private double[][] directions() {
    double[][] v = new double[x.length][];
    Arrays.setAll(v, i -> direction(x[i].length));
    return v;
  }

  private double[] direction(int size) {
    float[] v = new float[size];
    for (int i = 0; i < size; i++) {
      v[i] = random.uniform(-1, 1);
    }
    return doubles(v);
  }

  private int[] shape(int input) {
    return op.inputs().get(input).shape().of(n);
  }

  private static Tensor row(Tensor t, int row) {
    int[] shape = t.shape();
    shape[0] = 1;
    int n = t.columns();
    return Tensor.of(Arrays.copyOfRange(t.data(), row * n, (row + 1) * n), shape);
  }

  private static Tensor tensor(double[] x, int... shape) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < x.length; i++) {
      t.data()[i] = (float) x[i];
    }
    return t;
  }

  private static double[] doubles(float[] x) {
    double[] y = new double[x.length];
    Arrays.setAll(y, i -> x[i]);
    return y;
  }
}
