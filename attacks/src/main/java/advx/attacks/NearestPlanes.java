package advx.attacks;

import advx.engine.Workers;
import advx.engine.kernel.Extremes;
import java.util.Arrays;

/**
 * The work of {@link DeepFool} on one batch. A sample in a slot is shown to the model once for each
 * class that it may go to, and each row asks for the gradient of that boundary; whoever is done
 * gives its slot to the next sample, or to the last one.
 *
 * <p>Perturbations are kept in double. One object serves a whole run.
 */
final class NearestPlanes {
  private final Workers.Task stepping = (slot, worker) -> step(slot);
  private DeepFool attack;
  private Batch batch;
  private MarginRows shown;
  private int n;
  private int classes;
  private int each;
  private int waiting;
  private int count;
  private float[] gradients = {};
  private float[] logits = {};
  private double[] moved = {};
  private float[] points = {};
  private int[] rows = {};
  private int[] taken = {};
  private boolean[] stuck = {};

  void run(DeepFool newAttack, Batch newBatch) {
    open(newAttack, newBatch);
    while (count < rows.length && fill(count)) {
      count++;
    }
    while (count > 0) {
      iterate();
    }
  }

  private void open(DeepFool newAttack, Batch newBatch) {
    attack = newAttack;
    n = newBatch.x().columns();
    classes = newBatch.classifier().classes();
    each = attack.aim().targeted() ? 1 : classes - 1;
    int slots = MarginRows.slots(newBatch.classifier(), Math.max(1, newBatch.size()), each);
    if (batch != newBatch || shown == null || !shown.fits(slots, each)) {
      shown = new MarginRows(newBatch.classifier(), newBatch.tape().workers(), slots, each);
      moved = new double[slots * n];
      points = new float[slots * n];
      rows = new int[slots];
      taken = new int[slots];
      stuck = new boolean[slots];
    }
    batch = newBatch;
    waiting = 0;
    count = 0;
  }

  private int label(int row) {
    int prediction = batch.predictions()[row];
    return attack.aim().label(batch.labels()[row], prediction, classes);
  }

  private boolean reaches(int row, int prediction) {
    return attack.aim().targeted() ? prediction == label(row) : prediction != label(row);
  }

  /** Gives the slot to the next sample that has anything to do; false if there is none. */
  private boolean fill(int slot) {
    while (waiting < batch.size() && idle(waiting)) {
      waiting++;
    }
    if (waiting == batch.size()) {
      return false;
    }
    int row = waiting++;
    rows[slot] = row;
    taken[slot] = 0;
    stuck[slot] = false;
    Arrays.fill(moved, slot * n, (slot + 1) * n, 0);
    System.arraycopy(batch.x().data(), row * n, points, slot * n, n);
    return true;
  }

  /** One that is wrong when clean is broken already, whatever label is aimed at. */
  private boolean idle(int row) {
    int prediction = batch.predictions()[row];
    boolean wrong = prediction != batch.labels()[row] && !attack.aim().targeted();
    return wrong || reaches(row, prediction);
  }

  private void iterate() {
    shown.use(count);
    for (int slot = 0; slot < count; slot++) {
      for (int p = 0; p < each; p++) {
        System.arraycopy(points, slot * n, shown.inputs(), (slot * each + p) * n, n);
      }
    }
    logits = shown.logits();
    boolean asks = false;
    for (int slot = count - 1; slot >= 0; slot--) {
      if (done(slot)) {
        // Its rows were shown in vain; the logits of slots that move come again in the next pass.
        rows[slot] = -1;
      } else {
        ask(slot);
        asks = true;
      }
    }
    if (asks) {
      gradients = shown.gradients();
      batch.tape().workers().run(count, stepping);
    }
    for (int slot = count - 1; slot >= 0; slot--) {
      if (rows[slot] < 0 && !fill(slot)) {
        count--;
        shift(count, slot);
      }
    }
  }

  /** Whether the sample has reached the aim, which is kept, or will not. */
  private boolean done(int slot) {
    int at = slot * each * classes;
    int prediction =
        Float.isFinite(Extremes.max(logits, at, classes))
            ? Extremes.argmax(logits, at, classes)
            : -1;
    int row = rows[slot];
    if (prediction >= 0 && reaches(row, prediction)) {
      keep(slot);
      return true;
    }
    return prediction < 0 || stuck[slot] || taken[slot] == attack.steps();
  }

  private void keep(int slot) {
    int row = rows[slot];
    float[] x = batch.x().data();
    double[] delta = batch.delta();
    for (int i = 0; i < n; i++) {
      delta[i] = (double) points[slot * n + i] - x[row * n + i];
    }
    if (attack.threat().allows(attack.threat().norm().of(delta))) {
      batch.firstStep()[row] = Math.max(1, taken[slot]);
      System.arraycopy(points, slot * n, batch.adversarial().data(), row * n, n);
    }
  }

  /** Asks for the gradient of each boundary. */
  private void ask(int slot) {
    int label = label(rows[slot]);
    boolean targeted = attack.aim().targeted();
    for (int p = 0; p < each; p++) {
      int at = slot * each + p;
      int other =
          targeted ? AttackLoss.rival(logits, at * classes, classes, label) : p < label ? p : p + 1;
      shown.labels()[at] = targeted ? other : label;
      shown.rivals()[at] = targeted ? label : other;
      shown.seeds()[at] = 1;
    }
  }

  private void step(int slot) {
    int row = rows[slot];
    if (row < 0) {
      return;
    }
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    double length = 0;
    for (int p = slot * each; p < (slot + 1) * each; p++) {
      float peak = batch.count(row, gradients, p * n, n);
      double size = peak < Float.POSITIVE_INFINITY ? norm(p) : 0;
      double distance = Math.abs(lead(p)) / size;
      if (size > 0 && distance < least) {
        nearest = p;
        least = distance;
        length = size;
      }
    }
    taken[slot]++;
    stuck[slot] = nearest < 0;
    if (nearest >= 0) {
      move(slot, row, nearest, (least + nudge()) / length);
    }
  }

  private double lead(int p) {
    return (double) logits[p * classes + shown.rivals()[p]]
        - logits[p * classes + shown.labels()[p]];
  }

  private double norm(int p) {
    double squares = 0;
    for (int i = p * n; i < (p + 1) * n; i++) {
      squares += (double) gradients[i] * gradients[i];
    }
    return Math.sqrt(squares);
  }

  private double nudge() {
    Box box = attack.threat().box();
    return DeepFool.NUDGE * (box.limits() ? (double) box.high() - box.low() : 1);
  }

  private void move(int slot, int row, int p, double times) {
    float[] x = batch.x().data();
    for (int i = 0; i < n; i++) {
      int at = slot * n + i;
      moved[at] += times * gradients[p * n + i];
      float there = (float) (x[row * n + i] + (1 + attack.overshoot()) * moved[at]);
      points[at] = attack.clip() ? attack.threat().box().clip(there) : there;
    }
  }

  private void shift(int from, int to) {
    if (from != to) {
      rows[to] = rows[from];
      taken[to] = taken[from];
      stuck[to] = stuck[from];
      System.arraycopy(moved, from * n, moved, to * n, n);
      System.arraycopy(points, from * n, points, to * n, n);
    }
  }
}
