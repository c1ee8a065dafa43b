/** Kernels that get their species from anything but a constant, each in another way. */
package canary.species;
