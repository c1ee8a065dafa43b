package advx.cli.rows;

import advx.attacks.AttackLoss;
import advx.attacks.line.Chords;
import advx.attacks.line.Leaders;
import advx.attacks.line.LinearPieces;
import advx.attacks.line.LogitLine;
import advx.attacks.measure.Mean;
import advx.attacks.measure.Rate;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.engine.Tensor;
import advx.nn.Network;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Figure 4: the ten logits as an image is moved along the sign of its gradient. */
public final class LineRow implements Row {
  private static final double END = 10;

  /** A grid of steps of 0.05: it holds 0, ε = 0.25 and all values that the slider shows. */
  private static final int POINTS = 401;

  private static final double NEAR = 1;
  private static final double[] DISTANCES = {0.1, Models.EPSILON, 0.5, NEAR, 2, 5};
  private static final double SEEN = 0.01;
  private static final double SECONDS_AN_IMAGE = 0.6;

  /** How far a logit of float may be from the exact piece, as a share of the logits' range. */
  private static final double ROUNDING = 1e-4;

  private static final double[] SLIDER = {
    0.05, 0.1, 0.15, 0.2, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 10
  };

  /** The paper's image is a 4; the first of each of these classes has a strip. */
  private static final int[] SHOWN = {4, 0, 7, 9};

  @Override
  public String id() {
    return "line";
  }

  @Override
  public List<String> numbers() {
    return List.of("27");
  }

  @Override
  public String title() {
    return "The ten logits along ε";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, Figure 4";
  }

  @Override
  public String claim() {
    return "Along x + ε·sign ∇ₓJ, ε from −10 to 10, the ten logits of a maxout network are"
        + " piecewise linear; the right class is on top only near ε = 0, and wrong ones are stable"
        + " over wide stretches.";
  }

  @Override
  public Work work(Profile profile) {
    return Models.work(profile, Models.MAXOUT)
        .and(Work.seconds(id(), images(profile) * SECONDS_AN_IMAGE));
  }

  private static int images(Profile profile) {
    return switch (profile) {
      case SMOKE -> 5;
      case QUICK -> 20;
      case STANDARD -> 100;
      case PAPER -> 500;
    };
  }

  /**
   * What is kept of one image's line.
   *
   * @param gap the largest distance of a computed logit from its exact piece, by the range of all
   */
  private record Traced(
      int label,
      int atZero,
      int attacked,
      Leaders leaders,
      int pieces,
      int regions,
      int segments,
      double gap) {
    static Traced of(Network network, Tensor x, int label, LogitLine line) {
      LinearPieces exact = LinearPieces.of(network, x.data(), 0, line.direction(), -END, END);
      return new Traced(
          label,
          line.prediction(index(0)),
          line.prediction(index(Models.EPSILON)),
          Leaders.of(exact),
          exact.pieces().size(),
          exact.regions(),
          Chords.count(exact, SEEN),
          distance(line, exact));
    }

    boolean rightAtZero() {
      return atZero == label;
    }
  }

  private static int index(double epsilon) {
    return (int) Math.round((epsilon + END) * (POINTS - 1) / (2 * END));
  }

  private static double distance(LogitLine line, LinearPieces exact) {
    int classes = line.logits().columns();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double apart = 0;
    int piece = 0;
    for (int i = 0; i < POINTS; i++) {
      double t = line.epsilons()[i];
      while (exact.pieces().get(piece).to() < t) {
        piece++;
      }
      for (int c = 0; c < classes; c++) {
        double logit = line.logits().get(i, c);
        low = Math.min(low, logit);
        high = Math.max(high, logit);
        apart = Math.max(apart, Math.abs(logit - exact.pieces().get(piece).logit(c, t)));
      }
    }
    return apart / (high - low);
  }

