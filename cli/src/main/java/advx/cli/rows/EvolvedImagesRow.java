package advx.cli.rows;

import advx.attacks.Box;
import advx.attacks.fooling.Elites;
import advx.cli.result.Figure;
import advx.cli.result.Metric;
import advx.cli.result.RowResult;
import advx.nn.Network;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.List;

/** Fooling images by evolution, which readers of the paper's appendix A ask for first. */
public final class EvolvedImagesRow implements Row {
  /** Where curve and table look; within the profile's number of generations. */
  private static final int[] LOOKS = {1, 5, 10, 20, 35, 50, 100, 200, 500, 1_000, 2_000, 5_000};

  private static final int PUBLISHED_GENERATIONS = 50;
  private static final double SURE = 0.9999;

  /** Swept: the published number of children in a generation is not known. */
  private static final int[] CHILDREN = {100, 400, 1_600};

  @Override
  public String id() {
    return "evolved-images";
  }

  @Override
  public List<String> numbers() {
    return List.of();
  }

  @Override
  public String title() {
    return "Fooling images by evolution";
  }

  @Override
  public String place() {
    return "Nguyen et al. 2015, §3.1";
  }

  @Override
  public String claim() {
    return "Evolution that keeps for each class the image that a network is surest about makes,"
        + " from noise and in fewer than 50 generations, images without any digit in them to"
        + " which a network trained on MNIST gives every digit with at least 99.99 %.";
  }

  private static int generations(Profile profile) {
    return switch (profile) {
      case SMOKE -> 50;
      case QUICK -> 200;
      case STANDARD -> 1_000;
      case PAPER -> 5_000;
    };
  }

  @Override
  public Work work(Profile profile) {
    return Models.work(profile, Models.MAXOUT)
        .and(Work.seconds(id(), profile.atLeast(Profile.STANDARD) ? 30 : 10));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    Dataset test = session.data().test();
    List<Trained> maxout = MaxoutModels.plain(session);
    int generations = generations(session.profile());
    Network network = maxout.getLast().network();
    Elites elites = elites(session, network, Elites.Settings.PUBLISHED.children());
    var progress = session.listener().apply(id());
    List<double[]> looks = new ArrayList<>();
    int reached = 0;
    while (elites.generation() < generations) {
      elites.run(1);
      int now = elites.generation();
      if (reached == 0 && elites.leastConfidence() >= SURE) {
        reached = now;
      }
      if (isLook(now)) {
        looks.add(look(elites, test.classes()));
        progress.note("generation %,d of %,d".formatted(now, generations));
      }
    }
    int[] sweep = new int[CHILDREN.length];
    for (int i = 0; i < sweep.length; i++) {
      progress.note("%,d children a generation".formatted(CHILDREN[i]));
      boolean known = CHILDREN[i] == Elites.Settings.PUBLISHED.children();
      sweep[i] =
          known
              ? reached
              : generationsUntilSure(elites(session, network, CHILDREN[i]), generations);
    }
    double[] published = at(looks, PUBLISHED_GENERATIONS);
    findings.metric("drawn", "mean confidence, noise", "%", test.classes(), looks.getFirst()[2]);
    findings.metric(
        new Metric(
            "least",
            "least confidence over the digits after 50 generations",
            "%",
            test.classes(),
            published[1],
            null,
            SURE,
            0.01,
            "one point: the published figure is a bound, and another network's"));
    findings.metric(
        "mean", "mean confidence after 50 generations", "%", test.classes(), published[2]);
    if (reached > 0) {
      findings.metric("generations", "generations until every digit has 99.99 %", "", 1, reached);
    }
    findings.metric(
        "least-end",
        "least confidence after %,d generations".formatted(generations),
        "%",
        test.classes(),
        elites.leastConfidence());
    findings.setting("evolution", Elites.Settings.PUBLISHED);
    findings.decision(
        "Images are evolved in the direct encoding, a number for each pixel: uniform at first, each"
            + " mutated with probability 0.1 by polynomial mutation of strength 15. The published"
            + " work also has an encoding that draws patterns; it is not built. A generation here"
            + " is 400 children; how many the published one has is not known, so a sweep stands"
            + " below. The published network is a convolutional one, this is the maxout network.");
    tellCause(findings, sweep);
    Models.describe(findings, session, Models.MAXOUT, maxout);
    findings.figure(curve(looks));
    findings.sweep(
        "Confidence by generation", List.of("generation", "least", "mean"), cells(looks));
    findings.sweep(
        "Generations until every digit has 99.99 %",
        List.of("children a generation", "generations"), sweepCells(sweep, generations));
    findings.figure(champions(elites, test, generations));
    return findings.result(
        reached > 0 && reached <= PUBLISHED_GENERATIONS,
        "holds if within 50 generations every digit has an image with at least 99.99 %",
        true);
  }

