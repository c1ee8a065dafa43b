package advx.cli.rows;

import advx.attacks.measure.Evaluation;
import advx.attacks.measure.Localisation;
import advx.attacks.measure.Mean;
import advx.cli.result.RowResult;
import advx.engine.Tensor;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Figure 3: what adversarial training makes of the first layer's filters. */
public final class FiltersRow implements Row {
  private static final double SHARE = 0.9;
  private static final int PIECES = 5;
  private static final int COLUMNS = 5;
  private static final int SHOWN = 40;

  @Override
  public String id() {
    return "filters";
  }

  @Override
  public List<String> numbers() {
    return List.of("28");
  }

  @Override
  public String title() {
    return "First-layer filters, plain and adversarially trained";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, Figure 3";
  }

  @Override
  public String claim() {
    return "The filters of the adversarially trained maxout network are more localised and easier"
        + " to interpret than those of the plain one.";
  }

  @Override
  public Work work(Profile profile) {
    return Models.work(profile, Models.MAXOUT)
        .and(Models.work(profile, Models.ADVERSARIAL_MAXOUT))
        .and(Work.seconds(id(), 1));
  }

  /** How localised the filters of one network are, on average. */
  private record Measured(Mean participation, Mean holding, Mean radius, Mean onVarying) {
    static Measured of(Session session, Trained trained) {
      Dataset data = session.data().train();
      Tensor weights = trained.network().parameters().getFirst().value();
      int[] all = IntStream.range(0, data.features()).toArray();
      int[] varying = varying(data);
      return new Measured(
          mean(weights, all, Localisation::participation),
          mean(weights, all, s -> Localisation.holding(SHARE, s)),
          mean(weights, all, s -> Localisation.radius(s, data.info().width())),
          mean(weights, varying, Localisation::participation));
    }

    /** Over all filters; one of zeros has no place, and is left out. */
    private static Mean mean(Tensor weights, int[] pixels, ToDoubleFunction<double[]> measure) {
      int n = weights.columns();
      return Mean.of(
          IntStream.range(0, weights.rows())
              .mapToObj(
                  filter ->
                      Arrays.stream(pixels)
                          .mapToDouble(i -> weights.data()[filter * n + i])
                          .map(w -> w * w)
                          .toArray())
              .mapToDouble(measure)
              .filter(found -> !Double.isNaN(found))
              .toArray());
    }
  }

  /** The pixels that are not the same in all images: the cost says nothing about the others. */
  private static int[] varying(Dataset data) {
    boolean[] varies = new boolean[data.features()];
    float[] first = data.images(0, 1).data();
    int chunk = 1_000;
    for (int from = 0; from < data.size(); from += chunk) {
      float[] x = data.images(from, Math.min(data.size(), from + chunk)).data();
      for (int i = 0; i < x.length; i++) {
        varies[i % varies.length] |= x[i] != first[i % varies.length];
      }
    }
    return IntStream.range(0, varies.length).filter(i -> varies[i]).toArray();
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    Dataset test = session.data().test();
    List<Trained> plainStages = MaxoutModels.plain(session);
    List<Trained> robustStages = MaxoutModels.adversarial(session);
    Trained plain = plainStages.getLast();
    Trained robust = robustStages.getLast();
    Measured ofPlain = Measured.of(session, plain);
    Measured ofRobust = Measured.of(session, robust);
    note(findings, "-plain", ", plain", ofPlain);
    note(findings, "-adversarial", ", adversarially trained", ofRobust);
    cleanError(findings, session, "-plain", ", plain", plain);
    cleanError(findings, session, "-adversarial", ", adversarially trained", robust);
    findings.setting("filters", "all pieces of all units of the first layer");
    findings.decision(
        "The paper shows pictures and measures nothing. Here a filter is the weights w of one"
            + " linear piece of one unit, and how localised it is, the participation ratio"
            + " (Σw²)²/(n·Σw⁴): the share of pixels that count, 1 for equal weights everywhere and"
            + " 1/n for a single pixel. Intervals are over filters.");
    findings.decision(
        "Beside it, and no part of the rule: the smallest share of pixels that hold 90 % of Σw²;"
            + " the root of the mean squared distance from the filter's centre, weighted by w²; and"
            + " the participation ratio of the pixels that vary among the training images, since"
            + " those that are black in all of them keep their initial weights in plain training"
            + " while adversarial examples light them up.");
    findings.decision(
        MaxoutModels.asPublished(session)
            ? "Both networks are trained from the same initial weights: the plain one for "
                + MaxoutModels.told(plainStages)
                + "; the adversarial one for "
                + MaxoutModels.told(robustStages)
                + "."
            : "In this profile the adversarial network goes on from the plain one's weights for "
                + robust.history().size()
                + " epochs: its filters are the plain one's, changed.");
    Models.describe(findings, session, Models.MAXOUT, plainStages);
    Models.describe(findings, session, Models.ADVERSARIAL_MAXOUT, robustStages);
    findings.figure(
        Pictures.filters("Filters after plain training", test, plain, PIECES, SHOWN, COLUMNS));
    findings.figure(
        Pictures.filters(
            "Filters after adversarial training", test, robust, PIECES, SHOWN, COLUMNS));
    boolean holds = ofRobust.participation().high() < ofPlain.participation().low();
    return findings.result(
        holds,
        "holds if the mean participation ratio of the adversarially trained network's filters is"
            + " lower than the plain one's, and the two 95 % intervals do not overlap",
        true);
  }

  /** What networks they are, whose filters are looked at. */
  private static void cleanError(
      Findings findings, Session session, String suffix, String label, Trained trained) {
    Evaluation evaluation =
        Evaluation.of(trained.network(), session.data().test(), session.workers());
    findings.rate("clean-error" + suffix, "clean error" + label, evaluation.error());
  }

  private static void note(Findings findings, String suffix, String label, Measured found) {
    findings.mean(
        "participation" + suffix, "participation ratio" + label, "%", found.participation());
    findings.mean("holding" + suffix, "pixels that hold 90 % of Σw²" + label, "%", found.holding());
    findings.mean("radius" + suffix, "radius" + label, "pixels", found.radius());
    findings.mean(
        "participation-varying" + suffix,
        "participation ratio of pixels that vary" + label,
        "%",
        found.onVarying());
  }
}
