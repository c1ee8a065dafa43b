/**
 * What was measured, as a JSON file that grows from run to run, {@link advx.peers.table.Results};
 * what is demanded, {@link advx.peers.table.Line}; and the table of both, {@link
 * advx.peers.table.Markdown}.
 */
package advx.peers.table;