  private static Elites elites(Session session, Network network, int children) {
    Elites.Settings published = Elites.Settings.PUBLISHED;
    Dataset.Info info = session.data().test().info();
    return new Elites(
        network,
        new Box(info.low(), info.high()),
        new Elites.Settings(children, published.rate(), published.strength()),
        session.seed(),
        session.workers());
  }

  /** 0 if it takes more than these. */
  private static int generationsUntilSure(Elites elites, int most) {
    while (elites.generation() < most) {
      if (elites.run(1).leastConfidence() >= SURE) {
        return elites.generation();
      }
    }
    return 0;
  }

  private static void tellCause(Findings findings, int[] sweep) {
    for (int i = 0; i < sweep.length; i++) {
      if (sweep[i] > 0 && sweep[i] <= PUBLISHED_GENERATIONS) {
        findings.cause(
            "With %,d children a generation it takes %d generations: how many the published one has is not known."
                .formatted(CHILDREN[i], sweep[i]));
        return;
      }
    }
  }

  private static List<List<Figure.Cell>> sweepCells(int[] sweep, int most) {
    List<List<Figure.Cell>> cells = new ArrayList<>();
    for (int i = 0; i < sweep.length; i++) {
      Figure.Cell found =
          sweep[i] > 0 ? Figure.cell(sweep[i]) : Figure.cell("more than %,d".formatted(most));
      cells.add(List.of(Figure.cell(CHILDREN[i]), found));
    }
    return cells;
  }

  private static boolean isLook(int generation) {
    for (int look : LOOKS) {
      if (look == generation) {
        return true;
      }
    }
    return false;
  }

  /** Generation, least and mean confidence over the classes. */
  private static double[] look(Elites elites, int classes) {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += elites.confidence(c);
    }
    return new double[] {elites.generation(), elites.leastConfidence(), sum / classes};
  }

  private static double[] at(List<double[]> looks, int generation) {
    return looks.stream().filter(look -> look[0] == generation).findFirst().orElseThrow();
  }

  private static Figure curve(List<double[]> looks) {
    double[] x = looks.stream().mapToDouble(look -> look[0]).toArray();
    double[] least = looks.stream().mapToDouble(look -> 100 * look[1]).toArray();
    double[] mean = looks.stream().mapToDouble(look -> 100 * look[2]).toArray();
    return new Figure.Chart(
        "What the network says of the best images of each generation",
        "generation",
        "confidence in %",
        false,
        List.of(
            new Figure.Series("least of the digits", x, least),
            new Figure.Series("mean", x, mean)));
  }

  private static List<List<Figure.Cell>> cells(List<double[]> looks) {
    List<List<Figure.Cell>> cells = new ArrayList<>();
    for (double[] look : looks) {
      cells.add(List.of(Figure.cell(look[0]), Figure.share(look[1]), Figure.share(look[2])));
    }
    return cells;
  }

  private static Figure champions(Elites elites, Dataset test, int generations) {
    List<Figure.Picture> pictures = new ArrayList<>();
    for (int c = 0; c < test.classes(); c++) {
      String caption = "%d · %.4f %%".formatted(c, 100 * elites.confidence(c));
      pictures.add(Pictures.picture(test, elites.champions().data(), c * test.features(), caption));
    }
    return new Figure.Sheet(
        "The image that the network is surest about, for each digit, after %,d generations"
            .formatted(generations),
        5,
        pictures);
  }
}
