/**
 * What a run measured: plain records from which the table, the JSON file, the digest and the report
 * are made.
 *
 * <p>Start reading at {@link advx.cli.result.RowResult}.
 */
package advx.cli.result;
