package advx.cli.report;

import static advx.cli.report.SampleFigures.chart;
import static advx.cli.report.SampleFigures.curves;
import static advx.cli.report.SampleFigures.digits;
import static advx.cli.report.SampleFigures.filters;
import static advx.cli.report.SampleFigures.map;
import static advx.cli.report.SampleFigures.noise;
import static advx.cli.report.SampleFigures.sweep;
import static advx.cli.report.SampleFigures.trace;

import advx.cli.result.Figure;
import advx.cli.result.Figure.Series;
import advx.cli.result.Metric;
import advx.cli.result.Metric.Interval;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import advx.cli.result.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Invented results for the tests of tables and reports. Nothing here was measured: {@code main}
 * writes them to a folder, to see what a report looks like.
 */
public final class SampleResults {
  private static final long SEED = 20150320;

  /** Writes three reports below a folder: finished, on other data, and in progress. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    ResultsFolder.write(folder.resolve("finished"), finished());
    ResultsFolder.write(folder.resolve("other"), otherData());
    ResultsFolder.write(folder.resolve("running"), running());
    ResultsFolder.write(folder.resolve("seeds"), seeds());
    System.out.println(ResultTable.text(finished(), new ResultTable.Style(100, true, true)));
    System.out.println(ResultTable.text(otherData(), new ResultTable.Style(80, false, false)));
    System.out.println(ResultTable.markdown(running()));
  }

  static Results finished() {
    return results(true, 6);
  }

  static Results otherData() {
    return results(false, 6);
  }

  static Results running() {
    return results(true, 4);
  }

  /** Three seeds of a row, one that was skipped, and one that differs for a known cause. */
  static Results seeds() {
    RowResult maxout = maxout(true);
    RowResult transfer = transfer(true);
    return with(
        List.of(
            seed(maxout, 1, 0.91, "", ""),
            seed(maxout, 2, 0.86, "", ""),
            seed(maxout, 3, 0.92, "", ""),
            seed(growth(), 1, 0, "", "CIFAR-10 is not in /data, nor in the cache."),
            seed(transfer, 1, 0.5, "The networks were trained for a tenth of the epochs.", "")));
  }

  /** The row as if with another seed: its second metric has this value. */
  static RowResult seed(RowResult row, long seed, double value, String cause, String skipped) {
    List<Metric> metrics = new ArrayList<>(skipped.isEmpty() ? row.metrics() : List.of());
    if (metrics.size() > 1) {
      Metric m = metrics.get(1);
      metrics.set(1, rate(m.name(), m.label(), value, m.n(), m.paper(), m.tolerance(), m.reason()));
    }
    return new RowResult(
        row.subject(),
        seed,
        row.holds(),
        row.rule(),
        cause,
        row.comparable(),
        metrics,
        row.fingerprints(),
        row.decisions(),
        row.settings(),
        skipped.isEmpty() ? row.figures() : List.of(),
        row.command(),
        row.seconds(),
        skipped);
  }

  static Results with(List<RowResult> rows) {
    return results(true, "", rows);
  }

  private static Results results(boolean comparable, int finished) {
    String note =
        comparable
            ? ""
            : "No MNIST was found and it could not be downloaded, so these figures were measured on"
                + " digits that the program draws itself.";
    List<RowResult> rows =
        List.of(
            growth(),
            logistic(comparable),
            softmax(comparable),
            maxout(comparable),
            adversarial(comparable),
            transfer(comparable));
    return results(comparable, note, rows.subList(0, finished));
  }

  private static Results results(boolean comparable, String note, List<RowResult> rows) {
    var machine =
        new TreeMap<>(
            Map.of(
                "processor", "Sample Processor 3000, 2 cores",
                "JDK", "25.0.1+8 (Sample)",
                "vector width", "256 bits, 8 lanes",
                "threads", "2",
                "multiply-add peak", "108 GFLOP/s"));
    return new Results(
        Results.SCHEMA,
        "0.0.0-sample",
        "%064x".formatted(7),
        comparable ? "MNIST" : "embedded digits",
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        comparable,
        note,
        "quick",
        machine,
        rows,
        6);
  }

