package advx.cli.rows;

import advx.attacks.Box;
import advx.attacks.Walk;
import advx.attacks.boundary.BoundarySettings;
import advx.attacks.optimal.Search;
import advx.attacks.region.Region;
import advx.nn.TrainingPlan;
import advx.nn.data.Dataset;
import advx.nn.data.Splits;
import java.util.Map;
import java.util.Set;

/**
 * A data set of "Decision Boundary Analysis of Adversarial Examples" with its two networks and all
 * settings in its own units: what the rows on it take. MNIST has pixels from 0 to 1, CIFAR-10 from
 * 0 to 255.
 */
interface BoundaryProblem {
  BoundaryProblem MNIST = new MnistBoundary();

  BoundaryProblem CIFAR = new CifarBoundary();

  /** For people: "MNIST". */
  String title();

  /** The id of a row on it: {@code table-1} becomes {@code boundary-table-1}. */
  String id(String row);

  /** The profiles that have rows on it. */
  Set<Profile> profiles();

  /**
   * Its images as the run has them, in whatever units.
   *
   * @throws MissingDataException if they are not here
   */
  Splits source(Session session);

  /** Those images in its own units. */
  Dataset inUnits(Dataset images);

  /** What people call a class: "7", "cat". */
  String label(int label);

  /** The name of the network trained on clean images, in files and in work. */
  String plain();

  /** That of the network trained against PGD. */
  String robust();

  /** How the first is trained. */
  TrainingPlan plainPlan(Session session);

  /** How the second is trained. */
  TrainingPlan robustPlan(Session session);

  /** What both trainings take. */
  Work training(Profile profile);

  /** What becomes of the published networks and trainings in this profile; "" for nothing. */
  String networks(Profile profile);

  /** ε of FGSM and of PGD. */
  double epsilon();

  Box box();

  /** The walk of PGD, whose steps are those that the paper trains against. */
  Walk walk();

  /** How OPT* searches; the paper's own where there is time. */
  Search search(Profile profile);

  /** Images that are attacked. */
  int attacked(Scope scope);

  /** Seconds that the attacks on an image take, on both networks. */
  double attackSeconds(Profile profile);

  /** The region that votes. */
  Region region(long seed);

  /** The published directions, or the first few of them. */
  BoundarySettings directions(Session session);

  /** How many directions the paper has, in words: "784". */
  String published();

  /** Benign images whose surroundings are analysed. */
  int benign(Scope scope);

  /** Examples of each attack whose surroundings are. */
  int examples(Scope scope);

  /** Seconds that the analysis of an image takes. */
  double analysisSeconds(Profile profile);

  /**
   * Table 1 of the paper, recalled: success in percent and mean RMS by network and attack, {@code
   * plain-fgsm}.
   */
  Map<String, String> recalled();

  /** On what boundary classifiers are trained and judged, and what they look like. */
  DetectorSettings detectors(Scope scope, long seed);

  /** Seconds that an image of theirs takes: the attacks, and the boundaries around four. */
  double detectorSeconds(Profile profile);

  /** Seconds that the attack on a detector takes for an image. */
  double evasionSeconds(Profile profile);

  /**
   * Table 3 of the paper, recalled, by network and by the attack that trains: {@code
   * plain-optmargin}.
   */
  Map<String, String> recalledDetectors();

  /** Table 4, recalled, of the plain network. */
  String recalledWorst();

  /** What is to be said of its distances. */
  String distances();
}
