/**
 * The questions that an evaluation of robustness has to stand before its figures mean anything: an
 * {@link advx.attacks.audit.Audit} gives a list of {@link advx.attacks.audit.AuditItem}s, each
 * pass, fail or note.
 *
 * <pre>
 *  pass  random noise of the same size is not stronger: 3.10 % broken by noise, 98.20 % by the attack
 * </pre>
 */
package advx.attacks.audit;
