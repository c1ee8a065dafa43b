/**
 * How the jars start: {@link advx.launch.Launcher} finds a JDK 25 and runs the program there as a
 * child, because no manifest can add the module that the kernels need.
 *
 * <pre>
 *   java -jar advx.jar ARGS          any Java from 8 on
 *     Launcher                       finds the JDK, passes arguments, JVM options, stdin, stdout;
 *       |                            filters one line out of stderr; passes the exit code back
 *       |  JDK 25, --add-modules jdk.incubator.vector, and on Linux, where a program has to
 *       |  ask for them, huge pages
 *     ChildMain                      starts ParentWatch, then calls the real main class
 *       advx.cli.Main ARGS           or the manifest's Advx-Main
 * </pre>
 *
 * <p>The child reads from system properties what it cannot see itself: {@code advx.parent}, the
 * launcher's process id; {@code advx.stdout.terminal} and {@code advx.stderr.terminal}, {@code
 * true} where the launcher's stream is a terminal.
 *
 * <p>A debugger or profiler is for the program, not for its launcher, so agents are not passed on:
 * start {@code java --add-modules jdk.incubator.vector -agentlib:... -cp advx.jar advx.cli.Main}.
 *
 * <p>{@code Launcher} and what it uses are Java 8 and live in {@code src/main/java8}. Start reading
 * at {@link advx.launch.Launcher#main}.
 */
package advx.launch;
