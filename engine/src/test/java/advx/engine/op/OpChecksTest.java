package advx.engine.op;

import static advx.engine.op.Draws.between;
import static advx.engine.op.OpCase.unary;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The generic checks accept a right operation and refuse wrong ones. */
class OpChecksTest {
  private static final int[] SIZES = {1, 17, 207};

  /** y = x³ with a gradient of one's own choice. */
  private record Wrong(BiConsumer<Var, Var> gradient) implements Op {
    Var cube(Var x) {
      Tensor y = Cube.cube(x).value();
      return x.tape().record(this, y, x);
    }

    @Override
    public void backward(Var y, Var dy) {
      gradient.accept(y.input(0), dy);
    }
  }

  private static OpCase cube(UnaryOperator<Var> tape) {
    return unary("Cube", between(0.5f, 2), tape, v -> v * v * v);
  }

  private static OpCase wrong(BiConsumer<Var, Var> gradient) {
    return cube(new Wrong(gradient)::cube);
  }

  private static Var slope(Var x, float factor) {
    return Scale.scale(Square.square(x), factor);
  }

  private static void refused(String sentence, Executable check) {
    var error = assertThrows(AssertionError.class, check);
    assertTrue(error.getMessage().contains(sentence), error.getMessage());
  }

  @Test
  void acceptTheRightOperation() {
    for (int n : SIZES) {
      var checks = new OpChecks(cube(Cube::cube), n);
      checks.value();
      checks.firstDerivative();
      checks.secondDerivative();
      checks.rowsAlone();
    }
  }

  @Test
  void refuseWrongValue() {
    for (int n : SIZES) {
      var checks = new OpChecks(cube(x -> Scale.scale(Cube.cube(x), 1.0001f)), n);
      refused("element 0", checks::value);
    }
  }

  @Test
  void refuseGradientThatIsOffByOneInAThousand() {
    for (int n : SIZES) {
      var op = wrong((x, dy) -> x.addGradient(Multiply.multiply(dy, slope(x, 3.003f))));
      refused("⟨v, Jᵀg⟩", new OpChecks(op, n)::firstDerivative);
    }
  }

  @Test
  void refuseMissingGradient() {
    refused("⟨v, Jᵀg⟩", new OpChecks(wrong((x, dy) -> {}), 17)::firstDerivative);
  }

  @Test
  void refuseGradientThatIsRightButCannotBeDifferentiated() {
    for (int n : SIZES) {
      var op =
          wrong(
              (x, dy) -> {
                Var constant = x.tape().constant(slope(x, 3).value());
                x.addGradient(Multiply.multiply(dy, constant));
              });
      new OpChecks(op, n).firstDerivative();
      refused("⟨w, ∇⟨u, Jᵀg⟩⟩", new OpChecks(op, n)::secondDerivative);
    }
  }

  @Test
  void refuseGradientThatForgetsItsDependenceOnTheGradientAbove() {
    for (int n : SIZES) {
      var op =
          wrong(
              (x, dy) -> {
                Var constant = x.tape().constant(dy.value());
                x.addGradient(Multiply.multiply(constant, slope(x, 3)));
              });
      new OpChecks(op, n).firstDerivative();
      refused("⟨k, Ju⟩", new OpChecks(op, n)::secondDerivative);
    }
  }

  @Test
  void refuseResultThatDependsOnTheBatch() {
    UnaryOperator<Var> shifted =
        x -> {
          Var mean = Expand.expand(Mean.mean(x, 0), 0, x.value().dim(0));
          return Subtract.subtract(Cube.cube(x), mean);
        };
    refused("row 0", new OpChecks(cube(shifted), 17)::rowsAlone);
  }
}
