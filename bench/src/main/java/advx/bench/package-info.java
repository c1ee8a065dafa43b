/** Benchmarks of kernels and training steps. */
package advx.bench;
