package advx.cli.rows;

import java.util.Locale;

/** How much work a run may be. */
public enum Profile {
  /** At most two minutes: for continuous integration. */
  SMOKE,
  /** Minutes on two cores: the default. */
  QUICK;

  /** The word on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
