/**
 * The boundary classifier: a network that tells adversarial inputs from benign ones by what lies
 * around them (He, Li, Song: Decision Boundary Analysis of Adversarial Examples, 2018, §5).
 *
 * <pre>
 *  sorted distances ─ conv1d ─ conv1d ─┐
 *                                      ├─ dense ─ dense ─ benign or adversarial
 *  purity of the top 1, 2, 3 ──────────┘
 * </pre>
 *
 * <p>Start reading at {@link advx.attacks.detector.BoundaryClassifier}; {@link
 * advx.attacks.detector.AdaptiveAttack} is the attack that knows it.
 */
package advx.attacks.detector;
