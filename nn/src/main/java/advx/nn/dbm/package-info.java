/**
 * The multi-prediction deep Boltzmann machine: {@link advx.nn.dbm.MeanField} is its inference,
 * unrolled on the tape, {@link advx.nn.dbm.MultiPrediction} its training.
 *
 * <pre>
 *   v ── W₁ ── h₁ ── W₂ ── h₂ ── W₃ ── y
 * pixels      units       units      label
 * </pre>
 *
 * <p>A network has it as its one layer, {@link advx.nn.layer.MpDbmLayer}.
 */
package advx.nn.dbm;
