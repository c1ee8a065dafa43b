package advx.bench.work;

import advx.engine.InputException;
import advx.engine.Workers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What each subject of {@code shapes.txt} stands for: one line each. */
public final class Works {
  /** Makes the work of one shape; its threads are the caller's, who closes them. */
  @FunctionalInterface
  interface Maker {
    Work make(Shape shape, Workers workers);
  }

  private static final Map<String, Maker> TABLE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("product", ProductWork::new),
              Map.entry("dense", DenseWork::new),
              Map.entry("maxout", MaxoutWork::new),
              Map.entry("convolution", ConvolutionWork::new),
              Map.entry("pool", PoolWork::new),
              Map.entry("batch-norm", BatchNormWork::new),
              Map.entry("rbf", RbfWork::new),
              Map.entry("winner-input", WinnerInputWork::new),
              Map.entry("winner-weight", WinnerWeightWork::new),
              Map.entry("sgd", SgdWork::new),
              Map.entry("adam", (shape, workers) -> new AdamWork(shape)),
              Map.entry("softmax", SoftmaxWork::of),
              Map.entry("function", (shape, workers) -> new FunctionWork(shape)),
              Map.entry("reduction", (shape, workers) -> new ReductionWork(shape)),
              Map.entry("sign-step", (shape, workers) -> new SignStepWork(shape)),
              Map.entry("dropout", (shape, workers) -> new DropoutWork(shape)),
              Map.entry("step", TrainingStepWork::new),
              Map.entry("convolution-step", ConvolutionStepWork::new),
              Map.entry("attack", SoftmaxAttackWork::new)));

  private Works() {}

  /** All subjects. */
  public static Set<String> subjects() {
    return TABLE.keySet();
  }

  /** The work of this shape on these threads. */
  public static Work make(Shape shape, Workers workers) {
    Maker maker = TABLE.get(shape.subject());
    if (maker == null) {
      throw new InputException(
          "shapes.txt: '%s' has the subject '%s': give one of %s."
              .formatted(shape.name(), shape.subject(), String.join(", ", TABLE.keySet())));
    }
    return maker.make(shape, workers);
  }

  /**
   * The work of this name on one thread, warmed up, for code in another class loader, which knows
   * none of these types: {@code run} makes a call.
   */
  public static Runnable warmed(String name) {
    Work work = make(Shapes.named(name), new Workers(1));
    WarmUp.all(List.of(work));
    return work;
  }
}
