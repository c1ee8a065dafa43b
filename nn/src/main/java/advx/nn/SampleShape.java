package advx.nn;

/**
 * The shape of one sample between two layers: a flat row of numbers, or an image. On the tape a row
 * is [samples, numbers], an image [samples, height, width, channels].
 *
 * @param height of an image; 0 for a row
 * @param width of an image; 0 for a row
 * @param channels of an image; the numbers of a row
 */
public record SampleShape(int height, int width, int channels) {
  /** A row of this many numbers. */
  public static SampleShape row(int numbers) {
    return new SampleShape(0, 0, numbers);
  }

  public boolean image() {
    return height > 0;
  }

  /** How many numbers it has. */
  public int size() {
    return image() ? height * width * channels : channels;
  }

  /** For example {@code 784 numbers} or {@code an image of 3×32×32}, channels first. */
  @Override
  public String toString() {
    return image()
        ? "an image of %d×%d×%d".formatted(channels, height, width)
        : channels + " numbers";
  }
}
