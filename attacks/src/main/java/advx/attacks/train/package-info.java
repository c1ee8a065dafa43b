/**
 * Training against attacks: objectives that take the place of the clean cost.
 *
 * <pre>
 *  J̃ = α·J(x) + (1−α)·J(x + ε·sign(∇ₓJ(x)))
 * </pre>
 *
 * <p>Beside it stand its controls: noise in place of the sign, weight decay in place of the attack,
 * and the closed form for logistic regression. Start reading at {@link
 * advx.attacks.train.AdversarialObjective}.
 */
package advx.attacks.train;
