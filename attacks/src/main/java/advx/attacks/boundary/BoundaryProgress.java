package advx.attacks.boundary;

/** Hears how far an analysis has come. */
@FunctionalInterface
public interface BoundaryProgress {
  /** Hears nothing. */
  BoundaryProgress NONE = share -> {};

  /**
   * After each forward pass.
   *
   * @param share of all points that could be needed, 0 to 1; a way that ends early counts whole
   */
  void reached(double share);
}
