/**
 * Figures about a model's answers, with intervals: {@link advx.attacks.measure.Evaluation} of a
 * model on data, {@link advx.attacks.measure.Rate} and {@link advx.attacks.measure.Mean}; of two
 * models on the same inputs, {@link advx.attacks.measure.Agreement}.
 *
 * <pre>
 *  logits → Decision, one a sample → Evaluation → Rate: 9,988 of 10,000, 99.8 to 99.9 %
 * </pre>
 */
package advx.attacks.measure;
