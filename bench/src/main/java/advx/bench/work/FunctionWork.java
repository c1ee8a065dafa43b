package advx.bench.work;

import advx.engine.InputException;
import advx.engine.kernel.Exp;
import advx.engine.kernel.Log;
import advx.engine.kernel.Sigmoid;
import advx.engine.kernel.Softplus;
import advx.engine.kernel.Tanh;
import java.util.function.DoubleUnaryOperator;

/** A function of every element of an array. */
final class FunctionWork extends Work {
  /** Sums, products and divisions of floats in the kernel's formula; no comparison, no integer. */
  static final double EXP_FLOPS = 22;

  /** How a kernel is called. */
  @FunctionalInterface
  private interface Kernel {
    void run(float[] x, int from, float[] y, int to, int n);
  }

  /** A kernel, its definition, the operations of an element, and the range of its arguments. */
  private record Function(
      Kernel kernel, DoubleUnaryOperator definition, double flops, float low, float high) {
    private static Function of(Shape shape) {
      return switch (shape.word("of")) {
        case "exp" -> new Function(Exp::exp, StrictMath::exp, EXP_FLOPS, -8, 8);
        case "log" -> new Function(Log::log, StrictMath::log, 29, 0.01f, 100);
        case "tanh" -> new Function(Tanh::tanh, StrictMath::tanh, EXP_FLOPS + 16, -4, 4);
        case "sigmoid" ->
            new Function(Sigmoid::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), EXP_FLOPS + 2, -8, 8);
        case "softplus" ->
            new Function(
                Softplus::softplus,
                x -> StrictMath.log1p(StrictMath.exp(x)),
                EXP_FLOPS + 29,
                -8,
                8);
        default ->
            throw new InputException(
                "shapes.txt: '%s' has of=%s: give exp, log, tanh, sigmoid or softplus."
                    .formatted(shape.name(), shape.word("of")));
      };
    }
  }

  private final String name;
  private final Function function;
  private final float[] x;
  private final float[] y;
  private int start;

  FunctionWork(Shape shape) {
    super(Function.of(shape).flops * shape.size("n"), 8.0 * shape.size("n"));
    name = shape.word("of");
    function = Function.of(shape);
    x = Numbers.uniform(shape.size("n"), 0, function.low, function.high);
    y = new float[x.length];
  }

  @Override
  public void run() {
    function.kernel.run(x, 0, y, 0, x.length);
  }

  /**
   * Each time of other elements, so that their rest meets every branch: what never took one is
   * compiled without it, and thrown away when it does.
   */
  @Override
  public void warm() {
    int n = Math.min(x.length, SHORT);
    start = (start + 1) % (x.length - n + 1);
    function.kernel.run(x, start, y, start, n);
  }

  @Override
  public void check() {
    run();
    for (int at = 0; at < x.length; at += Numbers.stride(x.length)) {
      Numbers.expect(name, at, function.definition.applyAsDouble(x[at]), y[at], 1e-6);
    }
  }
}
