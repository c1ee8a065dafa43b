package advx.attacks.optimal;

import java.nio.ByteBuffer;

/**
 * The search for the smallest c with which the attack succeeds, for each slot on its own: ten times
 * as much after a failure, until it has succeeded once; from then on the middle between the largest
 * c that failed and the smallest that did not (Carlini, Wagner 2017, §V.A.3, and their code).
 */
final class ConstantSearch {
  private static final double FACTOR = 10;

  private final double first;
  private final double[] constant;
  private final double[] lower;
  private final double[] upper;

  /**
   * For so many slots.
   *
   * @param first the c that is tried first
   */
  ConstantSearch(double first, int slots) {
    this.first = first;
    constant = new double[slots];
    lower = new double[slots];
    upper = new double[slots];
  }

  void start(int slot) {
    constant[slot] = first;
    lower[slot] = 0;
    upper[slot] = Double.POSITIVE_INFINITY;
  }

  /** The c to try now. */
  double value(int slot) {
    return constant[slot];
  }

  /** Goes to the next c, now that it is known what this one brought. */
  void next(int slot, boolean succeeded) {
    if (succeeded) {
      upper[slot] = Math.min(upper[slot], constant[slot]);
    } else {
      lower[slot] = Math.max(lower[slot], constant[slot]);
    }
    constant[slot] =
        upper[slot] < Double.POSITIVE_INFINITY
            ? (lower[slot] + upper[slot]) / 2
            : constant[slot] * FACTOR;
  }

  /** Bytes that a slot takes in {@link #save}. */
  static final int BYTES = 3 * Double.BYTES;

  void save(int slot, ByteBuffer out) {
    out.putDouble(constant[slot]).putDouble(lower[slot]).putDouble(upper[slot]);
  }

  void restore(int slot, ByteBuffer in) {
    constant[slot] = in.getDouble();
    lower[slot] = in.getDouble();
    upper[slot] = in.getDouble();
  }

  /** The sample of one slot moves to another. */
  void move(int from, int to) {
    constant[to] = constant[from];
    lower[to] = lower[from];
    upper[to] = upper[from];
  }
}
