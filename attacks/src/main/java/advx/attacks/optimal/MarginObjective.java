package advx.attacks.optimal;

import advx.attacks.AttackLoss;
import advx.attacks.Batch;
import advx.attacks.Box;
import advx.attacks.MarginRows;
import advx.engine.kernel.Extremes;
import java.util.Arrays;

/**
 * What {@link CarliniWagner} minimises, for the samples in some slots, and its slope:
 *
 * <pre>
 *  objective   D + c·Σₚ max(0, κ − aₚ)         D = ‖x' − x‖²/unit²
 *  ∂/∂w        (2·(x' − x)/unit² + c·Σₚ ∂/∂x')·∂x'/∂w
 * </pre>
 *
 * <p>which is the published one plus c·κ·points, and never below 0. A point adds to the slope while
 * its aₚ is below κ. The sum over points is one chain, ascending; that of D is in double.
 */
final class MarginObjective {
  private CarliniWagner attack;
  private Batch batch;
  private int n;
  private int points;
  private TanhBox box;
  private Box pointBox;
  private double unit;
  private float pull;
  private float[][] moves = {};
  private MarginRows rows;
  private float[] tanh = {};
  private float[] images = {};
  private float[] gradients = {};

  /** Settings of the moves that are kept. */
  private MarginPoints movesOf;

  private long movesSeed;

  /** Begins with a batch, at most so many samples at a time. */
  void open(CarliniWagner newAttack, Batch newBatch, int slots) {
    if (batch != newBatch || !newAttack.points().equals(movesOf) || newAttack.seed() != movesSeed) {
      movesOf = newAttack.points();
      movesSeed = newAttack.seed();
      moves = movesOf.moves(newBatch.x().columns(), movesSeed);
    }
    attack = newAttack;
    n = newBatch.x().columns();
    points = attack.points().count();
    if (batch != newBatch || rows == null || !rows.fits(slots, points)) {
      rows = new MarginRows(newBatch.classifier(), newBatch.tape().workers(), slots, points);
      tanh = new float[slots * n];
      images = new float[slots * n];
    }
    batch = newBatch;
    Box limits = attack.threat().box();
    if (box == null || !box.box().equals(limits)) {
      box = new TanhBox(limits);
    }
    pointBox = attack.pointBox();
    unit = attack.quirks().squaresBy255() ? 255 : (double) limits.high() - limits.low();
    pull = (float) (2 / (unit * unit));
  }

  TanhBox box() {
    return box;
  }

  /** The images that the variables stand for now, one row a slot. */
  float[] images() {
    return images;
  }

  void use(int slots) {
    rows.use(slots);
  }

  /** Writes the image of a slot's variable, and its points to the model's rows. */
  void place(int slot, float[] w) {
    int at = slot * n;
    box.image(w, tanh, images, at, n);
    float[] inputs = rows.inputs();
    for (int p = 0; p < points; p++) {
      int to = (slot * points + p) * n;
      if (p == points - 1) {
        System.arraycopy(images, at, inputs, to, n);
      } else {
        float[] move = moves[p];
        for (int i = 0; i < n; i++) {
          inputs[to + i] = pointBox.clip(images[at + i] + move[i]);
        }
      }
    }
  }

  /** Shows all points to the model; slots without a word from it ask for no gradient. */
  float[] logits() {
    Arrays.fill(rows.seeds(), 0);
    return rows.logits();
  }

  /** D of a slot. */
  double distance(int slot, int row) {
    float[] x = batch.x().data();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double d = (double) images[slot * n + i] - x[row * n + i];
      sum += d * d;
    }
    return sum / (unit * unit);
  }

  /**
   * Σₚ max(0, κ − aₚ) of a slot, NaN if the model names no class at some point; asks for the
   * gradients of the points that add to it.
   *
   * @param label that is aimed at, or away from
   */
  double hinge(int slot, int label, float[] logits) {
    int classes = batch.classifier().classes();
    double sum = 0;
    for (int p = slot * points; p < (slot + 1) * points; p++) {
      int best = AttackLoss.rival(logits, p * classes, classes, label);
      boolean targeted = attack.aim().targeted();
      rows.labels()[p] = targeted ? best : label;
      rows.rivals()[p] = targeted ? label : best;
      double lack = attack.kappa() - advantage(p, logits, classes);
      boolean named = Float.isFinite(Extremes.max(logits, p * classes, classes));
      sum += named ? Math.max(0, lack) : Double.NaN;
      rows.seeds()[p] = lack > 0 ? -1 : 0;
    }
    return sum;
  }

  private double advantage(int p, float[] logits, int classes) {
    return (double) logits[p * classes + rows.rivals()[p]] - logits[p * classes + rows.labels()[p]];
  }

  /**
   * Whether every point of a slot leads by κ; after {@link #hinge}. Between equal logits the lowest
   * class wins.
   */
  boolean succeeds(int slot, float[] logits) {
    int classes = batch.classifier().classes();
    boolean eased = attack.quirks().lenientKappa() && !attack.aim().targeted();
    double lead = eased ? -attack.kappa() : attack.kappa();
    for (int p = slot * points; p < (slot + 1) * points; p++) {
      double above = advantage(p, logits, classes) - lead;
      boolean wins = above > 0 || (above == 0 && rows.rivals()[p] < rows.labels()[p]);
      if (!wins || !Float.isFinite(Extremes.max(logits, p * classes, classes))) {
        return false;
      }
    }
    return true;
  }

  /** Asks for no gradient of this slot. */
  void mute(int slot) {
    Arrays.fill(rows.seeds(), slot * points, (slot + 1) * points, 0);
  }

  /** Takes the gradients that were asked for. */
  void differentiate() {
    gradients = rows.gradients();
  }

  /**
   * Writes ∂objective/∂w to g[slot·n …] and counts the gradients; false if one of them is no
   * number.
   */
  boolean slope(int slot, int row, double c, float[] g) {
    int at = slot * n;
    Arrays.fill(g, at, at + n, 0);
    boolean sound = true;
    for (int p = 0; p < points; p++) {
      int from = (slot * points + p) * n;
      if (rows.seeds()[slot * points + p] == 0) {
        batch.countIdle(row, 1);
      } else {
        float peak = batch.count(row, gradients, from, n);
        sound &= peak < Float.POSITIVE_INFINITY;
        add(p, from, at, g);
      }
    }
    float[] x = batch.x().data();
    float weight = (float) c;
    for (int i = 0; i < n; i++) {
      float back = pull * (images[at + i] - x[row * n + i]);
      g[at + i] = Math.fma(weight, g[at + i], back) * box.slope(tanh[at + i]);
    }
    return sound;
  }

  /** A number of a point that was clipped does not move with the image's. */
  private void add(int p, int from, int at, float[] g) {
    if (p == points - 1 || !pointBox.limits()) {
      for (int i = 0; i < n; i++) {
        g[at + i] += gradients[from + i];
      }
      return;
    }
    float[] move = moves[p];
    for (int i = 0; i < n; i++) {
      boolean free = pointBox.contains(images[at + i] + move[i]);
      g[at + i] += free ? gradients[from + i] : 0;
    }
  }
}
