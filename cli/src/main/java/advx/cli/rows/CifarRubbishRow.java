package advx.cli.rows;

import advx.attacks.fooling.RubbishError;
import advx.attacks.measure.Decision;
import advx.attacks.measure.Rate;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.nn.data.Cifar10;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Appendix A: what the convolutional maxout network sees in Gaussian noise. */
public final class CifarRubbishRow implements Row {
  private static final int FROG = Cifar10.CLASSES.indexOf("frog");

  @Override
  public String id() {
    return "cifar-rubbish";
  }

  @Override
  public List<String> numbers() {
    return List.of("21", "24");
  }

  @Override
  public String title() {
    return "Rubbish: Gaussian noise given to the convolutional maxout network";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, Appendix A";
  }

  @Override
  public String claim() {
    return "Of 1,000 images of Gaussian noise the convolutional maxout network assigns a class with"
        + " more than 50 % to 93.4 %, with an average confidence of 84.4 %; 49.7 % are frogs.";
  }

  @Override
  public Set<Profile> profiles() {
    return EnumSet.of(Profile.STANDARD, Profile.PAPER);
  }

  @Override
  public Work work(Profile profile) {
    return CifarModels.work(profile, id(), profile == Profile.PAPER ? 20 : 10);
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    CifarModels.Prepared prepared = CifarModels.prepare(session);
    RubbishError rubbish =
        RubbishError.of(
            prepared.trained().network(),
            CifarModels.noise(session, prepared),
            CifarModels.noiseImages(session.profile()),
            session.workers());
    findings.rate(
        "rubbish-error",
        "noise given a class with p > 0.5",
        rubbish.error(),
        0.934,
        0.1,
        "ten points: rebuilds of the same measure on MNIST range from 82 to 98 %");
    findings.mean(
        "rubbish-confidence-mistakes",
        "confidence on these",
        rubbish.confidence(),
        0.844,
        0.1,
        "ten points: confidence grows with the length of training");
    findings.mean(
        "rubbish-confidence",
        "confidence over all noise",
        rubbish.confidenceOnAll(),
        null,
        null,
        "");
    findings.rate(
        "frogs",
        "of these, taken for a frog",
        rubbish.share(FROG),
        0.497,
        0.15,
        "fifteen points: which class takes the noise depends on the network's own history");
    List<List<Figure.Cell>> cells = new ArrayList<>();
    for (int c = 0; c < Cifar10.CLASSES.size(); c++) {
      cells.add(
          List.of(
              Figure.cell(Cifar10.CLASSES.get(c)),
              Figure.share(given(rubbish, c).value()),
              Figure.share(rubbish.share(c).value())));
    }
    findings.sweep(
        "What the noise is taken for",
        List.of("class", "of all noise", "of what has p > 0.5"),
        cells);
    findings.decision(
        "A mistake is a probability above 0.5 for any class; the confidence held against the paper"
            + " is the mean over mistakes, and the share of frogs is that of the mistakes, as those"
            + " of fives and eights on MNIST are.");
    findings.decision(
        "The noise has a standard deviation of 1 in the preprocessed numbers, whose own is about"
            + " 0.5.");
    CifarModels.describe(findings, session, prepared);
    boolean holds = rubbish.error().value() > 0.5;
    return findings.result(
        holds,
        "holds if more than half of the noise is given a class with p > 0.5",
        prepared.test());
  }

  /** Of all images, sure or not, the share that is taken for class c. */
  private static Rate given(RubbishError rubbish, int c) {
    List<Decision> decisions = rubbish.decisions();
    return new Rate(decisions.stream().filter(x -> x.prediction() == c).count(), decisions.size());
  }
}
