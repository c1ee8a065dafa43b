/**
 * The roofline of this machine: its peak of multiply-adds and its bandwidths, and each kernel under
 * them by its operations for each byte (Williams, Waterman, Patterson: Roofline: An Insightful
 * Visual Performance Model for Multicore Architectures, CACM 52(4), 2009).
 *
 * <pre>
 *  GFLOP/s │        ┌──────────── peak
 *          │       ╱
 *          │      ╱  ③             a kernel under the slope waits for its operands,
 *          │  ①  ╱       ②         one under the flat part for the arithmetic units
 *          │    ╱
 *          └────────────────────
 *             operations for each byte
 * </pre>
 *
 * <p>Start reading at {@link advx.bench.roofline.RooflineCommand}.
 */
package advx.bench.roofline;
