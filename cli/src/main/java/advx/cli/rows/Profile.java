package advx.cli.rows;

import advx.nn.data.Dataset;
import advx.nn.data.Splits;
import java.util.Locale;

/** How much work a run may be. */
public enum Profile {
  /** At most two minutes: for continuous integration. Few samples, few epochs. */
  SMOKE(10_000, 2_000, 2_000),
  /** Minutes on two cores: the default. All samples, few epochs. */
  QUICK(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  private final int train;
  private final int validation;
  private final int test;

  Profile(int train, int validation, int test) {
    this.train = train;
    this.validation = validation;
    this.test = test;
  }

  /** The word on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return word();
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
