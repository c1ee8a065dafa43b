package advx.engine;

/** The sentences of a shape error: the operation, both shapes, what was expected. */
public final class Shapes {
  private Shapes() {}

  /** Fails unless both have the same shape. */
  public static void same(String op, Tensor a, Tensor b) {
    if (!a.sameShape(b)) {
      throw mismatch(op, a, b, "two equal shapes");
    }
  }

  /** Fails unless the tensor has this rank. */
  public static void rank(String op, Tensor a, int rank) {
    if (a.rank() != rank) {
      throw new IllegalArgumentException(
          "%s: got shape %s, expected %d axes".formatted(op, a.shapeString(), rank));
    }
  }

  /** The error for two shapes that do not fit each other. */
  public static IllegalArgumentException mismatch(String op, Tensor a, Tensor b, String expected) {
    return new IllegalArgumentException(
        "%s: got shapes %s and %s, expected %s"
            .formatted(op, a.shapeString(), b.shapeString(), expected));
  }

  /** Fails with the shape and what was expected unless the condition holds. */
  public static void check(boolean holds, String op, Tensor a, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: got shape %s, expected %s".formatted(op, a.shapeString(), expected));
    }
  }
}
