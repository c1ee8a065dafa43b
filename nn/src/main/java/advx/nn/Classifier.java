package advx.nn;

import advx.engine.Tape;
import advx.engine.Var;

/**
 * A model under evaluation. It takes inputs in the data's own units and gives logits, never
 * probabilities; whatever normalisation it needs is its own.
 */
public interface Classifier {
  /** The numbers of one input. */
  int features();

  int classes();

  /** How logits become probabilities and losses. */
  Top top();

  /**
   * The logits [samples, classes] of inputs [samples, features] as the model predicts (dropout off,
   * weights constant), recorded so that gradients flow to x.
   */
  Var logits(Tape tape, Var x);
}
