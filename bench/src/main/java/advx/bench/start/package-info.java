/**
 * How a run begins: when its steps come to their speed, with a warm-up before them and without.
 * Start reading at {@link advx.bench.start.StartCommand}.
 */
package advx.bench.start;
