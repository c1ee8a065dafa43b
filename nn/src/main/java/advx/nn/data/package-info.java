/**
 * Data sets: MNIST and its relatives and CIFAR-10 read from files, one of digits that the program
 * draws, and the preprocessing that whitens.
 *
 * <p>{@link advx.nn.data.Dataset} is the main type: images, labels, and for every sample its index,
 * by which all random numbers of that sample are drawn. Start reading there, then {@link
 * advx.nn.data.Mnist} (where files are looked for), {@link advx.nn.data.Whitening} and {@link
 * advx.nn.data.Strokes} (how the embedded digits are drawn).
 */
package advx.nn.data;
