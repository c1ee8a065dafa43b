/**
 * The commands, one class each, and the groups of options that they share.
 *
 * <p>To add one: write its class, add it to the list of {@link advx.cli.Main}. Start reading at
 * {@link advx.cli.command.ReproduceCommand}.
 */
package advx.cli.command;
