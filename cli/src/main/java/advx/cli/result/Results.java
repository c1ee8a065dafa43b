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
 * @param build the checksum of the program's classes: only the same ones go on with these results
 * @param dataset the data set's name
 * @param checksum the data set's checksum
 * @param comparable whether the data are those of the paper; if not, no row of the run is
 *     comparable, whatever it says of itself
 * @param note a sentence that stands beside every output where the data are not the paper's, else
 *     ""
 * @param profile how much is run: smoke, quick, standard, paper
 * @param machine processor, JDK, vector width, threads: never part of the digest
 * @param rows those that have finished or were skipped, one a row and seed, in the order of the
 *     paper
 * @param planned how many there will be
 */
public record Results(
    int schema,
    String version,
    String build,
    String dataset,
    String checksum,
    boolean comparable,
    String note,
    String profile,
    SortedMap<String, String> machine,
    List<RowResult> rows,
    int planned) {

  /** The schema number that this program writes and reads. */
  public static final int SCHEMA = 2;

  public Results {
    machine = Collections.unmodifiableSortedMap(new TreeMap<>(machine));
    rows = comparable ? List.copyOf(rows) : rows.stream().map(RowResult::onOtherData).toList();
    Names.unique("The run", rows.stream().map(row -> row.id() + " " + row.seed()).toList());
  }

  /** The same run with these rows. */
  public Results with(List<RowResult> newRows, int newPlanned) {
    return new Results(
        schema,
        version,
        build,
        dataset,
        checksum,
        comparable,
        note,
        profile,
        machine,
        newRows,
        newPlanned);
  }

  /** Whether all rows have finished. */
  public boolean complete() {
    return rows.size() >= planned;
  }

  /** The seeds that anything was measured with, ascending. */
  public List<Long> seeds() {
    return rows.stream().map(RowResult::seed).distinct().sorted().toList();
  }

  /** One entry a row, over all its seeds. */
  public List<Averaged> averaged() {
    return Averaged.of(rows);
  }

  /** The digest of all results: {@link Digest#of}. */
  public String digest() {
    return Digest.of(rows);
  }
}
