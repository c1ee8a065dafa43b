/**
 * Attacks on classifiers: an {@link advx.attacks.Attack} looks for perturbations within a {@link
 * advx.attacks.ThreatModel}, {@link advx.attacks.AttackRun} finds out what they achieved.
 *
 * <pre>
 *  ThreatModel ─┐
 *  Aim, loss  ──┴─ Attack ── craft ──▶ x' ── check ──▶ AttackResult ──▶ AttackEvaluation
 *                            (its tape)      (another tape)
 * </pre>
 *
 * <p>To add one: write its record, add its line to {@link advx.attacks.AttackTable}. Start reading
 * at {@link advx.attacks.Fgsm}, then {@link advx.attacks.Pgd} for many steps.
 */
package advx.attacks;
