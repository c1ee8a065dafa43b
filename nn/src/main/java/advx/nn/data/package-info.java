/**
 * Data sets: MNIST and its relatives read from files, and one of digits that the program draws.
 *
 * <p>{@link advx.nn.data.Dataset} is the main type: images, labels, and for every sample its index,
 * by which all random numbers of that sample are drawn. Start reading there, then {@link
 * advx.nn.data.Mnist} (where files are looked for) and {@link advx.nn.data.Strokes} (how the
 * embedded digits are drawn).
 */
package advx.nn.data;
