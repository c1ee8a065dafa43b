package advx.attacks.optimal;

import advx.attacks.Batch;
import advx.attacks.MarginRows;
import advx.engine.Workers;
import advx.engine.kernel.Adam;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The work of {@link CarliniWagner} on one batch. Each sample in a slot is somewhere in its own
 * search, at its own iteration for its own c; a sample that is done gives its slot to the next one,
 * or to the last one if none is waiting.
 *
 * <pre>
 *  place   variable ─▶ image ─▶ points          all threads, a slot each
 *  judge   logits ─▶ objective, success, end?   in order
 *  move    gradients ─▶ Adam                    all threads, a slot each
 * </pre>
 *
 * <p>One object serves a whole run and allocates nothing once it has seen the attack.
 */
final class MarginSearch {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final float EPSILON = 1e-8f;

  /** Truth values of a slot that are kept, a byte each; between iterations none has ended. */
  private static final int FLAGS = 2;

  private final MarginObjective objective = new MarginObjective();
  private final Workers.Task placing = (slot, worker) -> place(slot);
  private final Workers.Task moving = (slot, worker) -> move(slot);
  private CarliniWagner attack;
  private Batch batch;
  private Search search;
  private int n;
  private int waiting;
  private int count;
  private ConstantSearch constants;
  private double constantsFirst;

  private float[] w = {};
  private float[] first = {};
  private float[] second = {};
  private float[] slope = {};
  private int[] rows = {};
  private int[] iteration = {};
  private int[] step = {};
  private int[] passed = {};
  private boolean[] fresh = {};
  private boolean[] ended = {};

  /** Whether a sample has succeeded with this c: lately, for the first strides go anywhere. */
  private boolean[] succeeded = {};

  private double[] asked = {};

  /** 1 − βᵗ of Adam's two means for t = 0 … iterations; powers in double. */
  private float[] corrections1 = {};

  private float[] corrections2 = {};

  /** The smallest distance at which each sample of the batch has succeeded. */
  private double[] best = {};

  void run(CarliniWagner newAttack, Batch newBatch) {
    open(newAttack, newBatch);
    ByteBuffer kept = batch.kept();
    if (kept != null) {
      restore(kept);
    }
    while (count < rows.length && fill(count)) {
      count++;
    }
    while (count > 0) {
      iterate();
      if (batch.progress(done())) {
        batch.keep(bytes(), this::save);
      }
    }
    keepToBudget();
  }

  /** The share of all searches that is over: the least that is, for some end early. */
  private double done() {
    double searches = 0;
    for (int slot = 0; slot < count; slot++) {
      searches += step[slot] + (double) iteration[slot] / search.iterations();
    }
    return (waiting - count + searches / search.steps()) / batch.size();
  }

  /** Bytes of the state between two iterations. */
  private int bytes() {
    int numbers = 4 + 3 * n;
    int slot = numbers * Integer.BYTES + Double.BYTES + FLAGS + ConstantSearch.BYTES;
    return 2 * Integer.BYTES + best.length * Double.BYTES + count * slot;
  }

  private void save(ByteBuffer out) {
    out.putInt(waiting).putInt(count);
    for (double distance : best) {
      out.putDouble(distance);
    }
    for (int slot = 0; slot < count; slot++) {
      out.putInt(rows[slot]).putInt(iteration[slot]).putInt(step[slot]).putInt(passed[slot]);
      out.putDouble(asked[slot]);
      out.put((byte) (fresh[slot] ? 1 : 0)).put((byte) (succeeded[slot] ? 1 : 0));
      constants.save(slot, out);
      for (int i = slot * n; i < (slot + 1) * n; i++) {
        out.putFloat(w[i]).putFloat(first[i]).putFloat(second[i]);
      }
    }
  }

  private void restore(ByteBuffer in) {
    waiting = in.getInt();
    count = in.getInt();
    for (int row = 0; row < best.length; row++) {
      best[row] = in.getDouble();
    }
    for (int slot = 0; slot < count; slot++) {
      rows[slot] = in.getInt();
      iteration[slot] = in.getInt();
      step[slot] = in.getInt();
      passed[slot] = in.getInt();
      asked[slot] = in.getDouble();
      fresh[slot] = in.get() != 0;
      succeeded[slot] = in.get() != 0;
      ended[slot] = false;
      constants.restore(slot, in);
      for (int i = slot * n; i < (slot + 1) * n; i++) {
        w[i] = in.getFloat();
        first[i] = in.getFloat();
        second[i] = in.getFloat();
      }
    }
  }

  private void open(CarliniWagner newAttack, Batch newBatch) {
    attack = newAttack;
    search = attack.search();
    int points = attack.points().count();
    int slots = MarginRows.slots(newBatch.classifier(), Math.max(1, newBatch.size()), points);
    objective.open(attack, newBatch, slots);
    if (rows.length != slots || batch != newBatch || constantsFirst != search.first()) {
      constantsFirst = search.first();
      constants = new ConstantSearch(constantsFirst, slots);
    }
    batch = newBatch;
    n = batch.x().columns();
    if (w.length != slots * n) {
      w = new float[slots * n];
      first = new float[slots * n];
      second = new float[slots * n];
      slope = new float[slots * n];
      rows = new int[slots];
      iteration = new int[slots];
      step = new int[slots];
      passed = new int[slots];
      fresh = new boolean[slots];
      ended = new boolean[slots];
      succeeded = new boolean[slots];
      asked = new double[slots];
    }
    if (corrections1.length != search.iterations() + 1) {
      corrections1 = corrections(BETA1, search.iterations());
      corrections2 = corrections(BETA2, search.iterations());
    }
    if (best.length != batch.size()) {
      best = new double[batch.size()];
    }
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    waiting = 0;
    count = 0;
  }

