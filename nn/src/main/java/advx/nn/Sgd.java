package advx.nn;

import advx.engine.InputException;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.SgdStep;
import advx.engine.op.Maxout;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stochastic gradient descent with classical momentum: v ← μ·v − lr·g, w ← w + v, then the norm
 * limit of each row.
 *
 * <p>The learning rate decays with every update t: lr = max(floor, rate/decayᵗ). The momentum rises
 * linearly over the epochs: μ = first at epoch {@code start}, last from epoch {@code end} on. These
 * are the schedules of the maxout networks (Goodfellow et al. 2013). Both are computed in double.
 */
public final class Sgd implements Optimiser {
  /**
   * The settings.
   *
   * @param decay the factor that the learning rate is divided by after each update; 1 for none
   * @param first momentum at epoch {@code start} and before; last: at epoch {@code end} and after
   */
  public record Schedule(
      double rate, double decay, double floor, double first, double last, int start, int end) {
    public Schedule {
      if (!(rate > 0) || !(decay >= 1) || !(first >= 0 && first < 1) || !(last >= 0 && last < 1)) {
        throw new InputException(
            "SGD: learning rate %s, decay %s, momentum %s to %s: give a rate above 0, a decay of 1 or more and momenta from 0 to below 1."
                .formatted(rate, decay, first, last));
      }
    }

    /** A constant learning rate and momentum. */
    public static Schedule constant(double rate, double momentum) {
      return new Schedule(rate, 1, 0, momentum, momentum, 1, 2);
    }

    double rate(long update) {
      return Math.max(floor, rate / StrictMath.pow(decay, (double) update));
    }

    double momentum(int epoch) {
      double share = Math.clamp((double) (epoch - start) / Math.max(1, end - start), 0, 1);
      return first + share * (last - first);
    }
  }

  /**
   * Besides, the learning rate may fall linearly over the epochs: times 1 in epoch 1, times {@code
   * share} from this epoch on. That is the schedule of the multi-prediction machines.
   */
  public record Fall(double share, int epoch) {
    public Fall {
      if (!(share > 0 && share <= 1) || epoch < 2) {
        throw new InputException(
            "SGD: the rate is to fall to %s of itself by epoch %d: give a share above 0 and up to 1, and an epoch of 2 or more."
                .formatted(share, epoch));
      }
    }

    double at(int number) {
      return 1 - (1 - share) * Math.min(1, (number - 1.0) / (epoch - 1));
    }
  }

  /** What is said of an optimiser that has updated another network. */
  static final String OTHER = "the %s of one network: each network needs an optimiser of its own";

  private final Schedule schedule;
  private final Fall fall;
  private final RateDrops drops;
  private final Map<String, Tensor> velocities = new TreeMap<>();

  public Sgd(Schedule schedule) {
    this(schedule, null, null);
  }

  /**
   * With a rate that falls over the epochs, too.
   *
   * @param fall null for none
   */
  public Sgd(Schedule schedule, Fall fall) {
    this(schedule, fall, null);
  }

  /** With a rate that drops after some updates. */
  public Sgd(Schedule schedule, RateDrops drops) {
    this(schedule, null, drops);
  }

  private Sgd(Schedule schedule, Fall fall, RateDrops drops) {
    this.schedule = schedule;
    this.fall = fall;
    this.drops = drops;
  }

  @Override
  public void update(
      Workers workers, List<Parameter> parameters, Pass pass, int epoch, long update) {
    float rate = (float) rate(epoch, update);
    float momentum = (float) schedule.momentum(epoch);
    for (int i = 0; i < parameters.size(); i++) {
      Parameter p = parameters.get(i);
      Var gradient = pass.parameter(p).gradient();
      if (gradient != null) {
        step(workers, p, gradient, rate * p.rate(), momentum);
      }
    }
  }

  private double rate(int epoch, long update) {
    double rate = schedule.rate(update) * (fall == null ? 1 : fall.at(epoch));
    return drops == null ? rate : rate * drops.at(update);
  }

  private void step(Workers workers, Parameter p, Var gradient, float rate, float momentum) {
    Tensor w = p.value();
    float[] v = velocity(p).data();
    if (!Maxout.step(gradient, w.data(), v, rate, momentum, p.limit())) {
      SgdStep.step(
          workers, w.data(), v, gradient.data(), w.rows(), w.columns(), rate, momentum, p.limit());
    }
  }

  private Tensor velocity(Parameter p) {
    Tensor v = velocities.get(p.name());
    if (v == null) {
      v = Tensor.zeros(p.value().shape());
      velocities.put(p.name(), v);
    } else if (!v.sameShape(p.value())) {
      throw Shapes.mismatch("SGD", v, p.value(), OTHER.formatted(p.name()));
    }
    return v;
  }

  @Override
  public Map<String, Tensor> state(List<Parameter> parameters) {
    Map<String, Tensor> state = new TreeMap<>();
    parameters.forEach(p -> state.put(p.name() + ".velocity", velocity(p)));
    return state;
  }

  @Override
  public String describe() {
    return "sgd "
        + schedule
        + (fall == null ? "" : " " + fall)
        + (drops == null ? "" : " " + drops);
  }
}
