package advx.engine;

/**
 * One operation as the tape knows it: how the gradient of its result becomes the gradients of its
 * inputs. The forward formula stands beside it, in the same file of {@code advx.engine.op}, as a
 * static method that computes the value and records it with {@link Tape#record}.
 *
 * <p>An operation with settings (a factor, an axis, a mask) is an object that holds them; where the
 * step before had the same, that one is used again ({@link Tape#previous}).
 */
public interface Op {
  /**
   * Adds to each input's gradient its share, Σᵢ dyᵢ·∂yᵢ/∂input, by tape operations alone, so that
   * the gradient can be differentiated again. Inputs that need no gradient are left out.
   */
  void backward(Var y, Var dy);

  /** The name under which it is printed: its class, after that of the op whose gradient it is. */
  default String name() {
    Class<?> outer = getClass().getEnclosingClass();
    boolean gradient = outer != null && Op.class.isAssignableFrom(outer);
    return (gradient ? outer.getSimpleName() + "." : "") + getClass().getSimpleName();
  }

  /**
   * An operation that {@link Tape#defer} may leave undone until somebody looks at its value: the
   * gradient of large weights, which an optimiser can consume without its ever being stored.
   */
  interface Deferred extends Op {
    /** Writes the value of y, all of it, from its inputs. */
    void compute(Var y);
  }
}