  private static float[] corrections(double beta, int iterations) {
    float[] corrections = new float[iterations + 1];
    for (int t = 0; t <= iterations; t++) {
      corrections[t] = (float) (1 - StrictMath.pow(beta, t));
    }
    return corrections;
  }

  /** Gives the slot to the next sample that has not reached the aim; false if there is none. */
  private boolean fill(int slot) {
    while (waiting < batch.size() && reached(waiting)) {
      waiting++;
    }
    if (waiting == batch.size()) {
      return false;
    }
    rows[slot] = waiting++;
    step[slot] = 0;
    passed[slot] = 0;
    constants.start(slot);
    restart(slot);
    return true;
  }

  /** Whether the model's answer to the clean input is what the attack wants. */
  private boolean reached(int row) {
    int prediction = batch.predictions()[row];
    return attack.aim().targeted() ? prediction == label(row) : prediction != batch.labels()[row];
  }

  private int label(int row) {
    int prediction = batch.predictions()[row];
    return attack.aim().label(batch.labels()[row], prediction, batch.classifier().classes());
  }

  private void restart(int slot) {
    fresh[slot] = true;
    iteration[slot] = 0;
    ended[slot] = false;
    succeeded[slot] = false;
    asked[slot] = Double.POSITIVE_INFINITY;
  }

  private void iterate() {
    Workers workers = batch.tape().workers();
    objective.use(count);
    workers.run(count, placing);
    float[] logits = objective.logits();
    boolean moves = false;
    for (int slot = 0; slot < count; slot++) {
      judge(slot, logits);
      moves |= !ended[slot];
    }
    if (moves) {
      objective.differentiate();
      workers.run(count, moving);
    }
    for (int slot = count - 1; slot >= 0; slot--) {
      if (ended[slot]) {
        nextConstant(slot);
      }
    }
  }

  private void place(int slot) {
    int at = slot * n;
    if (fresh[slot]) {
      fresh[slot] = false;
      objective.box().variable(batch.x().data(), rows[slot] * n, w, at, n);
      Arrays.fill(first, at, at + n, 0);
      Arrays.fill(second, at, at + n, 0);
    }
    objective.place(slot, w);
  }

  private void judge(int slot, float[] logits) {
    int row = rows[slot];
    double distance = objective.distance(slot, row);
    double hinge = objective.hinge(slot, label(row), logits);
    passed[slot]++;
    if (objective.succeeds(slot, logits)) {
      succeeded[slot] = true;
      if (distance < best[row]) {
        keep(slot, distance);
      }
    }
    double value = distance + constants.value(slot) * hinge;
    ended[slot] |= Double.isNaN(value) || iteration[slot] + 1 == search.iterations();
    if (search.asks(iteration[slot])) {
      ended[slot] |= search.abortEarly() && value > asked[slot] * Search.FALLS;
      asked[slot] = value;
      succeeded[slot] &= ended[slot] || attack.quirks().passingSuccess();
    }
    if (ended[slot]) {
      objective.mute(slot);
    }
  }

  private void keep(int slot, double distance) {
    int row = rows[slot];
    if (best[row] == Double.POSITIVE_INFINITY) {
      batch.firstStep()[row] = passed[slot];
    }
    best[row] = distance;
    float[] into = batch.adversarial().data();
    System.arraycopy(objective.images(), slot * n, into, row * n, n);
  }

  /** One update of Adam, counted from 1 for each c. */
  private void move(int slot) {
    if (ended[slot]) {
      return;
    }
    boolean sound = objective.slope(slot, rows[slot], constants.value(slot), slope);
    iteration[slot]++;
    if (!sound) {
      ended[slot] = true;
      return;
    }
    int at = slot * n;
    float rate = (float) search.rate();
    Adam.step(
        w,
        first,
        second,
        slope,
        at,
        at + n,
        rate,
        (float) BETA1,
        (float) BETA2,
        EPSILON,
        corrections1[iteration[slot]],
        corrections2[iteration[slot]]);
  }

  private void nextConstant(int slot) {
    constants.next(slot, succeeded[slot]);
    step[slot]++;
    if (step[slot] < search.steps()) {
      restart(slot);
    } else if (!fill(slot)) {
      count--;
      if (slot < count) {
        shift(count, slot);
      }
    }
  }

  private void shift(int from, int to) {
    constants.move(from, to);
    rows[to] = rows[from];
    iteration[to] = iteration[from];
    step[to] = step[from];
    passed[to] = passed[from];
    fresh[to] = fresh[from];
    ended[to] = ended[from];
    succeeded[to] = succeeded[from];
    asked[to] = asked[from];
    System.arraycopy(w, from * n, w, to * n, n);
    System.arraycopy(first, from * n, first, to * n, n);
    System.arraycopy(second, from * n, second, to * n, n);
  }

  /** What lies outside the threat model is not handed out. */
  private void keepToBudget() {
    double[] delta = batch.delta();
    float[] x = batch.x().data();
    float[] made = batch.adversarial().data();
    for (int row = 0; row < batch.size(); row++) {
      if (best[row] < Double.POSITIVE_INFINITY) {
        for (int i = 0; i < n; i++) {
          delta[i] = (double) made[row * n + i] - x[row * n + i];
        }
        if (!attack.threat().allows(attack.threat().norm().of(delta))) {
          System.arraycopy(x, row * n, made, row * n, n);
        }
      }
    }
  }
}