  private static LogitLine line(Session session, Network network, Dataset test, int i) {
    return LogitLine.of(
        network,
        test.images(i, i + 1),
        test.label(i),
        AttackLoss.COST,
        -END,
        END,
        POINTS,
        session.workers());
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    Dataset test = session.data().test();
    List<Trained> stages = MaxoutModels.plain(session);
    Network network = stages.getLast().network();
    int n = Math.min(images(session.profile()), test.size());
    LogitLine[] lines = new LogitLine[n];
    Arrays.setAll(lines, i -> line(session, network, test, i));
    Traced[] traced = new Traced[n];
    session
        .workers()
        .run(
            n,
            (i, worker) ->
                traced[i] = Traced.of(network, test.images(i, i + 1), test.label(i), lines[i]));
    List<Traced> all = List.of(traced);
    List<Traced> right = all.stream().filter(Traced::rightAtZero).toList();
    Rate near = rate(right, t -> t.leaders().reach(t.label()) <= NEAR);
    double gap = all.stream().mapToDouble(Traced::gap).max().orElse(Double.NaN);
    note(findings, all, right, near, gap);
    sweep(findings, right);
    int[] shown = shown(test);
    if (shown.length > 0) {
      pictures(findings, session, network, shown);
    }
    findings.decision(
        "The direction is that of the published attack at ε = 0, sign(0) = 0, the same along the"
            + " whole line; nothing is clipped. The paper shows one image, a 4: its picture here is"
            + " of the first 4 among the test images, the numbers are of the first "
            + n
            + ".");
    findings.decision(
        "Every maxout network is linear in pieces, so what is to be shown is how many there are:"
            + " they are computed in double from where units switch, not searched for, and the"
            + " logits that the network computes are held against them. How few a reader sees is"
            + " the number of straight segments that follow all ten logits within 1 % of each"
            + " one's range.");
    findings.decision(
        "\"Near\" is |ε| ≤ 1, a tenth of the line, decided before it was measured; other distances"
            + " stand in the table. Where a class is on top is computed from the pieces too.");
    if (near.value() <= 0.5) {
      Rate up = rate(right, t -> t.leaders().at(0).to() <= NEAR);
      Rate down = rate(right, t -> t.leaders().at(0).from() >= -NEAR);
      findings.cause(
          "Along the sign of the gradient the right class is lost before ε = 1 for %.0f %% of the images; against it, for %.0f %% before ε = −1, since there its logit grows."
              .formatted(100 * up.value(), 100 * down.value()));
    }
    Models.describe(findings, session, Models.MAXOUT, stages);
    return findings.result(
        gap <= ROUNDING && near.value() > 0.5,
        "holds if no logit is farther from its exact piece than 0.01 % of the logits' range, and"
            + " for more than half of the images that are right at ε = 0 the right class is on top"
            + " nowhere beyond |ε| = 1",
        true);
  }

  private static Rate rate(List<Traced> traced, Predicate<Traced> which) {
    return new Rate(traced.stream().filter(which).count(), traced.size());
  }

  private static Mean mean(List<Traced> traced, ToDoubleFunction<Traced> what) {
    return Mean.of(traced.stream().mapToDouble(what).toArray());
  }

  private static void note(
      Findings findings, List<Traced> all, List<Traced> right, Rate near, double gap) {
    findings.mean("pieces", "exact linear pieces of the ten logits", "", mean(all, Traced::pieces));
    findings.mean("regions", "stretches on which no unit switches", "", mean(all, Traced::regions));
    findings.mean(
        "segments",
        "straight segments that follow the logits within 1 % of their range",
        "",
        mean(all, Traced::segments));
    findings.metric(
        "piece-gap",
        "largest distance of a logit from its exact piece, by the logits' range",
        "%",
        (long) all.size() * POINTS,
        gap);
    findings.rate(
        "right-at-zero",
        "images whose right class is on top at ε = 0",
        rate(all, Traced::rightAtZero));
    findings.rate(
        "wrong-at-epsilon",
        "images whose right class is not on top at ε = 0.25",
        rate(all, t -> t.attacked() != t.label()));
    findings.rate(
        "right-only-near",
        "of those right at ε = 0, images whose right class is on top only within |ε| ≤ 1",
        near);
    findings.mean(
        "right-share",
        "share of the line on which the right class is on top",
        "%",
        mean(right, t -> t.leaders().share(t.label())));
    findings.mean(
        "right-from",
        "where the stretch around ε = 0 begins",
        "",
        mean(right, t -> t.leaders().at(0).from()));
    findings.mean("right-to", "where it ends", "", mean(right, t -> t.leaders().at(0).to()));
    findings.mean(
        "wrong-stretch",
        "longest stretch of ε with one wrong class on top",
        "",
        mean(all, t -> t.leaders().longestOther(t.label())));
  }

