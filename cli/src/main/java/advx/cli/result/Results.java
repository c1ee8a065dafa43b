package advx.cli.result;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A whole run, finished or not.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param version of the program
 * @param dataset the data set's name
 * @param checksum the data set's checksum
 * @param comparable whether the data are those of the paper; if not, no row of the run is
 *     comparable, whatever it says of itself
 * @param note a sentence that stands beside every output where the data are not the paper's, else
 *     ""
 * @param profile how much is run: smoke, quick, standard, paper
 * @param machine processor, JDK, vector width, threads: never part of the digest
 * @param rows those that have finished, in the order of the paper
 * @param planned how many there will be
 */
public record Results(
    int schema,
    String version,
    String dataset,
    String checksum,
    boolean comparable,
    String note,
    long seed,
    String profile,
    SortedMap<String, String> machine,
    List<RowResult> rows,
    int planned) {

  /** The schema number that this program writes and reads. */
  public static final int SCHEMA = 1;

  public Results {
    machine = Collections.unmodifiableSortedMap(new TreeMap<>(machine));
    rows = comparable ? List.copyOf(rows) : rows.stream().map(RowResult::onOtherData).toList();
    Names.unique("The run", rows.stream().map(RowResult::id).toList());
  }

  /** Whether all rows have finished. */
  public boolean complete() {
    return rows.size() >= planned;
  }

  /** The digest of all results: {@link Digest#of}. */
  public String digest() {
    return Digest.of(rows);
  }
}
