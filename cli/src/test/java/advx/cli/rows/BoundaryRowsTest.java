package advx.cli.rows;

import static advx.cli.rows.TinySession.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Box;
import advx.attacks.boundary.BoundaryProfile;
import advx.attacks.boundary.BoundarySet;
import advx.attacks.boundary.BoundarySettings;
import advx.attacks.measure.Mean;
import advx.attacks.measure.Rate;
import advx.attacks.region.Region;
import advx.cli.result.Figure;
import advx.cli.result.Metric;
import advx.cli.result.RowResult;
import advx.cli.rows.SurroundingsRow.Kind;
import advx.engine.Workers;
import advx.nn.MnistCnn;
import advx.nn.TrainingListener;
import advx.nn.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows on decision boundaries in a tiny form, on few embedded digits. With shuffled labels the
 * networks learn nothing and no image is right when clean; with ε or a step of 0 nothing succeeds.
 */
class BoundaryRowsTest {
  @TempDir private static Path folder;
  private static Workers workers;
  private static Session session;

  @BeforeAll
  static void start() {
    workers = new Workers(2);
    session = TinySession.of(2_600, folder, workers, name -> TrainingListener.NONE);
  }

  @AfterAll
  static void stop() {
    workers.close();
  }

  /** Kills: ε 0, κ left off OPTSTRONG, the points around left off OPTMARGIN, L2 for RMS. */
  @Test
  void theThreeAttacksDistortAsOrderedAndTrainingHelpsAgainstTheFourth() {
    RowResult result = new DistortionRow(BoundaryProblem.MNIST).run(session);
    double brittle = value(result, "plain-optbrittle-rms");
    double margin = value(result, "plain-optmargin-rms");
    double strong = value(result, "plain-optstrong-rms");
    assertTrue(brittle > 0.005 && brittle < margin, brittle + " " + margin);
    assertTrue(margin < strong && strong < 0.6, margin + " " + strong);
    assertEquals(1, value(result, "plain-optbrittle-success"));
    assertTrue(value(result, "plain-fgsm-rms") < 0.3);
    assertTrue(value(result, "plain-fgsm-rms") > 0.15);
    double plain = value(result, "plain-fgsm-success");
    assertTrue(value(result, "pgd-fgsm-success") < plain, "plain " + plain);
    assertTrue(value(result, "plain-pgd-success") >= plain, "plain " + plain);
    // Kills: a target that is not aimed at, success counted for any wrong class, L2 for RMS.
    Figure.Table targeted = (Figure.Table) result.figures().get(1);
    assertEquals(8, targeted.rows().size());
    for (List<Figure.Cell> line : targeted.rows()) {
      if (line.get(1).text().equals("FGSM")) {
        continue; // its step has one size, whatever it aims at
      }
      double towards = line.get(4).value();
      double away = line.get(5).value();
      assertTrue(line.get(4).text() != null || towards > away, line.toString());
    }
    assertEquals(1, value(result, "plain-optbrittle-targeted-success"));
    assertTrue(value(result, "plain-optbrittle-targeted-rms") < 0.3);
    assertTrue(value(result, "plain-fgsm-targeted-success") <= plain, "plain " + plain);
    assertTrue(result.holds());
    theNearestAreNearerThanTheBrittle(result);
  }

  /**
   * Kills: RMS for L2, the quirks or the four constants left on C-W, the mean of few images for
   * all.
   */
  private static void theNearestAreNearerThanTheBrittle(RowResult result) {
    double nearest = value(result, "plain-cw-l2");
    double brittle = value(result, "plain-optbrittle-l2");
    assertEquals(1, value(result, "plain-cw-success"));
    assertTrue(nearest > 0.3 && nearest <= brittle, nearest + " " + brittle);
    double rms = value(result, "plain-optbrittle-rms");
    assertEquals(28 * rms, brittle, 14 * rms);
    Metric iterations = metric(result, "plain-optbrittle-iterations");
    assertTrue(iterations.interval().low() <= iterations.value());
    assertTrue(iterations.interval().high() >= iterations.value());
    assertEquals(400, metric(result, "plain-clean").n());
    assertTrue(value(result, "plain-clean") > 0.7);
  }

