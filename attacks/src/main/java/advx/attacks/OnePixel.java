package advx.attacks;

import advx.engine.InputException;

/**
 * The one-pixel attack: differential evolution looks for one pixel and one colour for it that turn
 * the answer, without any gradient (Su, Vargas, Sakurai: One pixel attack for fooling deep neural
 * networks, 2017).
 *
 * <pre>
 *  candidate   (column, row, colour of each channel), drawn: place uniform, colour normal
 *  child i     a + F·(b − c), a, b, c three other candidates; no crossover
 *  survives    the better one of child i and candidate i, by the model's loss
 * </pre>
 *
 * <p>Places are rounded down to a pixel and kept in the image, colours in the box; a colour that
 * the threat model's budget does not reach is moved into its ball. With a budget as wide as the
 * box, any colour may be taken, as published. The search of a sample ends as soon as a candidate
 * reaches the aim; without success the candidate with the largest loss counts. All candidates of a
 * generation pass through the model together. Numbers are drawn from (seed, sample, generation).
 *
 * @param population candidates at a time
 * @param generations of children
 * @param factor F, how far a child goes along the difference of two others
 */
public record OnePixel(
    ThreatModel threat,
    Aim aim,
    AttackLoss loss,
    int population,
    int generations,
    double factor,
    long seed)
    implements Attack {
  /** The published numbers. */
  public static final int POPULATION = 400;

  public static final int GENERATIONS = 100;
  public static final double FACTOR = 0.5;

  /** A child needs its parent and three others. */
  private static final int LEAST = 4;

  public OnePixel {
    if (!threat.box().limits()) {
      throw new InputException(
          "The one-pixel attack takes its colours from the box of the data, but its threat model"
              + " has none: give it.");
    }
    if (population < LEAST || generations < 0 || !(factor > 0 && factor <= 2)) {
      throw new InputException(
          "The one-pixel attack has population %d, %d generations and factor %s: give at least %d, 0 or more, and a number above 0 and up to 2."
              .formatted(population, generations, factor, LEAST));
    }
  }

  /** With the published numbers, away from the true label. */
  public static OnePixel of(ThreatModel threat, Aim aim, long seed) {
    return new OnePixel(threat, aim, AttackLoss.COST, POPULATION, GENERATIONS, FACTOR, seed);
  }

  @Override
  public String name() {
    return "onepixel";
  }

  @Override
  public boolean clips() {
    return true;
  }

  @Override
  public OnePixel withEpsilon(double epsilon) {
    return new OnePixel(
        threat.withEpsilon(epsilon), aim, loss, population, generations, factor, seed);
  }

  @Override
  public String describe() {
    return Attack.super.describe()
        + " loss=%s population=%d generations=%d factor=%s seed=%d"
            .formatted(loss.word(), population, generations, factor, seed);
  }

  @Override
  public void craft(Batch batch) {
    PixelSearch search = batch.scratch(PixelSearch.class, PixelSearch::new);
    search.open(this, batch);
    for (int row = 0; row < batch.size(); row++) {
      search.sample(row);
    }
  }
}
