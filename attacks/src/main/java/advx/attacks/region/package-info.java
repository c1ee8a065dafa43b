/**
 * Region classification: a model's answer to an input is the vote of its answers to points around
 * it (Cao, Gong: Mitigating Evasion Attacks to Deep Neural Networks via Region-based
 * Classification, 2017).
 *
 * <pre>
 *  x ──▶ Region: x + U[−r, r]ⁿ, many times ──▶ the model ──▶ votes ──▶ the class of most
 * </pre>
 *
 * <p>Start reading at {@link advx.attacks.region.RegionClassifier}.
 */
package advx.attacks.region;
