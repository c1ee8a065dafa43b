/** The commands of the jar. */
package advx.cli;
