/**
 * Brings the kernels to their full speed before somebody holds a clock to them: {@link
 * advx.engine.warm.WarmUp}.
 */
package advx.engine.warm;
