package advx.nn;

import advx.engine.InputException;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.Adam;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adam (Kingma, Ba 2015): w ← w − lr·m̂/(√v̂ + ε) with running means m of the gradient and v of its
 * square, m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ), t counted from 1; powers in double.
 */
public final class AdamOptimiser implements Optimiser {
  private final double rate;
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final RateDrops drops;
  private final Map<String, Tensor> first = new TreeMap<>();
  private final Map<String, Tensor> second = new TreeMap<>();

  /** Adam with β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
  public AdamOptimiser(double rate) {
    this(rate, null);
  }

  /**
   * The same with a rate that drops.
   *
   * @param drops null for none
   */
  public AdamOptimiser(double rate, RateDrops drops) {
    this(rate, 0.9, 0.999, 1e-8, drops);
  }

  public AdamOptimiser(double rate, double beta1, double beta2, double epsilon) {
    this(rate, beta1, beta2, epsilon, null);
  }

  private AdamOptimiser(double rate, double beta1, double beta2, double epsilon, RateDrops drops) {
    if (!(rate > 0 && beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0)) {
      throw new InputException(
          "Adam: learning rate %s, betas %s and %s, epsilon %s: give a rate and an epsilon above 0 and betas from 0 to below 1."
              .formatted(rate, beta1, beta2, epsilon));
    }
    this.rate = rate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.drops = drops;
  }

  @Override
  public void update(
      Workers workers, List<Parameter> parameters, Pass pass, int epoch, long update) {
    float correction1 = (float) (1 - StrictMath.pow(beta1, (double) update + 1));
    float correction2 = (float) (1 - StrictMath.pow(beta2, (double) update + 1));
    float present = (float) (drops == null ? rate : rate * drops.at(update));
    for (int i = 0; i < parameters.size(); i++) {
      Parameter p = parameters.get(i);
      Var gradient = pass.parameter(p).gradient();
      if (gradient != null) {
        Adam.update(
            workers,
            p.value().data(),
            moment(first, p).data(),
            moment(second, p).data(),
            gradient.data(),
            p.value().size(),
            present * p.rate(),
            (float) beta1,
            (float) beta2,
            (float) epsilon,
            correction1,
            correction2);
      }
    }
  }

  private static Tensor moment(Map<String, Tensor> moments, Parameter p) {
    Tensor m = moments.get(p.name());
    if (m == null) {
      m = Tensor.zeros(p.value().shape());
      moments.put(p.name(), m);
    } else if (!m.sameShape(p.value())) {
      throw Shapes.mismatch("Adam", m, p.value(), Sgd.OTHER.formatted(p.name()));
    }
    return m;
  }

  @Override
  public Map<String, Tensor> state(List<Parameter> parameters) {
    Map<String, Tensor> state = new TreeMap<>();
    for (Parameter p : parameters) {
      state.put(p.name() + ".first", moment(first, p));
      state.put(p.name() + ".second", moment(second, p));
    }
    return state;
  }

  @Override
  public String describe() {
    return "adam rate=%s beta1=%s beta2=%s epsilon=%s".formatted(rate, beta1, beta2, epsilon)
        + (drops == null ? "" : " rate " + drops);
  }
}
