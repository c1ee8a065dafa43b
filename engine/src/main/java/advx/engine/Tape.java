package advx.engine;

import it.unimi.dsi.fastutil.objects.ObjectArrayList;
import java.util.IdentityHashMap;
import java.util.function.Function;

/**
 * Records operations as they are computed and replays them backwards: reverse-mode automatic
 * differentiation.
 *
 * <pre>{@code
 * Tape tape = new Tape(workers);
 * Var x = tape.variable(Tensor.of(new float[] {3}, 1), "x");
 * Var y = Multiply.multiply(x, x);         // computed at once, recorded
 * tape.backward(y);                        // dy/dx = 2x
 * x.gradient().data()[0];                  // 6
 * tape.rewind();                           // the next step uses the same buffers again
 * }</pre>
 *
 * <p>A value is computed when its operation is called. {@link #backward} walks from the result to
 * the first leaf and asks each operation for the gradients of its inputs, which it computes by
 * operations of this same tape. With {@code createGraph} those are recorded too, and the gradient
 * can be differentiated again.
 *
 * <p>Buffers, Vars and operations are used again after {@link #rewind}, so a loop of equal steps
 * allocates nothing.
 */
public final class Tape {
  private final Workers workers;
  private final Workspace workspace = new Workspace();
  private final ObjectArrayList<Var> vars = new ObjectArrayList<>();
  private final IdentityHashMap<Class<?>, Object> scratch = new IdentityHashMap<>();
  private int size;
  private boolean recording = true;

  public Tape(Workers workers) {
    this.workers = workers;
  }

  public Workers workers() {
    return workers;
  }

  /** Where operations of this tape take their buffers from. */
  public Workspace workspace() {
    return workspace;
  }

  /** What is kept with this tape: made of it on first use, the same object ever after. */
  @SuppressWarnings("unchecked")
  public <T> T scratch(Class<T> type, Function<Tape, T> maker) {
    T found = (T) scratch.get(type);
    if (found == null) {
      found = maker.apply(this);
      scratch.put(type, found);
    }
    return found;
  }

  /** The number of values recorded since the last {@link #rewind}. */
  public int size() {
    return size;
  }

  /** For operations: whether what is computed now can be differentiated again. */
  public boolean recording() {
    return recording;
  }

  /** A leaf that no gradient flows to: data, labels, frozen weights. */
  public Var constant(Tensor value) {
    return next().reset(null, "constant", value, false);
  }

  /** A leaf whose gradient is wanted: a weight, or an input under attack. */
  public Var variable(Tensor value, String label) {
    return next().reset(null, label, value, true);
  }

  /**
   * For operations with settings: the one that the step before recorded where the next value will
   * stand, or null. If it has the same settings it is recorded again, and none is made anew.
   */
  public Op previous() {
    return size < vars.size() ? vars.get(size).op() : null;
  }

  /** For operations: records a computed value with the inputs it was computed from. */
  public Var record(Op op, Tensor value, Var a) {
    Var y = next().reset(op, null, value, recording && a.needsGradient());
    y.addInput(a);
    return y;
  }

  /** For operations: the same with two inputs. */
  public Var record(Op op, Tensor value, Var a, Var b) {
    Var y = next().reset(op, null, value, recording && (a.needsGradient() || b.needsGradient()));
    y.addInput(a);
    y.addInput(b);
    return y;
  }

  /** For operations: the same with three inputs. */
  public Var record(Op op, Tensor value, Var a, Var b, Var c) {
    boolean needs = a.needsGradient() || b.needsGradient() || c.needsGradient();
    Var y = next().reset(op, null, value, recording && needs);
    y.addInput(a);
    y.addInput(b);
    y.addInput(c);
    return y;
  }

  /** For operations: the same with any number of inputs. */
  public Var record(Op op, Tensor value, Var[] inputs) {
    boolean needs = false;
    for (Var input : inputs) {
      needs |= input.needsGradient();
    }
    Var y = next().reset(op, null, value, recording && needs);
    for (Var input : inputs) {
      y.addInput(input);
    }
    return y;
  }

  /**
   * For operations: records one whose value nobody may ever look at; {@link Var#value} computes it.
   * While gradients are recorded it is computed at once.
   *
   * @param room its buffer, from the {@link #workspace}
   */
  public Var defer(Op.Deferred op, Tensor room, Var a, Var b) {
    Var y = record(op, room, a, b).deferred();
    if (recording) {
      y.value();
    }
    return y;
  }

  private Var next() {
    if (size == vars.size()) {
      vars.add(new Var(this, size));
    }
    return vars.get(size++);
  }

  /** Gradients of the sum of all elements of y, so that per-sample losses add up, never average. */
  public void backward(Var y) {
    backward(y, constant(workspace.like(y.value()).fill(1)), false);
  }

  /**
   * Gradients of Σ seed·y. A leaf's gradient adds to what earlier backward passes of this step left
   * there ({@link #clearGradients} starts afresh); all others are computed anew.
   *
   * @param createGraph whether the gradients can be differentiated in turn
   */
  public void backward(Var y, Var seed, boolean createGraph) {
    if (y.tape != this || seed.tape != this) {
      throw new IllegalArgumentException("backward: the result or its seed is on another tape");
    }
    Shapes.same("backward", y.value(), seed.value());
    boolean was = recording;
    recording = createGraph;
    for (int i = 0; i <= y.index; i++) {
      if (vars.get(i).op() != null) {
        vars.get(i).gradient = null;
      }
    }
    try {
      y.addGradient(seed);
      for (int i = y.index; i >= 0; i--) {
        Var v = vars.get(i);
        if (v.op() != null && v.gradient != null) {
          v.op().backward(v, v.gradient);
        }
      }
    } finally {
      recording = was;
    }
  }

  /** Forgets every gradient, of leaves too. */
  public void clearGradients() {
    for (int i = 0; i < size; i++) {
      vars.get(i).gradient = null;
    }
  }

  /** Starts the next step: all values of this one end, their buffers are used again. */
  public void rewind() {
    size = 0;
    recording = true;
    workspace.rewind();
  }

  /** The recorded operations, one a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      text.append(vars.get(i)).append('\n');
    }
    return text.toString();
  }
}