  private static void sweep(Findings findings, List<Traced> right) {
    List<List<Figure.Cell>> cells = new ArrayList<>();
    for (double distance : DISTANCES) {
      cells.add(
          List.of(
              Figure.cell(distance),
              Figure.share(rate(right, t -> t.leaders().reach(t.label()) <= distance).value()),
              Figure.share(rate(right, t -> t.leaders().at(0).to() <= distance).value()),
              Figure.share(rate(right, t -> t.leaders().at(0).from() >= -distance).value())));
    }
    findings.sweep(
        "How far the right class stays on top, of the images that are right at ε = 0",
        List.of("|ε|", "nowhere beyond", "lost by +|ε|", "lost by −|ε|"),
        cells);
  }

  /** The first test image of each class that is shown. */
  private static int[] shown(Dataset test) {
    return Arrays.stream(SHOWN)
        .flatMap(
            label -> IntStream.range(0, test.size()).filter(i -> test.label(i) == label).limit(1))
        .toArray();
  }

  private static void pictures(Findings findings, Session session, Network network, int[] shown) {
    Dataset test = session.data().test();
    LogitLine first = line(session, network, test, shown[0]);
    String image = "a " + test.label(shown[0]);
    findings.figure(chart("The ten logits of " + image + " along ε", first, 0, POINTS - 1));
    findings.figure(chart("The same close to ε = 0", first, index(-NEAR), index(NEAR)));
    double[] at = slider();
    List<Figure.TraceImage> images = new ArrayList<>();
    for (int i : shown) {
      images.add(traceImage(test, i, line(session, network, test, i), network, at));
    }
    findings.figure(
        new Figure.Trace(
            "Images moved along the sign of their gradient, shown from black (0) to white (1), with"
                + " what the plain network says",
            "ε",
            at,
            IntStream.range(0, test.classes()).mapToObj(Integer::toString).toList(),
            images));
  }

  private static Figure chart(String title, LogitLine line, int from, int to) {
    double[] x = Arrays.copyOfRange(line.epsilons(), from, to + 1);
    List<Figure.Series> series = new ArrayList<>();
    for (int c = 0; c < line.logits().columns(); c++) {
      int label = c;
      double[] y =
          IntStream.rangeClosed(from, to).mapToDouble(i -> line.logits().get(i, label)).toArray();
      series.add(new Figure.Series("" + c, x, y));
    }
    return new Figure.Chart(title, "ε", "logit", false, series);
  }

  private static double[] slider() {
    return IntStream.rangeClosed(-SLIDER.length, SLIDER.length)
        .mapToDouble(i -> i == 0 ? 0 : Integer.signum(i) * SLIDER[Math.abs(i) - 1])
        .toArray();
  }

  private static Figure.TraceImage traceImage(
      Dataset test, int i, LogitLine line, Network network, double[] at) {
    int classes = test.classes();
    float[] x = test.images(i, i + 1).data();
    List<Figure.Picture> pictures = new ArrayList<>();
    double[][] probabilities = new double[at.length][classes];
    for (int k = 0; k < at.length; k++) {
      float[] moved = new float[x.length];
      for (int j = 0; j < x.length; j++) {
        moved[j] = (float) (x[j] + at[k] * line.direction()[j]);
      }
      pictures.add(Pictures.picture(test, moved, 0, ""));
      for (int c = 0; c < classes; c++) {
        probabilities[k][c] =
            network.top().probability(line.logits().data(), index(at[k]) * classes, classes, c);
      }
    }
    return new Figure.TraceImage("a " + test.label(i), test.label(i), pictures, probabilities);
  }
}
