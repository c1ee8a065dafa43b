package advx.attacks;

import advx.attacks.AttackResult.Sample;
import advx.attacks.measure.Decision;
import advx.attacks.measure.Evaluation;
import advx.attacks.measure.Mean;
import advx.attacks.measure.Rate;
import advx.engine.Workers;
import advx.nn.Classifier;
import advx.nn.data.Dataset;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The figures of one attack on one model: the clean ones and the attacked ones side by side, over
 * the same samples. The denominator of every share is all samples, unless its name says otherwise.
 */
public record AttackEvaluation(AttackResult result) {
  /** Attacks all of a data set. */
  public static AttackEvaluation of(
      Attack attack, Classifier classifier, Dataset data, Workers workers) {
    return new AttackEvaluation(
        attack.run(classifier, data.images(0, data.size()), data.labels(), indices(data), workers));
  }

  /** One attack with several budgets on all of a data set; they share the gradients. */
  public static List<AttackEvaluation> sweep(
      Attack attack, double[] epsilons, Classifier classifier, Dataset data, Workers workers) {
    return AttackRun.of(classifier, workers)
        .sweep(attack, epsilons, data.images(0, data.size()), data.labels(), indices(data))
        .stream()
        .map(AttackEvaluation::new)
        .toList();
  }

  private static int[] indices(Dataset data) {
    int[] samples = new int[data.size()];
    java.util.Arrays.setAll(samples, data::index);
    return samples;
  }

  /** The model on the clean inputs. */
  public Evaluation clean() {
    return evaluation(Sample::clean);
  }

  /**
   * The model on the perturbed inputs. Its error is the papers' error rate: the share of all
   * samples, perturbed, whose prediction differs from the true class.
   */
  public Evaluation attacked() {
    return evaluation(Sample::attacked);
  }

  private Evaluation evaluation(Function<Sample, Decision> side) {
    int[] labels = result.samples().stream().mapToInt(Sample::label).toArray();
    return new Evaluation(result.classes(), labels, result.samples().stream().map(side).toList());
  }

  /**
   * The share of samples that are broken: wrong when clean, or wrong when perturbed. Never below
   * the clean error, nor below {@code attacked().error()}.
   */
  public Rate broken() {
    return rate(Sample::broken);
  }

  /** The share of samples whose every gradient was zero, so that the attack had no direction. */
  public Rate zeroGradients() {
    return rate(s -> s.gradients().taken() > 0 && s.gradients().zero() == s.gradients().taken());
  }

  /** The share of samples with a gradient that holds a NaN. */
  public Rate nanGradients() {
    return rate(s -> s.gradients().nan() > 0);
  }

  /** The share of samples with a gradient that holds an infinite number. */
  public Rate infiniteGradients() {
    return rate(s -> s.gradients().infinite() > 0);
  }

  /** The share of samples whose perturbed input was not finite or left the threat model. */
  public Rate refused() {
    return rate(s -> !s.admissible());
  }

  /** Of the samples whose true class is not the wanted one, the share that was given that class. */
  public Rate reachedTarget() {
    List<Sample> others =
        result.samples().stream().filter(s -> s.target() >= 0 && s.target() != s.label()).toList();
    return new Rate(others.stream().filter(Sample::reachedTarget).count(), others.size());
  }

  private Rate rate(Predicate<Sample> holds) {
    return new Rate(result.samples().stream().filter(holds).count(), result.size());
  }

  /**
   * The mean size of the perturbations that fooled the model, over those samples alone: right when
   * clean, wrong when perturbed. The mean says over how many.
   */
  public Mean fooledNorm(Norm norm) {
    return Mean.of(
        result.samples().stream().filter(Sample::fooled).mapToDouble(s -> s.norm(norm)).toArray());
  }

  /** The mean size of all perturbations. */
  public Mean norm(Norm norm) {
    return Mean.of(result.samples().stream().mapToDouble(s -> s.norm(norm)).toArray());
  }

  /**
   * Samples by what the model says: {@code [0][…]} right when clean, {@code [1][…]} wrong when
   * clean; {@code […][0]} right when perturbed, {@code […][1]} wrong when perturbed.
   */
  public long[][] crossTable() {
    long[][] table = new long[2][2];
    for (Sample s : result.samples()) {
      table[s.cleanCorrect() ? 0 : 1][s.attackedCorrect() ? 0 : 1]++;
    }
    return table;
  }
}
