package advx.cli.rows;

import advx.nn.data.Dataset;
import advx.nn.data.Splits;
import java.util.Locale;

/** How much work a run may be. */
public enum Profile {
  /** At most two minutes: for continuous integration. Few samples, few epochs. */
  SMOKE(10_000, 2_000, 2_000, 1),
  /** Ten minutes on two cores: the default. All samples, few epochs. */
  QUICK(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 1),
  /** At most three hours a paper on two cores. All samples, the longest trainings cut short. */
  STANDARD(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 1),
  /** The papers' sizes and lengths, for five seeds: days. */
  PAPER(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 5);

  private final int train;
  private final int validation;
  private final int test;
  private final int seeds;

  Profile(int train, int validation, int test, int seeds) {
    this.train = train;
    this.validation = validation;
    this.test = test;
    this.seeds = seeds;
  }

  /** The word on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return word();
  }

  /** For how many seeds each row is measured unless the user says. */
  public int seeds() {
    return seeds;
  }

  /** Whether this profile does at least as much work as that one. */
  public boolean atLeast(Profile other) {
    return compareTo(other) >= 0;
  }

  /** The samples that this profile works on: the first ones of each part. */
  public Splits trim(Splits all) {
    return new Splits(
        all.full(),
        first(all.train(), train),
        first(all.validation(), validation),
        first(all.test(), test));
  }

  private static Dataset first(Dataset data, int count) {
    return data.size() <= count ? data : data.subset(0, count);
  }
}