  private static Metric metric(RowResult result, String name) {
    return result.metrics().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  /** Kills: an attack on the plain network, one start for ten, the images of one attack alone. */
  @Test
  void whatWithstandsALongSearchWithstandsAShortOne() {
    RowResult result = new RobustnessRow().run(session);
    double usual = value(result, "pgd-pgd-same");
    double longer = value(result, "pgd-pgd-long");
    double worst = value(result, "pgd-worst");
    assertEquals(value(result, "pgd-pgd"), usual);
    assertTrue(longer <= usual + 0.01, usual + " " + longer);
    assertTrue(worst <= Math.min(longer, value(result, "pgd-margin")), "worst " + worst);
    assertTrue(worst > 0 && longer < value(result, "pgd-clean"), worst + " " + longer);
    assertTrue(value(result, "plain-pgd") < usual, "usual " + usual);
    assertTrue(value(result, "pgd-fgsm") >= usual);
    assertTrue(result.settings().get("longer attack").contains("steps=100 step=0.01 restarts=10"));
  }

  /** Kills: the rate of the published training against PGD for the short one on clean images. */
  @Test
  void theShortTrainingOnCleanImagesEndsWithASmallRate() {
    Session standard =
        new Session(
            session.data(),
            session.cifarSource(),
            Profile.STANDARD,
            1,
            workers,
            session.models(),
            session.listener());
    TrainingPlan plan = BoundaryProblem.MNIST.plainPlan(standard);
    assertEquals(MnistCnn.published(), plan.architecture());
    assertEquals(
        "adam rate=0.001 beta1=0.9 beta2=0.999 epsilon=1.0E-8 rate *0.1 after 6000, 7500",
        plan.optimiser().get().describe());
    assertEquals(8, plan.epochs());
    assertEquals(50, plan.batch());
  }

  /** Kills: points of the clean accuracy, a threshold that rounding moves by an image. */
  @Test
  void threePointsOfTwoHundredAreSixImages() {
    Rate enough = new Rate(850, 1_000);
    assertTrue(RobustnessRow.holds(enough, new Rate(190, 200), new Rate(184, 200)));
    assertFalse(RobustnessRow.holds(enough, new Rate(190, 200), new Rate(183, 200)));
    assertFalse(RobustnessRow.holds(new Rate(849, 1_000), new Rate(190, 200), new Rate(190, 200)));
  }

  /** Kills: OPTSTRONG's examples left out of the rule, or counted where there are none. */
  @Test
  void ofNoAttackFewerAreRecoveredThanOfOptmargin() {
    RegionRow.Recovered many = recovered(30, 50, 0.11);
    RegionRow.Recovered one = recovered(1, 50, 0.157);
    RegionRow.Recovered none = recovered(0, 50, 0.293);
    assertTrue(RegionRow.holds(many, none, one));
    assertTrue(RegionRow.holds(many, one, one));
    assertFalse(RegionRow.holds(many, one, none));
    assertFalse(RegionRow.holds(one, one, one));
    assertTrue(RegionRow.holds(many, one, recovered(0, 0, Double.NaN)));
    assertEquals(
        "On the plain network region classification gets 1 of 50 of OPTMARGIN's examples right"
            + " (0.4 to 10.5 %) and 0 of 50 of OPTSTRONG's (0.0 to 7.1 %), whose distortion is"
            + " 1.87 times as large here.",
        RegionRow.cause("plain", one, none));
  }

  private static RegionRow.Recovered recovered(int count, int n, double distortion) {
    return new RegionRow.Recovered(new Rate(count, n), Mean.of(new double[] {distortion}));
  }

  /** Kills: votes that are not asked, points of a region of half-width 0. */
  @Test
  void aRegionRecoversWhatIsBrittle() {
    RowResult result = new RegionRow(BoundaryProblem.MNIST).run(session);
    double brittle = value(result, "pgd-optbrittle-region-fooled");
    double margin = value(result, "pgd-optmargin-region-fooled");
    assertTrue(brittle > margin + 0.2, brittle + " " + margin);
    assertEquals(0, value(result, "pgd-optbrittle-point"));
    assertTrue(value(result, "plain-benign-region") > 0.6);
  }

  /** Around a point without extent the vote is the model's own answer. */
  @Test
  void aRegionOfNothingSaysWhatThePointDoes() {
    BoundaryModels.Model model = BoundaryModels.both(session).getFirst();
    Region nothing = new Region(0, 3, Box.UNIT, 1);
    for (BoundaryExamples examples : BoundaryExamples.all(session, BoundaryProblem.MNIST, model)) {
      var found = RegionRow.of(model.trained().network(), nothing, session, examples);
      assertEquals(found.point(), found.region(), examples.title());
      assertEquals(0, found.fooled().count(), examples.title());
      assertEquals(examples.success().complement(), found.point(), examples.title());
    }
  }

  /** Kills: benign and perturbed images exchanged, analysis of the clean images only. */
  @Test
  void benignImagesLieFartherFromTheBoundary() {
    RowResult result = new SurroundingsRow(BoundaryProblem.MNIST).run(session);
    double benign = value(result, "pgd-benign-median");
    double brittle = value(result, "pgd-optbrittle-median");
    assertTrue(benign > brittle + 0.1, benign + " " + brittle);
    double least = value(result, "pgd-optbrittle-least");
    assertTrue(least < value(result, "pgd-benign-least") - 0.1, "least " + least);
    double purity = value(result, "plain-optbrittle-purity-1");
    assertTrue(purity > 0.1 && purity <= value(result, "plain-optbrittle-purity-2"), "" + purity);
    for (Metric metric : result.metrics()) {
      boolean share = metric.unit().equals("%") && metric.interval() != null;
      assertTrue(!share || (metric.interval().low() >= 0 && metric.interval().high() <= 1));
      assertTrue(metric.n() >= 6 || metric.interval() == null, metric.name());
    }
    assertEquals(8, result.figures().size());
    Figure.Panels panels = (Figure.Panels) result.figures().get(3);
    assertEquals(6, panels.panels().size());
    assertEquals(0.3 / Math.sqrt(3), panels.line(), 1e-12);
  }

  /** Two ways of benign images end in two classes after 9 steps, of adversarial ones in one. */
  @Test
  void theRuleAsksForMoreClassesFartherAway() {
    Kind benign = kind("benign", new int[] {9, 9}, new int[] {1, 2});
    Kind adversarial = kind("optbrittle", new int[] {1, 2}, new int[] {3, 3});
    assertTrue(SurroundingsRow.holds(List.of(benign, adversarial)));
    assertFalse(SurroundingsRow.holds(List.of(adversarial, benign)));
    assertFalse(
        SurroundingsRow.holds(
            List.of(benign, kind("optstrong", new int[] {9, 10}, new int[] {3, 3}))));
    assertFalse(
        SurroundingsRow.holds(List.of(benign, kind("fgsm", new int[] {1, 2}, new int[] {3, 4}))));
    Kind mixed = kind("fgsm", new int[] {9, 10}, new int[] {3, 4});
    Kind pgd = kind("pgd", new int[] {9, 10}, new int[] {3, 4});
    List<String> found = SurroundingsRow.contradictions(List.of(benign, adversarial, mixed, pgd));
    assertEquals(2, found.size());
    assertEquals("fgsm are no purer, 50 %", found.getFirst());
    assertTrue(found.getLast().startsWith("fgsm are no nearer, "), found.getLast());
  }

  private static Kind kind(String name, int[] steps, int[] adjacent) {
    var settings = BoundarySettings.mnist(1).along(1, true);
    BoundaryProfile profile = new BoundaryProfile(settings, 0, steps, adjacent);
    return new Kind(name, name, new int[] {0}, new BoundarySet(List.of(profile)));
  }
}
