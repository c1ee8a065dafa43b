/**
 * The arithmetic: each kernel a short public method, its scalar twin and its vector body side by
 * side in one file, equal bit for bit.
 *
 * <p>{@link advx.engine.kernel.Lanes} says which vectors run; this is the only package that knows
 * them. Matrix products follow BLIS in name and shape (MC, KC, NC, MR, NR, packA, packB, macro- and
 * micro-kernel):
 *
 * <pre>
 *            NR = 2 vectors                  each element of C is one chain of fused multiply-adds
 *          ┌────────────┐                    over ascending k, begun at what C holds (a bias, or 0)
 *          │ b[k] panel │
 *          └────────────┘
 *   MR   ┌─┐┌────────────┐                   tile: MR rows × 2 vectors of accumulators, named
 *  rows  │a││ c00    c01 │                   locals; MR·2 + 2 + MR ≤ registers (4 rows with 16
 *        │k││ c10    c11 │                   registers, 8 with 32)
 *        └─┘└────────────┘
 * </pre>
 *
 * <p>Start reading at {@link advx.engine.kernel.Gemm}.
 */
package advx.engine.kernel;
