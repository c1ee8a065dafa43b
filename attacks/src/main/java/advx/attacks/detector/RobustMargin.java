package advx.attacks.detector;

import advx.attacks.Aim;
import advx.attacks.Attack;
import advx.attacks.AttackLoss;
import advx.attacks.Batch;
import advx.attacks.Box;
import advx.attacks.Norm;
import advx.attacks.ThreatModel;
import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * Goes so deep into a wrong class that the surroundings are wrong too: all points x' and clip(x' +
 * r·uᵢ) are to be misclassified, for given directions uᵢ of RMS 1 and a radius r. It is the aim of
 * OPTMARGIN (He, Li, Song 2018, §3), reached in another way, with no constant to search for:
 *
 * <pre>
 *  until all points are misclassified, at most so many steps:
 *    g = Σ ∇(best other logit − label's logit) over the points that are not
 *    x' ← clip(x' + step·g/RMS(g))
 *  then the least t for which x + t·(x' − x) still has them all, by bisection
 * </pre>
 *
 * <p>The gradient passes the clip of a point as if it were not there. Each sample is worked on
 * alone, so its result depends on nothing else.
 *
 * @param threat in L2; only its box is kept to on the way
 * @param directions [k][features], of RMS 1; an attack on a detector takes the detector's own
 * @param step how far a step goes, as RMS
 */
public record RobustMargin(
    ThreatModel threat, float[][] directions, double radius, double step, int steps)
    implements Attack {
  /** Halvings of the way back. */
  private static final int CUTS = 12;

  public RobustMargin {
    if (threat.norm() != Norm.L2 || !threat.box().limits()) {
      throw new InputException("The attack on surroundings needs L2 and the box of the data.");
    }
    if (!(radius >= 0 && radius <= Float.MAX_VALUE) || !(step > 0) || steps < 1) {
      throw new InputException(
          "The attack on surroundings has radius %s and %d steps of %s: give a radius from 0 up, one step or more, and a size above 0."
              .formatted(radius, steps, step));
    }
  }

  @Override
  public String name() {
    return "robust-margin";
  }

  @Override
  public Aim aim() {
    return Aim.TRUE_LABEL;
  }

  @Override
  public boolean clips() {
    return true;
  }

  @Override
  public boolean minimal() {
    return true;
  }

  @Override
  public RobustMargin withEpsilon(double epsilon) {
    return new RobustMargin(threat.withEpsilon(epsilon), directions, radius, step, steps);
  }

  /** The same with another radius. */
  public RobustMargin withRadius(double other) {
    return new RobustMargin(threat, directions, other, step, steps);
  }

  @Override
  public String describe() {
    return Attack.super.describe()
        + " directions=%d radius=%s step=%s steps=%d"
            .formatted(directions.length, radius, step, steps);
  }

  @Override
  public void craft(Batch batch) {
    int n = batch.x().columns();
    Tensor points = Tensor.zeros(directions.length + 1, n);
    float[] clean = new float[n];
    float[] x = new float[n];
    for (int row = 0; row < batch.size(); row++) {
      System.arraycopy(batch.x().data(), row * n, clean, 0, n);
      Walk walk = new Walk(batch, row, points);
      System.arraycopy(clean, 0, x, 0, n);
      batch.firstStep()[row] = Math.max(1, walk.climb(x));
      walk.back(clean, x);
      System.arraycopy(x, 0, batch.adversarial().data(), row * n, n);
    }
  }

  /** One sample's way. */
  private final class Walk {
    private final Batch batch;
    private final int row;
    private final Tensor points;
    private final int[] labels;
    private Var input;
    private Var margins;

    Walk(Batch batch, int row, Tensor points) {
      this.batch = batch;
      this.row = row;
      this.points = points;
      this.labels = new int[points.rows()];
      java.util.Arrays.fill(labels, batch.labels()[row]);
    }

    /** Moves x; returns the steps taken. */
    int climb(float[] x) {
      Box box = threat.box();
      float[] g = new float[x.length];
      for (int taken = 0; taken < steps; taken++) {
        if (fooled(x)) {
          return taken;
        }
        double size = direction(g);
        if (!(size > 0 && size < Double.POSITIVE_INFINITY)) {
          return taken;
        }
        float factor = (float) (step / size);
        for (int i = 0; i < x.length; i++) {
          x[i] = box.clip(Math.fma(factor, g[i], x[i]));
        }
      }
      return steps;
    }

    /** Whether all points around x are misclassified. */
    private boolean fooled(float[] x) {
      Tape tape = batch.tape();
      tape.rewind();
      float[] p = points.data();
      System.arraycopy(x, 0, p, 0, x.length);
      for (int k = 0; k < directions.length; k++) {
        for (int i = 0; i < x.length; i++) {
          float moved = Math.fma((float) radius, directions[k][i], x[i]);
          p[(k + 1) * x.length + i] = threat.box().clip(moved);
        }
      }
      input = tape.variable(points, "x");
      Var logits = batch.classifier().logits(tape, input);
      margins = AttackLoss.MARGIN.of(batch.classifier().top(), logits, labels);
      for (float margin : margins.data()) {
        if (!(margin > 0)) {
          return false;
        }
      }
      return true;
    }

    /** The sum of the gradients of the points that are right; returns its RMS. */
    private double direction(float[] g) {
      Tape tape = batch.tape();
      Tensor seed = tape.workspace().like(margins.value());
      for (int k = 0; k < seed.size(); k++) {
        seed.data()[k] = margins.data()[k] > 0 ? 0 : 1;
      }
      tape.backward(margins, tape.constant(seed), false);
      java.util.Arrays.fill(g, 0);
      double squares = 0;
      for (int i = 0; i < g.length && input.gradient() != null; i++) {
        for (int k = 0; k < seed.size(); k++) {
          g[i] += input.gradient().data()[k * g.length + i];
        }
        squares += (double) g[i] * g[i];
      }
      batch.counts().add(row, g, 0, g.length);
      return Math.sqrt(squares / g.length);
    }

    /** Takes x back towards the clean input as far as all points stay misclassified. */
    void back(float[] clean, float[] x) {
      if (!fooled(x)) {
        return;
      }
      float[] far = x.clone();
      float[] trial = new float[x.length];
      double low = 0;
      double high = 1;
      for (int cut = 0; cut < CUTS; cut++) {
        double t = (low + high) / 2;
        AdaptiveAttack.between(clean, far, 0, t, threat.box(), trial);
        if (fooled(trial)) {
          high = t;
          System.arraycopy(trial, 0, x, 0, x.length);
        } else {
          low = t;
        }
      }
    }
  }
}