  private static RowResult growth() {
    double[] n = {16, 64, 256, 784, 3072, 12288};
    return row(
        "growth",
        "Growth of wᵀη with the dimension",
        "Goodfellow et al. 2015, §3",
        "With η = ε·sign(w) the activation grows by ε·m·n: linearly with the dimension n, while the"
            + " largest change of a pixel stays ε.",
        true,
        "The slope of log wᵀη against log n lies between 0.98 and 1.02.",
        true,
        List.of(
            new Metric(
                "slope",
                "slope of log wᵀη against log n",
                "",
                6,
                1.0004,
                new Interval(0.9981, 1.0027),
                null,
                null,
                ""),
            new Metric(
                "growth-784",
                "growth of the activation at n = 784",
                "units",
                1000,
                15.62,
                null,
                null,
                null,
                "")),
        List.of(),
        List.of(
            chart(
                "wᵀη against the dimension",
                "dimension n",
                "wᵀη",
                false,
                new Series("worst case, ε = 0.25", n, map(n, i -> 0.02 * n[i])),
                new Series("random signs", n, map(n, i -> 0.02 * StrictMath.sqrt(n[i]) * 3)))),
        1.2);
  }

  private static RowResult logistic(boolean comparable) {
    return row(
        "logistic",
        "Logistic regression, 3 versus 7",
        "Goodfellow et al. 2015, §5, Figure 2",
        "A logistic regression that errs on 1.6 % of the clean 3s and 7s errs on 99 % of them after"
            + " one step of ε 0.25.",
        true,
        "The FGSM error is at least 95 %, and at least 20 times the clean error.",
        comparable,
        List.of(
            rate(
                "clean-error",
                "clean error",
                0.0186,
                2038,
                0.016,
                0.005,
                "The paper gives neither the optimiser nor when training stopped."),
            rate(
                "fgsm-error",
                "FGSM error, ε 0.25",
                0.9946,
                2038,
                0.99,
                0.01,
                "The paper rounds to whole points.")),
        List.of(
            "The printed cost is the worst case only for y = +1; both labels use ζ(ε‖w‖₁ − y(wᵀx +"
                + " b)).",
            "sign(0) is 0."),
        List.of(
            digits("Weights, clean and adversarial examples", 5, 2, 28, 11),
            curves("Learning curves", 12)),
        4.7);
  }

  private static RowResult softmax(boolean comparable) {
    return row(
        "softmax",
        "Shallow softmax under FGSM",
        "Goodfellow et al. 2015, §4",
        "FGSM with ε 0.25 makes a shallow softmax classifier err on 99.9 % of the MNIST test set,"
            + " with a mean confidence of 79.3 % in its mistakes.",
        true,
        "The FGSM error is above 99 %.",
        comparable,
        List.of(
            rate("clean-error", "clean error", 0.0761, 10000, null, null, ""),
            rate(
                "fgsm-error",
                "FGSM error, ε 0.25",
                0.9999,
                10000,
                0.999,
                0.005,
                "Any well trained linear model is near 100 %."),
            new Metric(
                "confidence-mistakes",
                "mean confidence on mistakes",
                "%",
                9999,
                0.9412,
                new Interval(0.9391, 0.9433),
                0.793,
                0.1,
                "Freely trained models are surer than the paper’s; small weights lower it.")),
        List.of("No weight decay, no early stopping: the paper gives neither."),
        List.of(
            curves("Learning curves", 20), digits("Clean above, adversarial below", 10, 2, 28, 5)),
        9.3);
  }

  private static RowResult maxout(boolean comparable) {
    return row(
        "maxout",
        "Maxout network under FGSM",
        "Goodfellow et al. 2015, §4",
        "A maxout network that errs on 0.94 % of the clean test set errs on 89.4 % of it under FGSM"
            + " with ε 0.25, with a mean confidence of 97.6 %.",
        true,
        "The FGSM error is above 80 % and the clean error below 2 %.",
        comparable,
        List.of(
            rate(
                "clean-error",
                "clean error",
                0.0131,
                10000,
                0.0094,
                0.003,
                "The quick profile trains for a few epochs, the paper for hundreds."),
            rate(
                "fgsm-error",
                "FGSM error, ε 0.25",
                0.8872,
                10000,
                0.894,
                0.05,
                "Rebuilds by others lie between 87 and 94 %."),
            rate("pgd-error", "PGD error, ε 0.25, 40 steps", 1.0, 10000, null, null, ""),
            new Metric(
                "confidence-all",
                "mean confidence on all",
                "%",
                10000,
                0.9583,
                new Interval(0.9561, 0.9605),
                0.976,
                0.03,
                "The paper does not say over which examples it averages.")),
        List.of(
            "The dropout mask is off when adversarial examples are made.",
            "Adversarial inputs are not clipped to [0,1]: the paper mentions no clipping anywhere.",
            "Confidence is the probability of the predicted class; the mean over all is held"
                + " against the paper, the mean over mistakes is printed beside it."),
        List.of(
            curves("Learning curves", 12),
            chart(
                "Cost during training",
                "step",
                "cross-entropy, nats",
                true,
                noise("training batch", 300, 1.2, 0.02),
                noise("validation", 300, 0.9, 0.06)),
            digits("Clean, perturbation and adversarial", 10, 3, 28, 3),
            filters("First-layer filters", 48, 4),
            sweep("Sweep of the weight decay"),
            trace("Along the sign of the gradient", 2, 28, -0.25, -0.1, 0, 0.1, 0.25),
            SampleFigures.panels("Distances to the boundary", 3, 300)),
        71.4);
  }

