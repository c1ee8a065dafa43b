/**
 * The arithmetic: each kernel a short public method, its scalar twin and its vector body side by
 * side in one file, equal bit for bit.
 *
 * <p>{@link advx.engine.kernel.Lanes} says which vectors run; this is the only package that knows
 * them. Matrix products follow BLIS in name and shape (MC, KC, MR, NR, packB, macro- and
 * micro-kernel):
 *
 * <pre>
 *         up to 4 vectors                    each element of C is one chain of fused multiply-adds
 *          ┌────────────┐                    over ascending k, begun at what C holds (a bias, or 0)
 *          │ b[k] panel │
 *          └────────────┘
 *   6–8  ┌─┐┌────────────┐                   tile: rows × vectors of accumulators, named locals;
 *  rows  │a││ c00    c01 │                   6×4 or 8×3 with 32 registers, 4×2 with 16; the rows
 *        │k││ c10    c11 │                   of A are read where they lie
 *        └─┘└────────────┘
 * </pre>
 *
 * <p>Start reading at {@link advx.engine.kernel.Gemm}, then {@code RowTiles}, which chooses among
 * the tiles: {@code WideTiles} with three and four vectors, {@code NarrowTiles} with one and two.
 * Where packing does not pay, {@code UnpackedProduct} and {@code FewOutputs} have tiles of their
 * own.
 */
package advx.engine.kernel;
