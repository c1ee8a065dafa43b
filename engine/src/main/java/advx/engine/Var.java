package advx.engine;

import java.util.Arrays;

/**
 * A value on a tape: what was computed, from what, and, after {@link Tape#backward}, its gradient.
 *
 * <p>A Var belongs to its tape's current step and ends with {@link Tape#rewind}: afterwards the
 * same object stands for a value of the next step.
 */
public final class Var {
  private static final Var[] NONE = new Var[0];

  final Tape tape;
  final int index;
  private Op op;
  private String label;
  private Tensor value;
  private Var[] inputs = NONE;
  private int inputCount;
  private boolean needsGradient;
  private boolean pending;
  Var gradient;

  Var(Tape tape, int index) {
    this.tape = tape;
    this.index = index;
  }

  /** Makes this object stand for a new value. */
  Var reset(Op newOp, String newLabel, Tensor newValue, boolean needs) {
    op = newOp;
    label = newLabel;
    value = newValue;
    needsGradient = needs;
    inputCount = 0;
    pending = false;
    gradient = null;
    return this;
  }

  Var deferred() {
    pending = true;
    return this;
  }

  /** Whether the value has still to be computed: {@link #value} does it. */
  public boolean pending() {
    return pending;
  }

  /** For operations: one more input, a constant, which the gradient will want to see. */
  public Var with(Var constant) {
    addInput(constant);
    return this;
  }

  void addInput(Var input) {
    if (input.tape != tape) {
      throw new IllegalArgumentException(op.name() + ": an input belongs to another tape");
    }
    if (inputCount == inputs.length) {
      inputs = Arrays.copyOf(inputs, Math.max(3, 2 * inputCount));
    }
    inputs[inputCount++] = input;
  }

  public Tape tape() {
    return tape;
  }

  public Tensor value() {
    if (pending) {
      pending = false;
      ((Op.Deferred) op).compute(this);
    }
    return value;
  }

  /** Whether both values have the same shape; pending ones stay pending. */
  public boolean sameShape(Var other) {
    return value.sameShape(other.value);
  }

  /** A buffer of the value's shape; a pending value stays pending. */
  public Tensor room() {
    return tape.workspace().like(value);
  }

  /** The numbers of the value, not a copy. */
  public float[] data() {
    return value().data();
  }

  /** The operation that made it; null for a leaf. */
  public Op op() {
    return op;
  }

  public Var input(int i) {
    return inputs[java.util.Objects.checkIndex(i, inputCount)];
  }

  public int inputCount() {
    return inputCount;
  }

  /** Whether a gradient can flow to or through this value. */
  public boolean needsGradient() {
    return needsGradient;
  }

  /** The gradient that the last backward pass left here; null if none reached it. */
  public Var gradient() {
    return gradient;
  }

  /** For operations: adds one share to this value's gradient. */
  public void addGradient(Var share) {
    if (!needsGradient) {
      return;
    }
    if (!share.value.sameShape(value)) {
      throw Shapes.mismatch("gradient of " + describe(), value, share.value, "two equal shapes");
    }
    gradient = gradient == null ? share : advx.engine.op.Add.add(gradient, share);
  }

  String describe() {
    return op != null ? op.name() : label;
  }

  /** One line of the printed tape, for example {@code %2 Dense(%0, %1) [100, 10]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("%" + index + " " + describe());
    if (op != null) {
      text.append('(');
      for (int i = 0; i < inputCount; i++) {
        text.append(i == 0 ? "%" : ", %").append(inputs[i].index);
      }
      text.append(')');
    }
    return text.append(' ').append(value.shapeString()).toString();
  }
}
