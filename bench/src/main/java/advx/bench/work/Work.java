package advx.bench.work;

/**
 * One kernel, or one step, at one shape: the call that is measured, what it costs by its formula,
 * and whether it is right.
 *
 * <p>The same call runs the vector kernel, or its scalar twin in a JVM with {@code
 * -Dadvx.vector=none}. It allocates nothing; a step allocates the records of its operations.
 */
public abstract class Work implements Runnable {
  /** Elements of a short call: sixteen of the widest vectors, and a rest. */
  static final int SHORT = 271;

  private final double flops;
  private final double bytes;

  /**
   * A call of so many floating-point operations, a fused multiply-add counted as two, and so many
   * bytes of compulsory traffic: every operand read once, every result written once.
   */
  protected Work(double flops, double bytes) {
    this.flops = flops;
    this.bytes = bytes;
  }

  /** One call. */
  @Override
  public abstract void run();

  /**
   * A short call of the same code, to be made often. The second compiler takes a method up after
   * 600 calls, if calls and turns of loops together are 15,000, else after 5,000 calls.
   */
  public void warm() {
    run();
  }

  /**
   * Makes one call and compares what it gives with the definition, in double, at up to a thousand
   * places; a fast wrong result is worth nothing.
   *
   * @throws IllegalStateException if it is wrong
   */
  public abstract void check();

  public final double flops() {
    return flops;
  }

  public final double bytes() {
    return bytes;
  }

  /** Floating-point operations for each byte of compulsory traffic. */
  public final double intensity() {
    return flops / bytes;
  }

  /** Whether a call may allocate the records of its operations; under 1 KB then, else nothing. */
  public boolean taped() {
    return false;
  }
}
