package advx.nn;

/**
 * The convolutional network of He, Li, Song: Decision Boundary Analysis of Adversarial Examples
 * (2018) for MNIST, that of Madry et al. (2018): two convolutions of 5×5 and a dense layer of 1024
 * units; weights drawn from a normal of deviation 0.1 cut at two deviations, biases begin at 0.1.
 */
public final class MnistCnn {
  private static final String INITIAL = "init=truncated:0.1,bias=0.1";

  private MnistCnn() {}

  /** The network as published: 32 and 64 filters, 1024 units. */
  public static Architecture published() {
    return of(32, 64, 1024);
  }

  /** The same layers with other numbers of filters and units. */
  public static Architecture of(int first, int second, int units) {
    return Architecture.parse(
        "image(1,28,28) conv(%d,5,pad=same,%s) relu maxpool(2) conv(%d,5,pad=same,%s) relu maxpool(2) dense(%d,%s) relu dense(10,%s) softmax"
            .formatted(first, INITIAL, second, INITIAL, units, INITIAL, INITIAL));
  }
}
