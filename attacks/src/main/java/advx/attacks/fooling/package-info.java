/**
 * Inputs that show nothing and are given a class all the same: {@link advx.attacks.fooling.Noise}
 * as it is ({@link advx.attacks.fooling.RubbishError}), and after one step towards a class ({@link
 * advx.attacks.fooling.TargetedNoise}); and images bred for each class ({@link
 * advx.attacks.fooling.Elites}).
 *
 * <pre>
 *  Noise ──▶ model ──▶ RubbishError: the share with p &gt; 0.5, which classes
 *    └──▶ Fgsm to class c ──▶ model ──▶ TargetedNoise: the share with p_c ≥ 0.5, for each c
 * </pre>
 */
package advx.attacks.fooling;
