package advx.attacks;

import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Classifier;
import java.util.List;

/**
 * A way to find perturbations within a threat model. An attack is its settings, an immutable
 * record, and {@link #craft}; all else, from cutting the samples into batches to counting what
 * succeeded, is the same for all attacks and no attack's own business ({@link AttackRun}).
 */
public interface Attack {
  /** Its word in the {@link AttackTable}. */
  String name();

  ThreatModel threat();

  Aim aim();

  /** Whether perturbed inputs are clipped to the threat model's box. */
  boolean clips();

  /**
   * Whether it looks for the smallest perturbation; if not, it spends the budget that it is given.
   */
  default boolean minimal() {
    return false;
  }

  /** What its random numbers are drawn from; 0 for an attack that draws none. */
  default long seed() {
    return 0;
  }

  /** The same attack with another budget. */
  Attack withEpsilon(double epsilon);

  /**
   * Fills {@code batch.adversarial()}. Whether a perturbed input succeeds is found out afterwards,
   * by another forward pass; one outside the threat model is thrown away.
   */
  void craft(Batch batch);

  /**
   * A shorter way to the bits of {@link #craft} for models of a certain form: perturbs all samples
   * at once, or does nothing.
   *
   * @param x clean inputs [samples, features]
   * @param into the perturbed inputs, [samples, features]
   * @return whether there is such a way for this attack on this model
   */
  default boolean shortcut(
      Classifier classifier, Workers workers, Tensor x, int[] labels, Tensor into) {
    return false;
  }

  /** Name and all settings in one line. */
  default String describe() {
    return "%s %s clip=%s aim=%s".formatted(name(), threat(), clips() ? "yes" : "no", aim());
  }

  /**
   * Attacks every sample.
   *
   * @param x clean inputs [samples, features]
   * @param labels the true label of each
   * @param samples the index of each in its data set, by which random numbers are drawn
   */
  default AttackResult run(
      Classifier classifier, Tensor x, int[] labels, int[] samples, Workers workers) {
    return AttackRun.of(classifier, workers)
        .all(List.of(this), x, labels, samples, true)
        .getFirst();
  }

  /** The same for samples that are indexed 0, 1, 2, … */
  default AttackResult run(Classifier classifier, Tensor x, int[] labels, Workers workers) {
    return run(classifier, x, labels, AttackRun.ascending(labels.length), workers);
  }
}
