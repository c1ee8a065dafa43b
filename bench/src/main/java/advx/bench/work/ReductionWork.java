package advx.bench.work;

import advx.engine.InputException;
import advx.engine.kernel.Extremes;
import advx.engine.kernel.Sums;

/** A sum, or the largest, of an array. */
final class ReductionWork extends Work {
  /** What is computed, with the operations and the bytes of an element. */
  private enum Reduction {
    SUM(1, 4),
    ABSOLUTES(1, 4),
    SQUARES(2, 4),
    DOT(2, 8),
    DISTANCE(3, 8),
    MAX(1, 4),
    ARGMAX(1, 4);

    private final double flops;
    private final double bytes;

    Reduction(double flops, double bytes) {
      this.flops = flops;
      this.bytes = bytes;
    }

    private static Reduction of(Shape shape) {
      for (Reduction reduction : values()) {
        if (reduction.name().toLowerCase(java.util.Locale.ROOT).equals(shape.word("of"))) {
          return reduction;
        }
      }
      throw new InputException(
          "shapes.txt: '%s' has of=%s: give sum, absolutes, squares, dot, distance, max or argmax."
              .formatted(shape.name(), shape.word("of")));
    }
  }

  private final Reduction reduction;
  private final int n;
  private final float[] x;
  private final float[] y;
  private final float[] lanes = new float[64];
  private float result;

  ReductionWork(Shape shape) {
    super(Reduction.of(shape).flops * shape.size("n"), Reduction.of(shape).bytes * shape.size("n"));
    reduction = Reduction.of(shape);
    n = shape.size("n");
    x = Numbers.uniform(n, 0);
    y = Numbers.uniform(n, 1);
  }

  @Override
  public void run() {
    result =
        switch (reduction) {
          case SUM -> Sums.sum(x, 0, n, lanes);
          case ABSOLUTES -> Sums.absolutes(x, 0, n, lanes);
          case SQUARES -> Sums.squares(x, 0, n, lanes);
          case DOT -> Sums.dot(x, 0, y, 0, n, lanes);
          case DISTANCE -> Sums.squaredDistance(x, 0, y, 0, n, lanes);
          case MAX -> Extremes.max(x, 0, n);
          case ARGMAX -> Extremes.argmax(x, 0, n);
        };
  }

  @Override
  public void check() {
    run();
    double sum = 0;
    int largest = 0;
    for (int i = 0; i < n; i++) {
      double a = x[i];
      double b = y[i];
      sum +=
          switch (reduction) {
            case SUM -> a;
            case ABSOLUTES -> Math.abs(a);
            case SQUARES -> a * a;
            case DOT -> a * b;
            case DISTANCE -> (a - b) * (a - b);
            case MAX, ARGMAX -> 0;
          };
      largest = a > x[largest] ? i : largest;
    }
    double expected =
        switch (reduction) {
          case MAX -> x[largest];
          case ARGMAX -> largest;
          default -> sum;
        };
    Numbers.expect(reduction.name(), 0, expected, result, 1e-4);
  }
}
