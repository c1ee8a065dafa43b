/**
 * A model along a line x + ε·d: its logits on a grid of ε ({@link advx.attacks.line.LogitLine}),
 * and, for networks that are linear in pieces, the pieces themselves ({@link
 * advx.attacks.line.LinearPieces}).
 *
 * <pre>
 *  logit    ╲    ╱‾‾‾ class 4
 *            ╲__╱____ class 9
 *  ε  −10     0      10
 * </pre>
 */
package advx.attacks.line;
