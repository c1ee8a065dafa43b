/**
 * The operations of the tape: one file each, the formula, the forward computation and, directly
 * below, its gradient.
 *
 * <p>Start reading at {@link advx.engine.op.Multiply}; {@link advx.engine.op.Maxout} is the most
 * elaborate.
 */
package advx.engine.op;
