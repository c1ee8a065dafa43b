package advx.nn;

import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import it.unimi.dsi.fastutil.objects.ObjectArrayList;

/**
 * How a network is being run: on which tape, in training or inference, and with whose random
 * numbers.
 *
 * <p>In training, parameters are variables and dropout is on; its masks are keyed by (seed, step,
 * sample), so two forward passes of one step see the same masks, and a sample sees the same mask in
 * any batch. In inference parameters are constants, no gradient of theirs is ever computed, and
 * dropout is off.
 */
public final class Pass {
  private final Tape tape;
  private final boolean training;
  private final long seed;
  private final ObjectArrayList<Var> parameters = new ObjectArrayList<>();
  private int step;
  private int[] samples;

  private Pass(Tape tape, boolean training, long seed) {
    this.tape = tape;
    this.training = training;
    this.seed = seed;
  }

  public static Pass inference(Tape tape) {
    return new Pass(tape, false, 0);
  }

  public static Pass training(Tape tape, long seed) {
    return new Pass(tape, true, seed);
  }

  /**
   * Rewinds the tape and starts a step.
   *
   * @param newSamples the index in the data set of each row of the batch
   */
  public void start(int newStep, int[] newSamples) {
    tape.rewind();
    for (int i = 0; i < parameters.size(); i++) {
      parameters.set(i, null);
    }
    step = newStep;
    samples = newSamples;
  }

  public Tape tape() {
    return tape;
  }

  public boolean training() {
    return training;
  }

  public long seed() {
    return seed;
  }

  public int step() {
    return step;
  }

  /** The index in the data set of each row of the batch. */
  public int[] samples() {
    return samples;
  }

  /** The parameter on this pass's tape: the same Var throughout a step. */
  public Var parameter(Parameter p) {
    while (parameters.size() <= p.index()) {
      parameters.add(null);
    }
    Var var = parameters.get(p.index());
    if (var == null) {
      Tensor value = p.value();
      var = training ? tape.variable(value, p.name()) : tape.constant(value);
      parameters.set(p.index(), var);
    }
    return var;
  }
}
