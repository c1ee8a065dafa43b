package advx.attacks.boundary;

import advx.attacks.BatchRoom;
import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.engine.kernel.Extremes;
import advx.nn.Classifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for the decision boundary around inputs: along each way the points clip(x + s·j·u), j = 1,
 * 2, …, until the model's answer is not the one to x (He, Li, Song 2018, §4).
 *
 * <p>Points of many ways pass through the model together. A way that has met the boundary leaves
 * the batch and the next one takes its place, of the next input if need be; so batches are full but
 * for the last. When fewer ways are left than a batch has room for, each tries several steps at a
 * time, of which the first that changes the answer counts. A profile's bits do not depend on that.
 */
public final class BoundaryAnalysis {
  private final Classifier classifier;
  private final BoundarySettings settings;
  private final Directions directions;
  private final Tape tape;
  private final int room;

  /** Along the settings' own directions, drawn now. */
  public BoundaryAnalysis(Classifier classifier, BoundarySettings settings, Workers workers) {
    this(classifier, settings, Directions.draw(settings, classifier.features()), workers);
  }

  /**
   * Along directions that were drawn before, for other models too.
   *
   * @param directions as many ways as the settings have
   */
  public BoundaryAnalysis(
      Classifier classifier, BoundarySettings settings, Directions directions, Workers workers) {
    this.classifier = classifier;
    this.settings = settings;
    this.directions = directions;
    this.tape = new Tape(workers);
    this.room = BatchRoom.of(classifier);
    if (directions.size() != settings.ways()) {
      throw new IllegalArgumentException(
          "BoundaryAnalysis: got %d ways, expected %d"
              .formatted(directions.size(), settings.ways()));
    }
    if (directions.features() != classifier.features()) {
      throw new InputException(
          "The directions have %d numbers, but the model takes %d: draw them for this model."
              .formatted(directions.features(), classifier.features()));
    }
  }

  /** The profiles of inputs [inputs, features]. */
  public List<BoundaryProfile> of(Tensor x) {
    return of(x, BoundaryProgress.NONE);
  }

  /** The same, telling how far it has come. */
  public List<BoundaryProfile> of(Tensor x, BoundaryProgress progress) {
    check(x);
    List<BoundaryProfile> profiles = new ArrayList<>();
    int[] predictions = predictions(x);
    for (int prediction : predictions) {
      int[] none = new int[settings.ways()];
      java.util.Arrays.fill(none, -1);
      profiles.add(new BoundaryProfile(settings, prediction, new int[none.length], none));
    }
    new Walks(x, profiles, progress).run();
    return profiles;
  }

  private void check(Tensor x) {
    int n = classifier.features();
    if (x.rank() != 2 || x.columns() != n) {
      throw new InputException(
          "The inputs %s cannot be analysed: the model takes %d numbers each."
              .formatted(x.shapeString(), n));
    }
    for (int i = 0; i < x.size(); i++) {
      if (!settings.box().contains(x.data()[i])) {
        throw new InputException(
            "Input %d holds the number %s, outside the box %s: give the box in the data's own units."
                .formatted(i / n, x.data()[i], settings.box()));
      }
    }
  }

  private int[] predictions(Tensor x) {
    int[] predictions = new int[x.rows()];
    int n = x.columns();
    for (int from = 0; from < x.rows(); from += room) {
      int rows = Math.min(room, x.rows() - from);
      Tensor batch = Tensor.zeros(rows, n);
      System.arraycopy(x.data(), from * n, batch.data(), 0, rows * n);
      float[] logits = logits(batch);
      for (int row = 0; row < rows; row++) {
        predictions[from + row] = answer(logits, row);
      }
    }
    return predictions;
  }

  private float[] logits(Tensor batch) {
    tape.rewind();
    return classifier.logits(tape, tape.constant(batch)).data();
  }

  /** The class with the largest logit, of equal ones the lowest; −1 if the model names none. */
  private int answer(float[] logits, int row) {
    int classes = classifier.classes();
    boolean named = Float.isFinite(Extremes.max(logits, row * classes, classes));
    return named ? Extremes.argmax(logits, row * classes, classes) : -1;
  }

  /** All ways of all inputs, in their order; some of them under way. */
  private final class Walks {
    private final Tensor x;
    private final List<BoundaryProfile> profiles;
    private final BoundaryProgress progress;
    private final long all;
    private final Tensor points;

    /** The ways under way, and how many steps each has behind it. */
    private final long[] walk;

    private final int[] behind;
    private int active;
    private long next;

    /** What each row of the batch is: a way under way, and a number of steps. */
    private final int[] rowWalk;

    private final int[] rowStep;
    private int rows;

    Walks(Tensor x, List<BoundaryProfile> profiles, BoundaryProgress progress) {
      this.x = x;
      this.profiles = profiles;
      this.progress = progress;
      all = (long) x.rows() * settings.ways();
      int slots = (int) Math.min(room, all * settings.steps());
      points = Tensor.zeros(slots, classifier.features());
      walk = new long[slots];
      behind = new int[slots];
      rowWalk = new int[slots];
      rowStep = new int[slots];
    }

    private int input(int slot) {
      return (int) (walk[slot] / settings.ways());
    }

    private int way(int slot) {
      return (int) (walk[slot] % settings.ways());
    }

    void run() {
      refill();
      while (active > 0) {
        choose();
        tape.workers().run(rows, (row, worker) -> place(row));
        judge(logits(points));
        refill();
        long pending = 0;
        for (int slot = 0; slot < active; slot++) {
          pending += settings.steps() - behind[slot];
        }
        double left = (double) (all - next) * settings.steps() + pending;
        progress.reached(1 - left / ((double) all * settings.steps()));
      }
    }

    /**
     * Takes up ways until the batch is full; those of an input without an answer are not walked.
     */
    private void refill() {
      while (active < walk.length && next < all) {
        walk[active] = next++;
        behind[active] = 0;
        if (profiles.get(input(active)).prediction() >= 0) {
          active++;
        }
      }
    }

    /** Gives each way as many rows as there are for it. */
    private void choose() {
      int each = walk.length / active;
      rows = 0;
      for (int slot = 0; slot < active; slot++) {
        int to = Math.min(settings.steps(), behind[slot] + each);
        for (int step = behind[slot] + 1; step <= to; step++) {
          rowWalk[rows] = slot;
          rowStep[rows++] = step;
        }
      }
    }

    private void place(int row) {
      int slot = rowWalk[row];
      int n = points.columns();
      directions.point(
          way(slot),
          settings.length(rowStep[row]),
          x.data(),
          input(slot) * n,
          settings.box(),
          points.data(),
          row * n);
    }

    /** The rows of a way are ascending steps: the first change ends it. */
    private void judge(float[] logits) {
      int kept = 0;
      int row = 0;
      for (int slot = 0; slot < active; slot++) {
        BoundaryProfile profile = profiles.get(input(slot));
        boolean met = false;
        for (; row < rows && rowWalk[row] == slot; row++) {
          int answer = met ? profile.prediction() : answer(logits, row);
          if (answer != profile.prediction()) {
            met = true;
            profile.steps()[way(slot)] = rowStep[row];
            profile.adjacent()[way(slot)] = answer;
          }
          behind[slot] = rowStep[row];
        }
        if (!met && behind[slot] < settings.steps()) {
          walk[kept] = walk[slot];
          behind[kept++] = behind[slot];
        }
      }
      active = kept;
    }
  }
}
