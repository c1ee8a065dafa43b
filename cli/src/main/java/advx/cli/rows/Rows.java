package advx.cli.rows;

import java.util.List;

/** The rows in the order of the papers: one line each. */
public final class Rows {
  private Rows() {}

  /** All rows. */
  public static List<Row> all() {
    return List.of(
        new GrowthRow(),
        new LogisticRow(),
        new SoftmaxRow(),
        new MaxoutRow(),
        new AdversarialTrainingRow(),
        new TransferRow());
  }
}
