/**
 * Robustness that is known exactly, the ruler that attacks are held against: {@link
 * advx.attacks.exact.LinearClosedForm}.
 *
 * <pre>
 *  min {‖δ‖ : wᵀ(x+δ) + b ≤ 0} = (wᵀx + b)/‖w‖*
 * </pre>
 */
package advx.attacks.exact;
