package advx.cli.rows;

import advx.attacks.boundary.BoundaryProfile;
import advx.attacks.boundary.BoundarySet;
import advx.attacks.boundary.BoundarySettings;
import advx.attacks.region.Region;
import advx.cli.report.Numbers;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.engine.Tensor;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Figures 3 to 5: the decision boundary around benign images and adversarial examples. */
public final class SurroundingsRow implements BoundaryRow {
  private static final String BENIGN = "benign";

  /** Classes whose share is drawn; the tenth is the image's own. */
  private static final int NEIGHBOURS = 9;

  private final BoundaryProblem problem;

  SurroundingsRow(BoundaryProblem problem) {
    this.problem = problem;
  }

  @Override
  public String id() {
    return problem.id("figures");
  }

  @Override
  public String title() {
    return "The decision boundary around benign and adversarial images of " + problem.title();
  }

  @Override
  public String place() {
    return "He et al. 2018, Figures 3 to 5";
  }

  @Override
  public String claim() {
    return "Benign images are surrounded by more classes than adversarial ones, and lie farther"
        + " from their boundary.";
  }

  @Override
  public Set<Profile> profiles() {
    return problem.profiles();
  }

  @Override
  public Work work(Scope scope) {
    int images = problem.benign(scope) + 5 * problem.examples(scope);
    double each = problem.analysisSeconds(scope.profile());
    return BoundaryExamples.work(problem, scope).and(Work.seconds(id(), 2 * each * images));
  }

