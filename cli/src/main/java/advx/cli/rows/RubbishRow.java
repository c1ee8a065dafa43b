package advx.cli.rows;

import advx.attacks.fooling.Noise;
import advx.attacks.fooling.RubbishError;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.nn.Trained;
import java.util.ArrayList;
import java.util.List;

/** Appendix A: what the networks for digits see in Gaussian noise. */
public final class RubbishRow implements Row {
  private static final int IMAGES = 10_000;
  private static final int FIVE = 5;
  private static final int EIGHT = 8;

  @Override
  public String id() {
    return "rubbish";
  }

  @Override
  public List<String> numbers() {
    return List.of("19", "20", "22", "23", "24");
  }

  @Override
  public String title() {
    return "Rubbish: Gaussian noise given to networks for digits";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, Appendix A";
  }

  @Override
  public String claim() {
    return "Of 10,000 images of Gaussian noise a maxout network assigns a class with more than 50 %"
        + " to 98.35 %, one with independent sigmoids on top to 68 %, softmax regression to 59.8 %"
        + " and a network of radial basis functions to none.";
  }

  @Override
  public Work work(Profile profile) {
    return MaxoutModels.work(profile, Models.MAXOUT)
        .and(MaxoutModels.work(profile, MaxoutModels.SIGMOIDS))
        .and(RbfModel.work(profile))
        .and(Work.seconds(id(), 2));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    List<Trained> maxout = MaxoutModels.plain(session);
    Trained sigmoids = MaxoutModels.sigmoids(session);
    Trained softmax = Models.softmax(session);
    Trained rbf = RbfModel.get(session);
    RubbishError onMaxout = of(maxout.getLast(), session);
    RubbishError onSigmoids = of(sigmoids, session);
    RubbishError onSoftmax = of(softmax, session);
    RubbishError onRbf = of(rbf, session);
    note(findings, "maxout", "maxout, softmax on top", onMaxout, 0.9835, 0.928);
    note(findings, "sigmoids", "maxout, independent sigmoids on top", onSigmoids, 0.68, 0.879);
    note(findings, "softmax", "softmax regression", onSoftmax, 0.598, 0.708);
    noteNone(findings, "rbf", "radial basis functions", onRbf);
    findings.rate(
        "fives",
        "of the maxout network's, taken for a 5",
        onMaxout.share(FIVE),
        0.453,
        0.15,
        "fifteen points: which class takes the noise depends on the network's own history");
    findings.rate(
        "eights",
        "of the maxout network's, taken for an 8",
        onMaxout.share(EIGHT),
        0.0,
        0.01,
        "one point: the paper says none");
    List<List<Figure.Cell>> cells = new ArrayList<>();
    for (int c = 0; c < session.data().test().classes(); c++) {
      cells.add(
          List.of(
              Figure.cell(c),
              Figure.share(onMaxout.share(c).value()),
              Figure.share(onSigmoids.share(c).value()),
              Figure.share(onSoftmax.share(c).value())));
    }
    findings.sweep(
        "What the noise is taken for, of that which is given a class with p > 0.5",
        List.of("class", "maxout", "maxout with sigmoids", "softmax regression"),
        cells);
    findings.decision(
        "The noise is N(0, I) in the pixels' own units, not clipped to [0, 1]. A mistake is a"
            + " probability above 0.5 for any class; the confidence held against the paper is the"
            + " mean over mistakes. Shares of classes are of the mistakes.");
    findings.decision(
        "The paper does not say how the network with sigmoids was trained: here as this profile's"
            + " short training of the other, on the sum of the ten binary cross-entropies.");
    findings.decision(
        "The paper does not state the norm of softmax regression's weights, on which its figure"
            + " depends: the row on softmax regression under FGSM sweeps it.");
    Models.describe(findings, session, Models.MAXOUT, maxout);
    Models.describe(findings, session, MaxoutModels.SIGMOIDS, sigmoids);
    Models.describe(findings, session, "softmax", softmax);
    Models.describe(findings, session, RbfModel.NAME, rbf);
    double most = onMaxout.error().value();
    boolean holds = most > 0.5 && onRbf.error().value() < 0.01 && onSigmoids.error().value() < most;
    return findings.result(
        holds,
        "holds if maxout with softmax is sure of more than half of the noise, with sigmoids of"
            + " less, and radial basis functions of less than 1 %",
        true);
  }

  /** What a network for digits makes of the row's noise. */
  static RubbishError of(Trained model, Session session) {
    Noise noise = Noise.standard(session.seed(), session.data().test().features());
    return RubbishError.of(model.network(), noise, IMAGES, session.workers());
  }

  private static void note(
      Findings findings,
      String name,
      String label,
      RubbishError found,
      double error,
      double confidence) {
    findings.rate(
        name + "-rubbish-error",
        label + ": noise given a class with p > 0.5",
        found.error(),
        error,
        0.1,
        "ten points: rebuilds of the maxout figure range from 82 to 98 %");
    findings.mean(
        name + "-rubbish-confidence",
        label + ": confidence on these",
        found.confidence(),
        confidence,
        0.1,
        "ten points: confidence grows with the length of training");
  }

  /** Where the paper has no error, and so no confidence either. */
  private static void noteNone(Findings findings, String name, String label, RubbishError found) {
    findings.rate(
        name + "-rubbish-error",
        label + ": noise given a class with p > 0.5",
        found.error(),
        0.0,
        0.01,
        "one point: the paper says none");
    findings.mean(
        name + "-rubbish-confidence",
        label + ": confidence on these",
        found.confidence(),
        null,
        null,
        "");
  }
}
