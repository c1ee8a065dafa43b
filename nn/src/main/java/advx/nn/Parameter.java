package advx.nn;

import advx.engine.Tensor;

/**
 * An array of weights that training changes.
 *
 * @param name unique in its network, the name under which model files keep it
 * @param index its place in the network, which also keys its initial random numbers
 * @param value the weights; updated in place
 * @param limit the largest L2 norm of each row of a matrix [out][in]; infinite for none
 * @param rate what the learning rate is multiplied by for these weights
 */
public record Parameter(String name, int index, Tensor value, float limit, float rate) {
  /** Weights that learn at the learning rate itself. */
  public Parameter(String name, int index, Tensor value, float limit) {
    this(name, index, value, limit, 1);
  }

  /** The same weights at this share of the learning rate. */
  public Parameter atRate(float share) {
    return new Parameter(name, index, value, limit, share);
  }
}
