package advx.attacks.measure;

import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Classifier;
import advx.nn.data.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model says about some labelled inputs. The denominator of every share is all samples;
 * numbers are added in double, in the order of the samples. Losses are not averaged here: a mean
 * loss says nothing about how many samples are wrong.
 *
 * @param labels the true label of each sample
 * @param decisions the model's answer to each
 */
public record Evaluation(int classes, int[] labels, List<Decision> decisions) {
  /** Samples in one forward pass. The size changes no result. */
  private static final int CHUNK = 500;

  /** Evaluates a data set. */
  public static Evaluation of(Classifier classifier, Dataset data, Workers workers) {
    int n = data.size();
    int[] labels = data.labels();
    Predictor predictor = new Predictor(classifier, workers);
    Decision[] decisions = new Decision[n];
    Predictor.check(classifier, Tensor.zeros(0, data.features()), new int[0]);
    Tensor chunk = Tensor.zeros(0, data.features());
    for (int from = 0; from < n; from += CHUNK) {
      int to = Math.min(n, from + CHUNK);
      chunk = chunk.rows() == to - from ? chunk : Tensor.zeros(to - from, data.features());
      data.images(from, to, chunk);
      predictor.decide(chunk, Arrays.copyOfRange(labels, from, to), decisions, from);
    }
    return new Evaluation(classifier.classes(), labels, List.of(decisions));
  }

  /** Evaluates any inputs [samples, features], for example those that fool another model. */
  public static Evaluation of(Classifier classifier, Tensor x, int[] labels, Workers workers) {
    Predictor.check(classifier, x, labels);
    int d = x.columns();
    Predictor predictor = new Predictor(classifier, workers);
    Decision[] decisions = new Decision[labels.length];
    Tensor chunk = Tensor.zeros(0, d);
    for (int from = 0; from < labels.length; from += CHUNK) {
      int to = Math.min(labels.length, from + CHUNK);
      chunk = chunk.rows() == to - from ? chunk : Tensor.zeros(to - from, d);
      System.arraycopy(x.data(), from * d, chunk.data(), 0, chunk.size());
      predictor.decide(chunk, Arrays.copyOfRange(labels, from, to), decisions, from);
    }
    return new Evaluation(classifier.classes(), labels.clone(), List.of(decisions));
  }

  public int size() {
    return labels.length;
  }

  /** Whether the model is right about sample i. */
  public boolean correct(int i) {
    return decisions.get(i).prediction() == labels[i];
  }

  /** The share of samples that the model is right about. */
  public Rate accuracy() {
    return new Rate(IntStream.range(0, size()).filter(this::correct).count(), size());
  }

  /** The share of samples that the model is wrong about, those it names no class for included. */
  public Rate error() {
    return accuracy().complement();
  }

  /** The mean probability of the predicted class, over all samples. */
  public Mean confidence() {
    return Mean.of(decisions.stream().mapToDouble(Decision::confidence).toArray());
  }

  /** The same over the samples that the model is wrong about. */
  public Mean confidenceOnMistakes() {
    return Mean.of(
        IntStream.range(0, size())
            .filter(i -> !correct(i))
            .mapToDouble(i -> decisions.get(i).confidence())
            .toArray());
  }

  /** The number of samples for which the logits name no class: one is NaN, or infinite on top. */
  public long unnamed() {
    return decisions.stream().filter(d -> !d.named()).count();
  }

  /** The number of samples of each true class (row) that were given each class (column). */
  public long[][] crossTable() {
    long[][] table = new long[classes][classes];
    for (int i = 0; i < size(); i++) {
      if (decisions.get(i).named()) {
        table[labels[i]][decisions.get(i).prediction()]++;
      }
    }
    return table;
  }
}
