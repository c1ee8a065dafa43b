package advx.nn;

import advx.engine.Tensor;

/**
 * An array of weights that training changes.
 *
 * @param name unique in its network, the name under which model files keep it
 * @param index its place in the network, which also keys its initial random numbers
 * @param value the weights; updated in place
 * @param limit the largest L2 norm of each row of a matrix [out][in]; infinite for none
 */
public record Parameter(String name, int index, Tensor value, float limit) {}
