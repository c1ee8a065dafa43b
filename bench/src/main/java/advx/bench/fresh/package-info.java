/**
 * Times every kernel in many fresh JVMs, one after another: a kernel whose speed differs from one
 * to the next depends on what the second compiler happened to decide, and no single run shows it.
 *
 * <p>Start reading at {@link advx.bench.fresh.FreshCommand}; {@link advx.bench.fresh.FreshMain} is
 * what each JVM runs.
 */
package advx.bench.fresh;
