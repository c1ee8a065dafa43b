/** Tensors and the reverse-mode tape that differentiates what is computed with them. */
package advx.engine;
