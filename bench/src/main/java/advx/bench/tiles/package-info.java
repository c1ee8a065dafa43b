/**
 * How the micro-kernel of the products came to its shape: tiles of any number of rows and vectors
 * are written, compiled and timed against the peak beside them; then what packing, alignment and
 * blocks bring.
 *
 * <p>The tiles are text ({@link advx.bench.tiles.TileSource}) that the JDK's own compiler turns
 * into classes: a class for each shape would be forty files that differ in nothing but numbers, and
 * the engine would carry kernels that nobody calls. A test holds the loops of the shapes that the
 * engine has against the engine's own, so what is timed here is what runs there.
 *
 * <p>Start reading at {@link advx.bench.tiles.TilesCommand}.
 */
package advx.bench.tiles;
