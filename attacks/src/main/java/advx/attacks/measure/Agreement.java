package advx.attacks.measure;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How far two models make the same mistakes on the same inputs, as a rule examples that were made
 * to fool the first (Goodfellow, Shlens, Szegedy 2015, §8). A model that names no class is wrong,
 * but makes no mistake that another could share.
 *
 * @param source what the model says that the examples were made on
 * @param other what the other model says of the same inputs
 */
public record Agreement(Evaluation source, Evaluation other) {
  public Agreement {
    if (!java.util.Arrays.equals(source.labels(), other.labels())) {
      throw new IllegalArgumentException("Agreement: the two evaluations are of other samples");
    }
  }

  /** Of the inputs that the source names a wrong class for, the share that the other errs on. */
  public Rate alsoWrong() {
    return share(this::sourceWrong, i -> !other.correct(i));
  }

  /**
   * Of the inputs that the source names a wrong class for, the share for which the other names the
   * same one.
   */
  public Rate sameClass() {
    return share(this::sourceWrong, this::same);
  }

  /** The same of those only that both name a wrong class for. */
  public Rate sameClassWhereBothWrong() {
    return share(i -> sourceWrong(i) && otherWrong(i), this::same);
  }

  private boolean sourceWrong(int i) {
    return source.decisions().get(i).named() && !source.correct(i);
  }

  private boolean otherWrong(int i) {
    return other.decisions().get(i).named() && !other.correct(i);
  }

  private boolean same(int i) {
    return source.decisions().get(i).prediction() == other.decisions().get(i).prediction();
  }

  private Rate share(IntPredicate among, IntPredicate holds) {
    int[] all = IntStream.range(0, source.size()).filter(among).toArray();
    return new Rate(IntStream.of(all).filter(holds).count(), all.length);
  }
}
