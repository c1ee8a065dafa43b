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
 *
 * <p>{@link #crafting} is between the two: the network as this very training step sees it, with
 * parameters that are constants.
 */
public final class Pass {
  private final Tape tape;
  private final boolean training;
  private final boolean learns;
  private final long seed;
  private final ObjectArrayList<Var> parameters = new ObjectArrayList<>();
  private final ObjectArrayList<Var> aside = new ObjectArrayList<>();
  private Pass crafting;
  private int step;
  private int[] samples;

  private Pass(Tape tape, boolean training, boolean learns, long seed) {
    this.tape = tape;
    this.training = training;
    this.learns = learns;
    this.seed = seed;
  }

  public static Pass inference(Tape tape) {
    return new Pass(tape, false, false, 0);
  }

  public static Pass training(Tape tape, long seed) {
    return new Pass(tape, true, true, seed);
  }

  /**
   * The network as this training step sees it, with its masks and its batch's statistics, for
   * perturbations of inputs: on a tape of its own, rewound here, with constant parameters and
   * running statistics that stay. The same object at every call; allocates nothing once warm.
   */
  public Pass crafting() {
    if (crafting == null) {
      crafting = new Pass(new Tape(tape.workers()), training, false, seed);
    }
    crafting.start(step, samples);
    return crafting;
  }

  /**
   * Rewinds the tape and starts a step.
   *
   * @param newSamples the index in the data set of each row of the batch
   */
  public void start(int newStep, int[] newSamples) {
    tape.rewind();
    forget();
    step = newStep;
    samples = newSamples;
  }

  /** Starts anew with no parameter on the tape: for another network, or after a rewind. */
  void forget() {
    for (int i = 0; i < parameters.size(); i++) {
      parameters.set(i, null);
    }
    aside.clear();
  }

  public Tape tape() {
    return tape;
  }

  public boolean training() {
    return training;
  }

  /** Whether parameters have gradients and running statistics move. */
  public boolean learns() {
    return learns;
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
      var = learns ? tape.variable(value, p.name()) : tape.constant(value);
      parameters.set(p.index(), var);
    }
    return var;
  }

  /** For layers: keeps a value for a later layer of this forward pass. */
  public void lay(Var value) {
    aside.add(value);
  }

  /** For layers: the value that was kept last. */
  public Var takeUp() {
    return aside.pop();
  }
}
