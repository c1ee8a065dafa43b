/**
 * The rows of the papers, one class each, listed in the order of the paper in one table.
 *
 * <p>To add one: write its class, add its line to the table. Start reading at {@link
 * advx.cli.rows.Row}.
 */
package advx.cli.rows;
