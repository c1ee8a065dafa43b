package advx.attacks.line;

import advx.engine.Tensor;
import advx.nn.Architecture;
import advx.nn.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A layer that is linear in pieces, applied to numbers that are linear in t.
 *
 * @param leak the slope of a ReLU below 0
 * @param pieces of each maxout unit; 1 for a dense layer
 */
record Stage(Kind kind, float[] weight, float[] bias, int pieces, double leak) {
  private static final Set<String> WORDS =
      Set.of("dense", "maxout", "relu", "leaky", "normalise", "dropout");

  /** What a stage does. */
  enum Kind {
    AFFINE,
    MAXOUT,
    RELU,
    NORMALISE
  }

  /** Numbers intercept[i] + slope[i]·t. */
  record Line(double[] intercept, double[] slope) {
    static Line input(float[] x, int at, double[] direction) {
      double[] start = new double[direction.length];
      for (int i = 0; i < start.length; i++) {
        start[i] = x[at + i];
      }
      return new Line(start, direction.clone());
    }

    double at(int i, double t) {
      return intercept[i] + slope[i] * t;
    }

    int size() {
      return slope.length;
    }
  }

  /** The nearest t above a point at which a unit switches. */
  static final class Next {
    private final double point;
    private double at = Double.POSITIVE_INFINITY;

    Next(double point) {
      this.point = point;
    }

    void offer(double t) {
      if (t > point && t < at) {
        at = t;
      }
    }

    double at() {
      return at;
    }
  }

  static boolean fits(String word) {
    return WORDS.contains(word);
  }

  /** The stages of a network, without its dropout, which is off. */
  static List<Stage> of(Network network) {
    List<Stage> stages = new ArrayList<>();
    int parameter = 0;
    for (Architecture.Part part : network.architecture().parts()) {
      switch (part.word()) {
        case "dense", "maxout" -> {
          Tensor weight = network.parameters().get(parameter++).value();
          Tensor bias = network.parameters().get(parameter++).value();
          boolean maxout = part.word().equals("maxout");
          int pieces = maxout ? Integer.parseInt(part.settings().get(1)) : 1;
          stages.add(
              new Stage(maxout ? Kind.MAXOUT : Kind.AFFINE, weight.data(), bias.data(), pieces, 0));
        }
        case "relu" -> stages.add(new Stage(Kind.RELU, null, null, 1, 0));
        case "leaky" -> {
          float leak = Float.parseFloat(part.settings().getFirst());
          stages.add(new Stage(Kind.RELU, null, null, 1, leak));
        }
        case "normalise" -> {
          float[] numbers = {
            Float.parseFloat(part.settings().get(0)), Float.parseFloat(part.settings().get(1))
          };
          stages.add(new Stage(Kind.NORMALISE, numbers, null, 1, 0));
        }
        default -> {}
      }
    }
    return stages;
  }

  /** Whether its slopes depend on t. */
  boolean switches() {
    return kind == Kind.RELU || kind == Kind.MAXOUT;
  }

  /** What it makes of the line around t = point; tells where that ends. */
  Line apply(Line x, double point, Next next) {
    return switch (kind) {
      case AFFINE -> affine(x);
      case MAXOUT -> winners(affine(x), point, next);
      case RELU -> relu(x, point, next);
      case NORMALISE -> normalise(x);
    };
  }

  private Line affine(Line x) {
    int n = x.size();
    double[] intercept = new double[bias.length];
    double[] slope = new double[bias.length];
    for (int unit = 0; unit < bias.length; unit++) {
      double a = bias[unit];
      double b = 0;
      for (int i = 0; i < n; i++) {
        double w = weight[unit * n + i];
        a += w * x.intercept[i];
        b += w * x.slope[i];
      }
      intercept[unit] = a;
      slope[unit] = b;
    }
    return new Line(intercept, slope);
  }

  private Line winners(Line z, double point, Next next) {
    int units = z.size() / pieces;
    double[] intercept = new double[units];
    double[] slope = new double[units];
    for (int unit = 0; unit < units; unit++) {
      int winner = unit * pieces;
      for (int j = winner + 1; j < (unit + 1) * pieces; j++) {
        winner = z.at(j, point) > z.at(winner, point) ? j : winner;
      }
      for (int j = unit * pieces; j < (unit + 1) * pieces; j++) {
        if (z.slope[j] > z.slope[winner]) {
          next.offer((z.intercept[winner] - z.intercept[j]) / (z.slope[j] - z.slope[winner]));
        }
      }
      intercept[unit] = z.intercept[winner];
      slope[unit] = z.slope[winner];
    }
    return new Line(intercept, slope);
  }

  private Line relu(Line z, double point, Next next) {
    double[] intercept = new double[z.size()];
    double[] slope = new double[z.size()];
    for (int i = 0; i < z.size(); i++) {
      double factor = z.at(i, point) > 0 ? 1 : leak;
      intercept[i] = factor * z.intercept[i];
      slope[i] = factor * z.slope[i];
      if (z.slope[i] != 0) {
        next.offer(-z.intercept[i] / z.slope[i]);
      }
    }
    return new Line(intercept, slope);
  }

  private Line normalise(Line x) {
    double[] intercept = new double[x.size()];
    double[] slope = new double[x.size()];
    for (int i = 0; i < x.size(); i++) {
      intercept[i] = (x.intercept[i] - weight[0]) / weight[1];
      slope[i] = x.slope[i] / weight[1];
    }
    return new Line(intercept, slope);
  }
}
