/** Kernels that the compiler cannot keep in registers, each for another reason. */
package canary.species;
