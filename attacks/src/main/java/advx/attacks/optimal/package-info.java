/**
 * Attacks that look for the smallest perturbation by optimisation.
 *
 * <pre>
 *  w ── tanh ──▶ x' ──▶ x' + v₁ … x' + vₚ ──▶ logits ──▶ advantage of each
 *  ▲                                                         │
 *  └── Adam ◀── ∂(‖x'−x‖² + c·Σ max(−κ, −advantage))/∂w ◀────┘
 *                         ▲
 *                         └── binary search, for each sample on its own
 * </pre>
 *
 * <p>Start reading at {@link advx.attacks.optimal.CarliniWagner}.
 */
package advx.attacks.optimal;
