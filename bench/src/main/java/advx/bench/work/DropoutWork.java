package advx.bench.work;

import advx.engine.kernel.DropoutMask;

/** The dropout masks of a batch; a call is a step. */
final class DropoutWork extends Work {
  private final int rows;
  private final int columns;
  private final float keep;
  private final float[] mask;
  private int step;

  /**
   * A number is one comparison's outcome; its random bits are integer arithmetic. Written alone.
   */
  DropoutWork(Shape shape) {
    super(
        1.0 * shape.size("rows") * shape.size("columns"),
        4.0 * shape.size("rows") * shape.size("columns"));
    rows = shape.size("rows");
    columns = shape.size("columns");
    keep = shape.share("keep");
    mask = new float[rows * columns];
  }

  @Override
  public void run() {
    for (int row = 0; row < rows; row++) {
      DropoutMask.mask(mask, row, columns, 1, row, step, 0, keep, 2);
    }
    step++;
  }

  /** 0 or the scale, and as many kept as the law of large numbers wants: within six sigma. */
  @Override
  public void check() {
    run();
    double kept = 0;
    for (int at = 0; at < mask.length; at++) {
      if (mask[at] != 0) {
        Numbers.expect("mask", at, 2, mask[at], 0);
        kept++;
      }
    }
    double sigma = Math.sqrt(keep * (1.0 - keep) * mask.length);
    if (!(Math.abs(kept - (double) keep * mask.length) <= 6 * sigma)) {
      throw new IllegalStateException(
          "dropout keeps %s of %d, expected a share of %s".formatted(kept, mask.length, keep));
    }
  }
}