  /**
   * Some images of one origin.
   *
   * @param places of the images among those that were attacked
   */
  record Kind(String name, String title, int[] places, BoundarySet set) {}

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    BoundarySettings settings = problem.directions(session);
    Region region = problem.region(session.seed());
    List<BoundaryModels.Model> models = BoundaryModels.both(session, problem);
    boolean holds = true;
    List<String> causes = new ArrayList<>();
    List<BoundaryExamples> made = List.of();
    for (BoundaryModels.Model model : models) {
      made = BoundaryExamples.all(session, problem, model);
      List<Kind> kinds = analyse(session, settings, model, made);
      for (Kind kind : kinds) {
        note(findings, model, kind);
      }
      holds &= holds(kinds);
      if (!contradictions(kinds).isEmpty()) {
        causes.add(cause(model, kinds));
      }
      beside(findings, model, kinds);
      purities(findings, model, kinds);
      distances(findings, model, kinds, settings.never());
      findings.figure(panels(session, model, settings, region, kinds));
    }
    BoundaryExamples.describe(findings, session, problem, made);
    findings.setting("directions", settings.describe());
    findings.setting("region", region.describe());
    findings.decision(
        "Analysed are the first images that the network gets right, and the first examples of each"
            + " attack that succeed. Purity is over the directions along which the class changes;"
            + " where it never does, the distance counts as %s and the image has no purity."
                .formatted(Numbers.plain(settings.never())));
    if (!session.profile().atLeast(Profile.PAPER)) {
      findings.decision(
          "Reduced: %d random orthogonal directions%s instead of %s."
              .formatted(
                  settings.directions(),
                  settings.negatives() ? " and their negatives" : "",
                  problem.published()));
    }
    BoundaryModels.describe(findings, session, problem, models);
    findings.cause(String.join(" ", causes));
    return findings.result(
        holds,
        "holds if, on both networks, the mean share of the most frequent adjacent class is lower"
            + " and the mean median distance larger around benign images than around the successful"
            + " examples of each attack of the paper",
        problem.source(session).test());
  }

  private List<Kind> analyse(
      Session session,
      BoundarySettings settings,
      BoundaryModels.Model model,
      List<BoundaryExamples> made) {
    KeptProfiles profiles = new KeptProfiles(session, model, settings);
    Dataset images = BoundaryExamples.images(session, problem);
    List<Kind> kinds = new ArrayList<>();
    int[] right = first(made.getFirst().right(), problem.benign(session.scope()));
    Tensor clean = images.images(0, images.size());
    kinds.add(kind(profiles, BENIGN, "benign", clean, right));
    for (BoundaryExamples examples : made) {
      int[] fooled = first(examples.fooled(), problem.examples(session.scope()));
      Tensor x = examples.result().adversarial();
      kinds.add(kind(profiles, examples.name(), examples.title(), x, fooled));
    }
    return kinds;
  }

  private Kind kind(KeptProfiles profiles, String name, String title, Tensor x, int[] places) {
    Tensor some = BoundaryExamples.rows(x, places);
    return new Kind(name, title, places, new BoundarySet(profiles.of(some, id(), title)));
  }

  private static int[] first(int[] places, int count) {
    return Arrays.copyOf(places, Math.min(places.length, count));
  }

  /** Whether benign images have more classes around them, and farther away; PGD has no say. */
  static boolean holds(List<Kind> kinds) {
    return kinds.getFirst().set().purity(1).n() > 0 && contradictions(kinds).isEmpty();
  }

  /** The attacks around whose examples it is otherwise, with their figures. */
  static List<String> contradictions(List<Kind> kinds) {
    BoundarySet benign = kinds.getFirst().set();
    List<String> found = new ArrayList<>();
    for (Kind kind : kinds.subList(1, kinds.size())) {
      if (kind.name().equals("pgd")) {
        continue;
      }
      double purity = kind.set().purity(1).value();
      if (kind.set().purity(1).n() > 0 && !(benign.purity(1).value() < purity)) {
        found.add("%s are no purer, %s".formatted(kind.title(), percent(purity)));
      }
      double distance = kind.set().median().value();
      if (kind.set().size() > 0 && !(distance < benign.median().value())) {
        found.add("%s are no nearer, %s".formatted(kind.title(), Numbers.plain(distance)));
      }
    }
    return found;
  }

  private static String percent(double share) {
    return Numbers.plain(100 * share) + " %";
  }

  /** Which attacks contradict the claim on this network. */
  private static String cause(BoundaryModels.Model model, List<Kind> kinds) {
    BoundarySet benign = kinds.getFirst().set();
    return "On the %s network (benign images %s and %s) the examples of %s."
        .formatted(
            model.title(),
            percent(benign.purity(1).value()),
            Numbers.plain(benign.median().value()),
            String.join("; of ", contradictions(kinds)));
  }

  private static void note(Findings findings, BoundaryModels.Model model, Kind kind) {
    BoundarySet set = kind.set();
    if (set.size() == 0) {
      return;
    }
    String name = model.name() + "-" + kind.name();
    String label = model.title() + " network, " + kind.title() + ": ";
    findings.mean(name + "-median", label + "median distance, RMS", "", set.median());
    findings.mean(name + "-least", label + "least distance, RMS", "", set.least());
    findings.mean(name + "-classes", label + "adjacent classes", "", set.neighbours());
    findings.mean(
        name + "-crossings", label + "directions with a boundary", set.crossings(), null, null, "");
    for (int k : new int[] {1, 2}) {
      if (set.purity(k).n() > 0) {
        findings.mean(
            name + "-purity-" + k, label + "purity of the top " + k, set.purity(k), null, null, "");
      }
    }
  }

  /** All kinds side by side. */
  private static void beside(Findings findings, BoundaryModels.Model model, List<Kind> kinds) {
    List<List<Figure.Cell>> table = new ArrayList<>();
    for (Kind kind : kinds) {
      BoundarySet set = kind.set();
      if (set.size() > 0) {
        boolean pure = set.purity(1).n() > 0;
        table.add(
            List.of(
                Figure.cell(kind.title()),
                Figure.cell(set.size()),
                Figure.cell(set.least().value()),
                Figure.cell(set.median().value()),
                Figure.cell(set.neighbours().value()),
                pure ? Figure.share(set.purity(1).value()) : Figure.cell("none")));
      }
    }
    findings.sweep(
        "Around images of the %s network, means over images".formatted(model.title()),
        List.of(
            "images",
            "number",
            "least distance, RMS",
            "median distance, RMS",
            "adjacent classes",
            "purity of the top 1"),
        table);
  }

  private static void purities(Findings findings, BoundaryModels.Model model, List<Kind> kinds) {
    double[] tops = IntStream.rangeClosed(1, NEIGHBOURS).asDoubleStream().toArray();
    List<Figure.Series> series = new ArrayList<>();
    for (Kind kind : kinds) {
      if (kind.set().purity(1).n() > 0) {
        double[] shares =
            kind.set().purities(NEIGHBOURS).stream().mapToDouble(m -> 100 * m.value()).toArray();
        series.add(new Figure.Series(kind.title(), tops, shares));
      }
    }
    findings.figure(
        new Figure.Chart(
            "Purity around images of the " + model.title() + " network",
            "most frequent adjacent classes counted",
            "mean share of crossings in %",
            false,
            series));
  }

  private static void distances(
      Findings findings, BoundaryModels.Model model, List<Kind> kinds, double never) {
    List<Figure.Series> series = new ArrayList<>();
    for (Kind kind : kinds) {
      if (kind.set().size() > 0) {
        double[] mean = kind.set().meanSortedDistances();
        double[] ways = IntStream.rangeClosed(1, mean.length).asDoubleStream().toArray();
        series.add(new Figure.Series(kind.title(), ways, mean));
      }
    }
    findings.figure(
        new Figure.Chart(
            "Mean sorted distance to the boundary of the " + model.title() + " network",
            "directions, the nearest boundary first",
            "distance, RMS; %s for none".formatted(Numbers.plain(never)),
            false,
            series));
  }

  /** The first image that every attack turned, else the first of each kind. */
  private Figure panels(
      Session session,
      BoundaryModels.Model model,
      BoundarySettings settings,
      Region region,
      List<Kind> kinds) {
    Dataset images = BoundaryExamples.images(session, problem);
    int[] common =
        Arrays.stream(kinds.getFirst().places())
            .filter(place -> kinds.stream().allMatch(k -> k.set().size() == 0 || at(k, place) >= 0))
            .toArray();
    List<Figure.Panel> panels = new ArrayList<>();
    for (Kind kind : kinds) {
      if (kind.set().size() > 0) {
        int which = common.length == 0 ? 0 : at(kind, common[0]);
        BoundaryProfile profile = kind.set().profiles().get(which);
        String caption =
            "%s: %s taken for %s"
                .formatted(
                    kind.title(),
                    problem.label(images.label(kind.places()[which])),
                    problem.label(profile.prediction()));
        panels.add(BoundaryPanels.panel(caption, profile));
      }
    }
    return BoundaryPanels.panels(
        "The boundary of the " + model.title() + " network around one image and what became of it",
        settings,
        region,
        IntStream.range(0, images.classes()).mapToObj(problem::label).toList(),
        panels);
  }

  private static int at(Kind kind, int place) {
    return Arrays.binarySearch(kind.places(), place);
  }
}
