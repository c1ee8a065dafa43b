package advx.cli.result;

import java.util.List;
import java.util.SortedMap;

/**
 * A whole run.
 *
 * @param version of the program
 * @param dataset the data set's name, and its checksum
 * @param note a sentence that stands beside every output where the data are not the paper's
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
    int planned) {}
