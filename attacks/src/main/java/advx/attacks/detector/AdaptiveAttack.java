package advx.attacks.detector;

import advx.attacks.Attack;
import advx.attacks.AttackResult;
import advx.attacks.AttackRun;
import advx.attacks.Box;
import advx.attacks.measure.Evaluation;
import advx.attacks.measure.Mean;
import advx.attacks.measure.Rate;
import advx.attacks.optimal.CarliniWagner;
import advx.attacks.optimal.MarginPoints;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Classifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An attack that knows the detector: it looks for the nearest x' that the model gets wrong and the
 * detector takes for benign.
 *
 * <p>The detector's view is a sorted list of distances on a grid, which has no gradient. But what
 * it looks for can be taken from it: inputs whose surroundings share their class look benign. So a
 * family of attacks is tried with growing strength (of {@link RobustMargin}: the radius, along the
 * detector's own directions) until the detector itself lets the result pass; then, with the
 * detector asked at every step,
 *
 * <ol>
 *   <li>the strength is bisected between the last that was flagged and the first that passed;
 *   <li>the way from the clean input to the result is bisected.
 * </ol>
 *
 * <p>Of all points tried, the nearest that succeeds is kept. The detector is asked {@link #asked}
 * times an input at most; a detector that withstands this attack withstands a search in two
 * dimensions, not every attack.
 *
 * @param first strength
 * @param growth what the strength is multiplied by after each try
 * @param tries how many strengths
 * @param refinements bisections of the strength
 * @param cuts bisections of the way
 */
public record AdaptiveAttack(
    Family family, double first, double growth, int tries, int refinements, int cuts) {
  /** Attacks of any strength, all with the same box. */
  @FunctionalInterface
  public interface Family {
    Attack at(double strength);
  }

  public AdaptiveAttack {
    if (!(first > 0) || !(growth > 1) || tries < 1 || refinements < 0 || cuts < 0) {
      throw new InputException(
          "The adaptive attack starts at %s, grows by %s, with %d tries, %d refinements and %d cuts: give a start above 0, a growth above 1, one try or more, and no negative number."
              .formatted(first, growth, tries, refinements, cuts));
    }
  }

  /** OPTMARGIN as a family: the strength is how far its points lie, as RMS. */
  public static Family optMargin(CarliniWagner attack, int points) {
    return radius -> attack.withPoints(new MarginPoints(points, radius));
  }

  /** All settings in one line, those of the first attack of the family included. */
  public String describe() {
    return "adaptive first=%s growth=%s tries=%d refinements=%d cuts=%d over %s"
        .formatted(first, growth, tries, refinements, cuts, family.at(first).describe());
  }

  /** How often the detector looks at an input at most. */
  public int asked() {
    return tries + refinements + cuts + 1;
  }

  /**
   * What became of each input.
   *
   * @param inputs where an evasion was found, that; else the clean input
   * @param evaded whether the model is wrong and the detector silent, found by asking both again
   * @param rms the distance of each, as RMS; 0 where none was found
   * @param strengths at which it was found; NaN where none was
   */
  public record Result(Tensor inputs, boolean[] evaded, double[] rms, double[] strengths) {
    /** The share of all inputs. */
    public Rate rate() {
      return new Rate(
          IntStream.range(0, evaded.length).filter(i -> evaded[i]).count(), evaded.length);
    }

    /** The mean distance over the evasions. */
    public Mean distance() {
      return Mean.of(
          IntStream.range(0, evaded.length)
              .filter(i -> evaded[i])
              .mapToDouble(i -> rms[i])
              .toArray());
    }
  }

  /**
   * Attacks all inputs [inputs, features]; what is wrong when clean is attacked like the others.
   */
  public Result run(
      Classifier classifier, Detector detector, Tensor x, int[] labels, Workers workers) {
    Search search = new Search(classifier, detector, x, labels, workers);
    search.grow();
    search.refine();
    search.cut();
    return search.result();
  }

  /** Writes {@code into} = clip(a + t·(b − a)), b from {@code at} on. */
  static void between(float[] a, float[] b, int at, double t, Box box, float[] into) {
    for (int i = 0; i < a.length; i++) {
      into[i] = box.clip((float) Math.fma(t, (double) b[at + i] - a[i], a[i]));
    }
  }

  /** The state of one run. */
  private final class Search {
    private final Classifier classifier;
    private final Detector detector;
    private final Tensor x;
    private final int[] labels;
    private final Workers workers;
    private final int n;
    private final Tensor best;
    private final boolean[] found;
    private final double[] rms;
    private final double[] strengths;

    Search(Classifier classifier, Detector detector, Tensor x, int[] labels, Workers workers) {
      this.classifier = classifier;
      this.detector = detector;
      this.x = x;
      this.labels = labels;
      this.workers = workers;
      n = x.columns();
      best = x.copy();
      found = new boolean[labels.length];
      rms = new double[labels.length];
      strengths = new double[labels.length];
      Arrays.fill(strengths, Double.NaN);
    }

    void grow() {
      double strength = first;
      for (int t = 0; t < tries; t++) {
        int[] open = IntStream.range(0, labels.length).filter(i -> !found[i]).toArray();
        attempt(open, strength);
        strength *= growth;
      }
    }

    void refine() {
      double[] low = new double[labels.length];
      for (int i = 0; i < low.length; i++) {
        low[i] = strengths[i] <= first ? 0 : strengths[i] / growth;
      }
      for (int round = 0; round < refinements; round++) {
        for (int i = 0; i < labels.length; i++) {
          if (found[i]) {
            double middle = (low[i] + strengths[i]) / 2;
            if (!attempt(new int[] {i}, middle)[0]) {
              low[i] = middle;
            }
          }
        }
      }
    }

    void cut() {
      int[] open = IntStream.range(0, labels.length).filter(i -> found[i]).toArray();
      Tensor far = rows(best, open);
      double[] low = new double[open.length];
      double[] high = new double[open.length];
      Arrays.fill(high, 1);
      Tensor trial = Tensor.zeros(open.length, n);
      float[] point = new float[n];
      Box box = family.at(first).threat().box();
      for (int round = 0; round < cuts; round++) {
        for (int k = 0; k < open.length; k++) {
          float[] clean = Arrays.copyOfRange(x.data(), open[k] * n, (open[k] + 1) * n);
          between(clean, far.data(), k * n, (low[k] + high[k]) / 2, box, point);
          System.arraycopy(point, 0, trial.data(), k * n, n);
        }
        boolean[] passes = passes(trial, open);
        for (int k = 0; k < open.length; k++) {
          double middle = (low[k] + high[k]) / 2;
          if (passes[k]) {
            high[k] = middle;
            keep(open[k], trial, k, strengths[open[k]]);
          } else {
            low[k] = middle;
          }
        }
      }
    }

    /** Attacks these inputs; says which of the results pass. */
    private boolean[] attempt(int[] open, double strength) {
      if (open.length == 0) {
        return new boolean[0];
      }
      int[] aimed = Arrays.stream(open).map(i -> labels[i]).toArray();
      List<Attack> one = List.of(family.at(strength));
      AttackResult made =
          AttackRun.of(classifier, workers).all(one, rows(x, open), aimed, open, true).getFirst();
      boolean[] passes = passes(made.inputs(), open);
      for (int k = 0; k < open.length; k++) {
        if (passes[k]) {
          keep(open[k], made.inputs(), k, strength);
        }
      }
      return passes;
    }

    /** Whether the model is wrong and the detector silent; only what is wrong is shown to it. */
    private boolean[] passes(Tensor points, int[] of) {
      int[] aimed = Arrays.stream(of).map(i -> labels[i]).toArray();
      Evaluation evaluation = Evaluation.of(classifier, points, aimed, workers);
      int[] wrong =
          IntStream.range(0, of.length)
              .filter(k -> !evaluation.correct(k) && evaluation.decisions().get(k).named())
              .toArray();
      double[] scores = wrong.length == 0 ? new double[0] : detector.scores(rows(points, wrong));
      boolean[] passes = new boolean[of.length];
      for (int w = 0; w < wrong.length; w++) {
        passes[wrong[w]] = !Detector.flags(scores[w]);
      }
      return passes;
    }

    /** The nearest point counts; where the strength is weaker, that too. */
    private void keep(int i, Tensor points, int row, double strength) {
      double squares = 0;
      for (int j = 0; j < n; j++) {
        double moved = (double) points.data()[row * n + j] - x.data()[i * n + j];
        squares += moved * moved;
      }
      double distance = Math.sqrt(squares / n);
      strengths[i] = found[i] ? Math.min(strengths[i], strength) : strength;
      if (!found[i] || distance < rms[i]) {
        found[i] = true;
        rms[i] = distance;
        System.arraycopy(points.data(), row * n, best.data(), i * n, n);
      }
    }

    private Tensor rows(Tensor from, int[] kept) {
      Tensor some = Tensor.zeros(kept.length, n);
      for (int k = 0; k < kept.length; k++) {
        System.arraycopy(from.data(), kept[k] * n, some.data(), k * n, n);
      }
      return some;
    }

    Result result() {
      int[] all = IntStream.range(0, labels.length).toArray();
      boolean[] evaded = passes(best, all);
      for (int i = 0; i < evaded.length; i++) {
        evaded[i] &= found[i];
      }
      return new Result(best, evaded, rms, strengths);
    }
  }
}
