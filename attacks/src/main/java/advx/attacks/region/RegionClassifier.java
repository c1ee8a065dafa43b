package advx.attacks.region;

import advx.attacks.BatchRoom;
import advx.attacks.measure.Decision;
import advx.attacks.measure.Evaluation;
import advx.attacks.measure.Predictor;
import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.Extremes;
import advx.nn.Classifier;
import advx.nn.Top;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Any classifier, defended by a vote over the points of a {@link Region}.
 *
 * <p>Its answer depends on the input, on the input's index in its data set, and on the region's
 * seed: never on the batch or on threads. The points of all inputs pass through the model in full
 * batches. The votes are random: who evaluates it under attack does so with several seeds.
 *
 * <p>As a {@link Classifier} it knows no indices, and draws the same points around every input. Its
 * logits are ln(v + ½) for v votes, and no gradient flows through them: for attacks without
 * gradients. Others attack the model inside.
 */
public final class RegionClassifier implements Classifier {
  private final Classifier classifier;
  private final Region region;
  private final Tape tape;
  private final int room;

  public RegionClassifier(Classifier classifier, Region region, Workers workers) {
    this.classifier = classifier;
    this.region = region;
    this.tape = new Tape(workers);
    this.room = BatchRoom.of(classifier);
  }

  /** The model that is asked. */
  public Classifier inside() {
    return classifier;
  }

  @Override
  public int features() {
    return classifier.features();
  }

  @Override
  public int classes() {
    return classifier.classes();
  }

  /** Votes are shared out among the classes, whatever the model's own top. */
  @Override
  public Top top() {
    return Top.SOFTMAX;
  }

  @Override
  public Var logits(Tape caller, Var x) {
    List<Votes> votes = votes(x.value(), new int[x.value().rows()]);
    Tensor logits = caller.workspace().tensor(votes.size(), classes());
    for (int i = 0; i < logits.size(); i++) {
      Votes one = votes.get(i / classes());
      int count = one.counts()[i % classes()];
      logits.data()[i] = one.winner() < 0 ? Float.NaN : (float) StrictMath.log(count + 0.5);
    }
    return caller.constant(logits);
  }

  public Region region() {
    return region;
  }

  /**
   * The votes on inputs [inputs, features].
   *
   * @param samples the index of each in its data set, which its points are drawn by
   */
  public List<Votes> votes(Tensor x, int[] samples) {
    Predictor.check(classifier, x, new int[x.rows()]);
    if (samples.length != x.rows()) {
      throw new IllegalArgumentException(
          "RegionClassifier: got %d indices for %d inputs".formatted(samples.length, x.rows()));
    }
    checkBox(x, samples);
    int n = classifier.features();
    int classes = classifier.classes();
    long all = (long) x.rows() * region.points();
    int[][] counts = new int[x.rows()][classes];
    int[] unnamed = new int[x.rows()];
    Tensor batch = Tensor.zeros((int) Math.min(room, all), n);
    for (long from = 0; from < all; from += room) {
      long first = from;
      int rows = (int) Math.min(room, all - from);
      batch = batch.rows() == rows ? batch : Tensor.zeros(rows, n);
      float[] points = batch.data();
      tape.workers()
          .run(
              rows,
              (row, worker) -> {
                int i = (int) ((first + row) / region.points());
                int j = (int) ((first + row) % region.points());
                region.point(samples[i], j, x.data(), i * n, n, points, row * n);
              });
      tape.rewind();
      float[] logits = classifier.logits(tape, tape.constant(batch)).data();
      for (int row = 0; row < rows; row++) {
        int i = (int) ((from + row) / region.points());
        if (Float.isFinite(Extremes.max(logits, row * classes, classes))) {
          counts[i][Extremes.argmax(logits, row * classes, classes)]++;
        } else {
          unnamed[i]++;
        }
      }
    }
    List<Votes> votes = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      votes.add(new Votes(counts[i], unnamed[i]));
    }
    return votes;
  }

  private void checkBox(Tensor x, int[] samples) {
    for (int i = 0; i < x.size(); i++) {
      if (!region.box().contains(x.data()[i])) {
        throw new InputException(
            "Sample %d holds the number %s, outside the box %s of the region: give the box in the data's own units."
                .formatted(samples[i / x.columns()], x.data()[i], region.box()));
      }
    }
  }

  /**
   * What it says about labelled inputs: the accuracy of region classification, as {@link
   * Evaluation#of} has that of point classification. Confidences and margins are shares of votes.
   */
  public Evaluation evaluate(Tensor x, int[] labels, int[] samples) {
    Predictor.check(classifier, x, labels);
    List<Votes> votes = votes(x, samples);
    Decision[] decisions = new Decision[labels.length];
    Arrays.setAll(decisions, i -> votes.get(i).decision(labels[i]));
    return new Evaluation(classifier.classes(), labels.clone(), List.of(decisions));
  }

  /** The same for all images of a data set. */
  public Evaluation evaluate(Dataset data) {
    int[] samples = new int[data.size()];
    Arrays.setAll(samples, data::index);
    return evaluate(data.images(0, data.size()), data.labels(), samples);
  }
}
