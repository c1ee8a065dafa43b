package advx.nn.dbm;

import advx.engine.Tensor;
import advx.nn.Network;
import advx.nn.layer.MpDbmLayer;

/**
 * The mean-field equations of {@link MeanField} as loops over single units of one sample, in double
 * precision, with switches for the mistakes that the tests have to notice.
 */
final class PlainMachine {
  private static final int COUNT = 7;

  /** W₁, W₂, W₃, c, b₁, b₂, b₃, in the order of the layer's parameters. */
  final double[][] weights = new double[COUNT][];

  /** What the first upward pass multiplies weights by. */
  double doubling = 2;

  /** Whether what is known stays as it is. */
  boolean clamped = true;

  private final int d;
  private final int first;
  private final int second;
  private final int classes;
  private final int iterations;
  private final boolean multi;

  PlainMachine(Network network) {
    MpDbmLayer layer = (MpDbmLayer) network.layers().getFirst();
    for (int k = 0; k < COUNT; k++) {
      weights[k] = doubles(layer.parameters().get(k).value());
    }
    d = weights[3].length;
    first = weights[4].length;
    second = weights[5].length;
    classes = weights[6].length;
    iterations = layer.iterations();
    multi = layer.multi();
  }

  static double[] doubles(Tensor t) {
    double[] numbers = new double[t.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = t.data()[i];
    }
    return numbers;
  }

  /** The label's logits for an image that is known. */
  double[] logits(double[] x) {
    double[] v = multi ? half(x, sigmoid(weights[3])) : x;
    double[] h1 = sigmoid(plus(scaled(up(weights[0], v, first), doubling), weights[4]));
    double[] h2 = sigmoid(plus(scaled(up(weights[1], h1, second), doubling), weights[5]));
    double[] z = plus(up(weights[2], h2, classes), weights[6]);
    for (int i = 1; i < iterations; i++) {
      z = plus(up(weights[2], h2, classes), weights[6]);
      h1 = sigmoid(plus(plus(up(weights[0], v, first), weights[4]), down(weights[1], h2, first)));
      if (multi) {
        v = half(x, sigmoid(plus(down(weights[0], h1, d), weights[3])));
      }
      h2 = hidden2(h1, softmax(z));
    }
    return z;
  }

  /** J of one sample and its last h₁ and h₂. */
  double cost(double[] image, int label, boolean[] hidden, double weight, double[][] lastStates) {
    double[] v = mixed(image, sigmoid(weights[3]), hidden);
    double[] one = new double[classes];
    one[label] = 1;
    double[] y = hidden[d] || !clamped ? softmax(weights[6]) : one;
    double[] h1 = sigmoid(plus(scaled(up(weights[0], v, first), doubling), weights[4]));
    double[] h2 = hidden2(h1, y);
    double[] pixels = null;
    double[] z = null;
    for (int i = 1; i < iterations; i++) {
      z = plus(up(weights[2], h2, classes), weights[6]);
      h1 = sigmoid(plus(plus(up(weights[0], v, first), weights[4]), down(weights[1], h2, first)));
      pixels = plus(down(weights[0], h1, d), weights[3]);
      v = mixed(image, sigmoid(pixels), hidden);
      h2 = hidden2(h1, hidden[d] || !clamped ? softmax(z) : one);
    }
    double sum = hidden[d] ? -weight * StrictMath.log(softmax(z)[label]) : 0;
    double[] p = sigmoid(pixels);
    for (int i = 0; i < d; i++) {
      if (hidden[i]) {
        sum -= image[i] * StrictMath.log(p[i]) + (1 - image[i]) * StrictMath.log(1 - p[i]);
      }
    }
    lastStates[0] = h1;
    lastStates[1] = h2;
    return sum / d;
  }

  private double[] hidden2(double[] h1, double[] y) {
    return sigmoid(plus(plus(up(weights[1], h1, second), weights[5]), down(weights[2], y, second)));
  }

  private double[] mixed(double[] known, double[] model, boolean[] hidden) {
    double[] v = new double[d];
    for (int i = 0; i < d; i++) {
      v[i] = hidden[i] || !clamped ? model[i] : known[i];
    }
    return v;
  }

  /** Σᵢ w[j][i]·x[i]. */
  private static double[] up(double[] w, double[] x, int units) {
    double[] y = new double[units];
    for (int j = 0; j < units; j++) {
      for (int i = 0; i < x.length; i++) {
        y[j] += w[j * x.length + i] * x[i];
      }
    }
    return y;
  }

  /** Σⱼ w[j][i]·h[j]. */
  private static double[] down(double[] w, double[] h, int units) {
    double[] y = new double[units];
    for (int j = 0; j < h.length; j++) {
      for (int i = 0; i < units; i++) {
        y[i] += w[j * units + i] * h[j];
      }
    }
    return y;
  }

  private static double[] plus(double[] x, double[] y) {
    double[] sum = x.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += y[i];
    }
    return sum;
  }

  private static double[] scaled(double[] x, double factor) {
    double[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] *= factor;
    }
    return y;
  }

  private static double[] half(double[] x, double[] y) {
    return scaled(plus(x, y), 0.5);
  }

  private static double[] sigmoid(double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = 1 / (1 + StrictMath.exp(-x[i]));
    }
    return y;
  }

  static double[] softmax(double[] z) {
    double[] p = new double[z.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = StrictMath.exp(z[i]);
      sum += p[i];
    }
    return scaled(p, 1 / sum);
  }
}
