package advx.attacks;

import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.Extremes;
import java.util.Arrays;

/**
 * The samples of a batch that an attack of many steps is still at work on, and the best point of
 * each so far, which lies in {@link Batch#adversarial}.
 *
 * <pre>
 *  slot   0  1  2  3  4  5          slot   0  1  2
 *  row    0  1  2  3  4  5   ──▶    row    1  4  5        0, 2 and 3 are broken
 *  room of 6                        room of 3
 * </pre>
 *
 * <p>Rooms hold the whole batch, half of it, a quarter, …: each has a tape of its own, whose
 * buffers fit when the next batch shrinks in the same way, and no more than half of a room's work
 * is in vain. What a slot beyond the last sample computes is looked at by nobody.
 */
final class ActiveSet {
  private Batch batch;
  private Aim aim;
  private boolean untilReached;
  private Room[] rooms = {};
  private Room room;
  private int count;
  private boolean[] broken = {};
  private boolean[] reached = {};
  private float[] best = {};
  private Var input;
  private Var losses;

  /** Slots for samples, and the tape that they are computed on. */
  static final class Room {
    private final Tape tape;
    private final int[] rows;
    private final int[] aimed;
    private final Tensor x;
    private final Tensor low;
    private final Tensor high;
    private final Tensor velocity;

    private Room(Batch batch, int size) {
      int n = batch.x().columns();
      tape = new Tape(batch.tape().workers());
      rows = new int[size];
      aimed = new int[size];
      x = Tensor.zeros(size, n);
      low = Tensor.zeros(size, n);
      high = Tensor.zeros(size, n);
      velocity = Tensor.zeros(size, n);
    }

    private void copy(Room from, int slot, int to) {
      int n = x.columns();
      rows[to] = from.rows[slot];
      aimed[to] = from.aimed[slot];
      System.arraycopy(from.x.data(), slot * n, x.data(), to * n, n);
      System.arraycopy(from.low.data(), slot * n, low.data(), to * n, n);
      System.arraycopy(from.high.data(), slot * n, high.data(), to * n, n);
      System.arraycopy(from.velocity.data(), slot * n, velocity.data(), to * n, n);
    }
  }

  /**
   * Begins with a batch.
   *
   * @param leave whether samples leave as soon as they have reached the aim
   */
  void open(Batch newBatch, Aim newAim, boolean leave) {
    int size = newBatch.size();
    if (best.length != size) {
      rooms = new Room[Integer.SIZE - Integer.numberOfLeadingZeros(size)];
      broken = new boolean[size];
      reached = new boolean[size];
      best = new float[size];
    }
    batch = newBatch;
    aim = newAim;
    untilReached = leave;
    for (int row = 0; row < size; row++) {
      int prediction = batch.predictions()[row];
      broken[row] = prediction != batch.labels()[row];
      reached[row] = leave && reaches(row, prediction);
    }
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
  }

  private boolean reaches(int row, int prediction) {
    int label = batch.labels()[row];
    return aim.targeted() ? prediction == label(row) : prediction != label;
  }

  private int label(int row) {
    return aim.label(batch.labels()[row], batch.predictions()[row], batch.classifier().classes());
  }

  /** All samples that are not done begin a walk; returns whether there are any. */
  boolean begin() {
    int left = 0;
    for (int row = 0; row < best.length; row++) {
      left += goesOn(row) ? 1 : 0;
    }
    room = roomFor(left);
    count = 0;
    for (int row = 0; row < best.length; row++) {
      if (goesOn(row)) {
        room.rows[count] = row;
        room.aimed[count] = label(row);
        count++;
      }
    }
    return count > 0;
  }

  private boolean goesOn(int row) {
    return !untilReached || !reached[row];
  }

  /** The smallest room that has a slot for so many. */
  private Room roomFor(int samples) {
    int halvings = 0;
    while (halvings + 1 < rooms.length && half(halvings + 1) >= samples) {
      halvings++;
    }
    if (rooms[halvings] == null) {
      rooms[halvings] = new Room(batch, half(halvings));
    }
    return rooms[halvings];
  }

  private int half(int times) {
    return Math.ceilDiv(best.length, 1 << times);
  }

  /**
   * Computes the loss where all samples are now, and keeps the points that are better than all
   * before.
   *
   * @param step the number of steps that lie behind
   * @return whether any sample goes on
   */
  boolean visit(AttackLoss loss, int step) {
    room.tape.rewind();
    input = room.tape.variable(room.x, "x");
    Var logits = batch.classifier().logits(room.tape, input);
    losses = loss.of(batch.classifier().top(), logits, room.aimed);
    boolean goesOn = false;
    for (int slot = 0; slot < count; slot++) {
      judge(slot, logits.data(), step);
      goesOn |= goesOn(room.rows[slot]);
    }
    return goesOn;
  }

  /** A point where the model names no class is not kept: overflow is nobody's success. */
  private void judge(int slot, float[] logits, int step) {
    int classes = batch.classifier().classes();
    float value = aim.sign() * losses.data()[slot];
    if (!Float.isFinite(Extremes.max(logits, slot * classes, classes)) || Float.isNaN(value)) {
      return;
    }
    int row = room.rows[slot];
    int prediction = Extremes.argmax(logits, slot * classes, classes);
    if (!broken[row] && prediction != batch.labels()[row]) {
      broken[row] = true;
      batch.firstStep()[row] = Math.max(1, step);
    }
    boolean reaches = reaches(row, prediction);
    if ((reaches && !reached[row]) || (reaches == reached[row] && value > best[row])) {
      reached[row] = reaches;
      best[row] = value;
      int n = room.x.columns();
      System.arraycopy(room.x.data(), slot * n, batch.adversarial().data(), row * n, n);
    }
  }

  /** ∂loss/∂x where all samples are now, for {@link #slots} rows; after {@link #visit}. */
  float[] gradient() {
    room.tape.backward(losses);
    Var dx = input.gradient();
    return dx != null ? dx.data() : room.tape.workspace().like(room.x).fill(0).data();
  }

  /** Samples that have reached the aim give up their slots; the others move together. */
  void shrink() {
    int left = 0;
    for (int slot = 0; slot < count; slot++) {
      left += goesOn(room.rows[slot]) ? 1 : 0;
    }
    if (left == count) {
      return;
    }
    Room next = roomFor(left);
    int to = 0;
    for (int slot = 0; slot < count; slot++) {
      if (goesOn(room.rows[slot])) {
        next.copy(room, slot, to++);
      }
    }
    room = next;
    count = left;
  }

  Batch batch() {
    return batch;
  }

  /** How many samples there are, in slots from 0. */
  int slots() {
    return count;
  }

  /** Whether the slot's sample has still steps to go. */
  boolean works(int slot) {
    return goesOn(room.rows[slot]);
  }

  /** The sample's row in the batch. */
  int row(int slot) {
    return room.rows[slot];
  }

  /** Where the samples are now, one row a slot. */
  float[] x() {
    return room.x.data();
  }

  /** The least that each number may be, one row a slot: the attack's own. */
  float[] low() {
    return room.low.data();
  }

  /** The most that each number may be. */
  float[] high() {
    return room.high.data();
  }

  /** The direction that is kept from step to step. */
  float[] velocity() {
    return room.velocity.data();
  }
}
