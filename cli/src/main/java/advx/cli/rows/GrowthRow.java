package advx.cli.rows;

import advx.cli.result.Figure;
import advx.cli.result.Metric;
import advx.cli.result.RowResult;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.kernel.DenseForward;
import java.util.List;

/**
 * Section 3: a perturbation η = ε·sign(w), too small to be stored in eight bits, changes an
 * activation wᵀx by ε·m·n, m the mean absolute weight: linear in the dimension n. A random one of
 * the same size grows with √n only.
 */
public final class GrowthRow implements Row {
  private static final int[] DIMENSIONS = {64, 256, 784, 3_072, 12_288, 49_152, 150_528};
  private static final int DRAWS = 32;

  /** Below half a step of an eight-bit image, 1/510 = 0.00196. */
  private static final float EPSILON = 0.0019f;

  @Override
  public String id() {
    return "growth";
  }

  @Override
  public List<String> numbers() {
    return List.of();
  }

  @Override
  public String title() {
    return "An activation's growth with the dimension";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, §3";
  }

  @Override
  public String claim() {
    return "With η = ε·sign(w) the activation grows by ε·m·n, linearly in the dimension n, while no"
        + " pixel moves by as much as the precision of an eight-bit image.";
  }

  @Override
  public Work work(Profile profile) {
    return Work.seconds(id(), 1);
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    double[] aligned = new double[DIMENSIONS.length];
    double[] random = new double[DIMENSIONS.length];
    double[] predicted = new double[DIMENSIONS.length];
    double[] perWeight = new double[DIMENSIONS.length];
    double worst = 0;
    long stored = 0;
    long pixels = 0;
    for (int d = 0; d < DIMENSIONS.length; d++) {
      Drawn drawn = new Drawn(DIMENSIONS[d], session.seed(), d);
      predicted[d] = EPSILON * drawn.meanWeight * DIMENSIONS[d];
      aligned[d] = drawn.change(session, drawn.signs());
      double sum = 0;
      for (int draw = 0; draw < DRAWS; draw++) {
        sum += Math.abs(drawn.change(session, drawn.randomSigns(session.seed(), d, draw)));
      }
      random[d] = sum / DRAWS;
      perWeight[d] = aligned[d] / drawn.meanWeight;
      worst = Math.max(worst, Math.abs(aligned[d] / predicted[d] - 1));
      stored += drawn.storedChanges();
      pixels += DIMENSIONS[d];
    }
    double slope = slope(DIMENSIONS, perWeight);
    double randomSlope = slope(DIMENSIONS, random);
    findings.metric(
        new Metric(
            "slope",
            "exponent of the growth of wᵀη/m, η = ε·sign(w)",
            "",
            DIMENSIONS.length,
            slope,
            null,
            1.0,
            0.01,
            "the exponent of a power law fitted to seven dimensions; rounding to float is below"
                + " 0.001"));
    findings.metric(
        "random-slope",
        "exponent of the growth, random signs (√n would be 0.5)",
        "",
        (long) DIMENSIONS.length * DRAWS,
        randomSlope);
    findings.metric(
        "worst-deviation", "largest relative distance from ε·m·n", "", DIMENSIONS.length, worst);
    findings.metric(
        "stored-pixels",
        "pixels that change when the perturbed image is stored in eight bits",
        "%",
        pixels,
        (double) stored / pixels);
    findings.setting("epsilon", EPSILON);
    findings.setting("weights", "independent standard normals");
    findings.decision(
        "The paper gives no experiment here: weights are drawn as standard normals, pixels as"
            + " multiples of 1/255, ε = 0.0019 lies below half a step, 1/510.");
    double[] n = java.util.Arrays.stream(DIMENSIONS).asDoubleStream().toArray();
    findings.figure(
        new Figure.Chart(
            "Change of the activation wᵀx at ε = 0.0019",
            "dimension n",
            "change",
            true,
            List.of(
                new Figure.Series("η = ε·sign(w)", n, aligned),
                new Figure.Series("ε·m·n", n, predicted),
                new Figure.Series("random signs", n, random))));
    boolean holds = Math.abs(slope - 1) < 0.01 && randomSlope < 0.75 && stored == 0;
    return findings.result(
        holds,
        "holds if the exponent lies within 0.01 of 1, that of random signs below 0.75, and no pixel"
            + " of the stored image changes",
        false);
  }

  /** The exponent of the power law through (n, y): least squares on logarithms. */
  static double slope(int[] n, double[] y) {
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double sxy = 0;
    for (int i = 0; i < n.length; i++) {
      double lx = StrictMath.log(n[i]);
      double ly = StrictMath.log(y[i]);
      sx += lx;
      sy += ly;
      sxx += lx * lx;
      sxy += lx * ly;
    }
    return (n.length * sxy - sx * sy) / (n.length * sxx - sx * sx);
  }

  /** Weights and an image of one dimension. */
  private static final class Drawn {
    private final float[] weights;
    private final float[] image;
    private final double meanWeight;

    Drawn(int n, long seed, int step) {
      weights = new float[n];
      image = new float[n];
      RandomStream random = new RandomStream(seed, Purpose.NOISE, 0, step, 0);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        weights[i] = random.normal();
        sum += Math.abs(weights[i]);
      }
      for (int i = 0; i < n; i++) {
        image[i] = random.nextInt(256) / 255f;
      }
      meanWeight = sum / n;
    }

    float[] signs() {
      float[] eta = new float[weights.length];
      for (int i = 0; i < eta.length; i++) {
        eta[i] = EPSILON * Math.signum(weights[i]);
      }
      return eta;
    }

    float[] randomSigns(long seed, int step, int draw) {
      RandomStream random = new RandomStream(seed, Purpose.NOISE, 1, step, draw);
      float[] eta = new float[weights.length];
      for (int i = 0; i < eta.length; i++) {
        eta[i] = random.nextInt() < 0 ? -EPSILON : EPSILON;
      }
      return eta;
    }

    /** wᵀ(x + η) − wᵀx, by the engine's own dense layer. */
    double change(Session session, float[] eta) {
      int n = image.length;
      float[] both = new float[2 * n];
      System.arraycopy(image, 0, both, 0, n);
      for (int i = 0; i < n; i++) {
        both[n + i] = image[i] + eta[i];
      }
      float[] y = new float[2];
      DenseForward.dense(session.workers(), both, 2, n, weights, null, 1, y);
      return (double) y[1] - y[0];
    }

    /** Pixels of x + ε·sign(w) that differ from x once both are rounded to multiples of 1/255. */
    long storedChanges() {
      float[] eta = signs();
      long changed = 0;
      for (int i = 0; i < eta.length; i++) {
        changed += Math.round((image[i] + eta[i]) * 255) == Math.round(image[i] * 255) ? 0 : 1;
      }
      return changed;
    }
  }
}
