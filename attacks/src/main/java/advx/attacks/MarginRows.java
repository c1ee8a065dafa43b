package advx.attacks;

import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.op.Pick;
import advx.engine.op.Subtract;
import advx.nn.Classifier;
import advx.nn.Network;

/**
 * Passes of a model over samples that are shown to it in several rows each, and the gradients of
 * the differences of two logits of every row,
 *
 * <pre>
 *  advantage of a row = z[rival] − z[label]
 *  gradient of a row  = seed·∂(z[rival] − z[label])/∂row
 *
 *  slot     0      1      2          each slot has the same number of rows
 *  rows   ┌─┬─┬─┬─┬─┬─┬─┬─┬─┐
 * </pre>
 *
 * <p>As samples leave, the others move to the lower slots; a tape of all slots, one of half as
 * many, … keep their buffers, so that no more than half of the work is in vain. One object serves a
 * whole run.
 */
public final class MarginRows {
  /** Rows that are shown together: enough to fill the matrix products. */
  private static final int ROWS = 250;

  /** Numbers that a network may make of them together, not to fill the memory. */
  private static final int NUMBERS = 50_000_000;

  private final Classifier classifier;
  private final Workers workers;
  private final int slots;
  private final int each;
  private final Room[] rooms;
  private Room room;

  /** Rows for some slots, and the tape that they are computed on. */
  private static final class Room {
    private final Tape tape;
    private final Tensor inputs;
    private final int[] labels;
    private final int[] rivals;
    private final Tensor seeds;
    private Var input;
    private Var logits;

    private Room(Workers workers, int rows, int n) {
      tape = new Tape(workers);
      inputs = Tensor.zeros(rows, n);
      labels = new int[rows];
      rivals = new int[rows];
      seeds = Tensor.zeros(rows);
    }
  }

  /** For at most this many slots, of so many rows each. */
  public MarginRows(Classifier classifier, Workers workers, int slots, int each) {
    this.classifier = classifier;
    this.workers = workers;
    this.slots = slots;
    this.each = each;
    this.rooms = new Room[Integer.SIZE - Integer.numberOfLeadingZeros(slots)];
  }

  /** How many samples are to be shown at a time; it decides about time, and never about bits. */
  public static int slots(Classifier classifier, int samples, int each) {
    long rows = ROWS;
    if (classifier instanceof Network network) {
      long made = 1;
      for (int i = 0; i < network.layers().size(); i++) {
        made += network.layers().get(i).output().size();
      }
      rows = Math.clamp(NUMBERS / made, 1, ROWS);
    }
    return Math.toIntExact(Math.clamp(rows / each, 1, samples));
  }

  /** Whether this serves as many slots and rows. */
  public boolean fits(int wantedSlots, int wantedEach) {
    return slots == wantedSlots && each == wantedEach;
  }

  /** Goes to the smallest tape with this many slots; rows have to be written anew. */
  public void use(int count) {
    int halvings = 0;
    while (halvings + 1 < rooms.length && half(halvings + 1) >= count) {
      halvings++;
    }
    if (rooms[halvings] == null) {
      rooms[halvings] = new Room(workers, half(halvings) * each, classifier.features());
    }
    room = rooms[halvings];
  }

  private int half(int times) {
    return Math.ceilDiv(slots, 1 << times);
  }

  /** What is shown, [rows, features]; what is left in slots that nobody uses does not matter. */
  public float[] inputs() {
    return room.inputs.data();
  }

  /** The class whose logit is taken off, for each row. */
  public int[] labels() {
    return room.labels;
  }

  /** The class whose logit counts for it. */
  public int[] rivals() {
    return room.rivals;
  }

  /** What the gradient of each row is multiplied with. */
  public float[] seeds() {
    return room.seeds.data();
  }

  /** Shows all rows; returns the logits [rows, classes]. */
  public float[] logits() {
    room.tape.rewind();
    room.input = room.tape.variable(room.inputs, "x");
    room.logits = classifier.logits(room.tape, room.input);
    return room.logits.data();
  }

  /** The gradients [rows, features]; after {@link #logits}. */
  public float[] gradients() {
    Var rival = Pick.pickLabel(room.logits, room.rivals);
    Var advantage = Subtract.subtract(rival, Pick.pickLabel(room.logits, room.labels));
    room.tape.backward(advantage, room.tape.constant(room.seeds), false);
    Var dx = room.input.gradient();
    return dx != null ? dx.data() : room.tape.workspace().like(room.inputs).fill(0).data();
  }
}
