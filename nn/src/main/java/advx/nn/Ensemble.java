package advx.nn;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Var;
import advx.engine.op.Add;
import advx.engine.op.Clamp;
import advx.engine.op.LogSoftmax;
import advx.engine.op.Negate;
import advx.engine.op.Scale;
import advx.engine.op.Shift;
import advx.engine.op.Softplus;
import advx.engine.op.Subtract;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Several classifiers as one, whose gradient flows through all of them.
 *
 * <pre>
 *  MEAN_LOGIT         z = (z₁ + … + z_K)/K
 *  MEAN_PROBABILITY   softmax top:  z = ln ((p₁ + … + p_K)/K), whose softmax is the mean of the p
 *                     sigmoid top:  z = ln p̄ − ln (1 − p̄),     whose sigmoid is the mean p̄
 * </pre>
 *
 * <p>Means of probabilities are taken without leaving the logarithm, ln(a + b) = ln a + softplus(ln
 * b − ln a), so that members that are sure keep their gradient. Members are added in their order.
 */
public record Ensemble(List<Classifier> members, Combination combination) implements Classifier {
  /** What is averaged. */
  public enum Combination {
    MEAN_PROBABILITY,
    MEAN_LOGIT;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Ensemble {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new InputException("The ensemble has no members: give one classifier or more.");
    }
    Classifier first = members.getFirst();
    for (Classifier member : members) {
      if (member.features() != first.features()
          || member.classes() != first.classes()
          || member.top() != first.top()) {
        throw new InputException(
            "The ensemble's members differ: one takes %d numbers to %d classes with %s on top, another %d to %d with %s; give classifiers of the same kind."
                .formatted(
                    first.features(),
                    first.classes(),
                    first.top().word(),
                    member.features(),
                    member.classes(),
                    member.top().word()));
      }
    }
  }

  @Override
  public int features() {
    return members.getFirst().features();
  }

  @Override
  public int classes() {
    return members.getFirst().classes();
  }

  @Override
  public Top top() {
    return members.getFirst().top();
  }

  @Override
  public Var logits(Tape tape, Var x) {
    Var[] z = new Var[members.size()];
    for (int k = 0; k < z.length; k++) {
      z[k] = members.get(k).logits(tape, x);
    }
    if (combination == Combination.MEAN_LOGIT) {
      Var sum = z[0];
      for (int k = 1; k < z.length; k++) {
        sum = Add.add(sum, z[k]);
      }
      return Scale.scale(sum, 1f / z.length);
    }
    return switch (top()) {
      case SOFTMAX -> logOfMean(z, LogSoftmax::logSoftmax);
      case SIGMOIDS ->
          Subtract.subtract(
              logOfMean(z, v -> Negate.negate(Softplus.softplus(Negate.negate(v)))),
              logOfMean(z, v -> Negate.negate(Softplus.softplus(v))));
      case BELLS, SQUAREDBELLS, RIVALBELLS ->
          logOfMean(z, v -> Clamp.clamp(v, Float.NEGATIVE_INFINITY, 0));
    };
  }

  /** ln ((exp l₁ + … + exp l_K)/K) for lₖ = log(zₖ). */
  private static Var logOfMean(Var[] z, UnaryOperator<Var> log) {
    Var sum = log.apply(z[0]);
    for (int k = 1; k < z.length; k++) {
      sum = Add.add(sum, Softplus.softplus(Subtract.subtract(log.apply(z[k]), sum)));
    }
    return Shift.shift(sum, (float) -StrictMath.log(z.length));
  }
}
