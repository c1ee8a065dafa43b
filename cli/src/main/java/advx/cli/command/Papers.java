package advx.cli.command;

import advx.cli.result.RowResult;
import java.util.Comparator;
import java.util.List;

/** The order of the papers. */
final class Papers {
  private Papers() {}

  /** Results in the order of these ids, each row's seeds ascending; unknown rows last. */
  static List<RowResult> sorted(List<RowResult> results, List<String> ids) {
    Comparator<RowResult> byRow =
        Comparator.comparingInt(r -> ids.contains(r.id()) ? ids.indexOf(r.id()) : ids.size());
    return results.stream()
        .sorted(byRow.thenComparing(RowResult::id).thenComparingLong(RowResult::seed))
        .toList();
  }
}
