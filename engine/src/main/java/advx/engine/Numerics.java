package advx.engine;

/** The version of the engine's arithmetic. */
public final class Numerics {
  /**
   * Rises whenever any kernel, random number or order of summation changes a single bit of a
   * result. Part of the hash under which trained models are kept, so that none is taken for
   * another.
   */
  public static final int VERSION = 1;

  private Numerics() {}
}
