/**
 * What people see while a command runs: results on one stream, progress on the other.
 *
 * <pre>
 *  stdout   results, always
 *  stderr   progress: on a terminal one live line that is rewritten, else plain lines; errors
 * </pre>
 *
 * <p>Start reading at {@link advx.cli.console.Console}.
 */
package advx.cli.console;