  private static RowResult adversarial(boolean comparable) {
    return row(
        "adversarial",
        "Adversarially trained maxout network under FGSM, with a title that is long enough to wrap",
        "Goodfellow et al. 2015, §6",
        "Adversarial training lowers the FGSM error of the maxout network from 89.4 % to 17.9 % and"
            + " does not harm the clean error (0.94 % to 0.84 %).",
        true,
        "The FGSM error is at most half of that of the network trained on clean examples alone, and"
            + " the clean error at most 0.3 points higher.",
        comparable,
        List.of(
            rate(
                "clean-error",
                "clean error",
                0.0118,
                10000,
                0.0084,
                0.003,
                "The quick profile trains for a few epochs."),
            rate(
                "fgsm-error",
                "FGSM error, ε 0.25",
                0.2417,
                10000,
                0.179,
                0.05,
                "Rebuilds by others lie between 5 and 25 %; early stopping moves it by several"
                    + " points."),
            new Metric(
                "confidence-mistakes",
                "mean confidence on mistakes",
                "%",
                2417,
                0.7102,
                new Interval(0.7011, 0.7193),
                0.814,
                null,
                "")),
        List.of(
            "α is 0.5; fresh examples are made from the current parameters in every step.",
            "Examples are made with the step’s own dropout mask."),
        List.of(
            curves("Learning curves", 12),
            filters("First-layer filters, adversarially trained", 48, 9)),
        128.9);
  }

  private static RowResult transfer(boolean comparable) {
    return row(
        "transfer",
        "Transfer between the two networks",
        "Goodfellow et al. 2015, §6",
        "Examples made on one network fool the other less often: 19.6 % and 40.9 %.",
        false,
        "Both transfer errors are below the FGSM error of the attacked network.",
        comparable,
        List.of(
            rate(
                "to-adversarial",
                "made on the plain network, shown to the trained one",
                0.1874,
                10000,
                0.196,
                0.05,
                "A single pair of networks; pairs differ by several points."),
            rate(
                "to-plain",
                "made on the trained network, shown to the plain one",
                0.6123,
                10000,
                0.409,
                0.05,
                "As above."),
            new Metric(
                "cosine",
                "cosine between the two gradients",
                "",
                0,
                Double.NaN,
                null,
                null,
                null,
                "")),
        List.of(
            "The paper does not say which pair of sizes it means; both have 240 units a layer."),
        List.of(),
        2.1);
  }

  static RowResult row(
      String id,
      String title,
      String place,
      String claim,
      boolean holds,
      String rule,
      boolean comparable,
      List<Metric> metrics,
      List<String> decisions,
      List<Figure> figures,
      double seconds) {
    return new RowResult(
        new Subject(id, List.of(), title, place, claim),
        SEED,
        holds,
        rule,
        "",
        comparable,
        metrics,
        new TreeMap<>(Map.of("network", "%064x".formatted(id.hashCode() & 0xffffffL))),
        decisions,
        new TreeMap<>(
            Map.of(
                "architecture", "784 → maxout 240×5 → maxout 240×5 → softmax 10",
                "batch", "100",
                "learning rate", "0.1 / 1.000004^t",
                "ε", "0.25, L∞, not clipped")),
        figures,
        "java -jar cli/target/advx.jar reproduce --profile quick --only " + id,
        seconds,
        "");
  }

  static Metric rate(
      String name,
      String label,
      double value,
      long n,
      Double paper,
      Double tolerance,
      String reason) {
    double half = 1.96 * StrictMath.sqrt(value * (1 - value) / n) + 0.0002;
    var interval = new Interval(Math.max(0, value - half), Math.min(1, value + half));
    return new Metric(name, label, "%", n, value, interval, paper, tolerance, reason);
  }

  private SampleResults() {}
}
