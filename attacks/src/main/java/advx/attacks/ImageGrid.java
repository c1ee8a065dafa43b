package advx.attacks;

/**
 * How the numbers of an input are the pixels of an image: channel by channel, each row by row, as
 * everywhere in this library.
 */
public record ImageGrid(int channels, int height, int width) {
  private static final int COLOURS = 3;

  /**
   * The image that so many numbers are: a square of grey pixels, or else one of three colours; a
   * line of single numbers if they are neither.
   */
  public static ImageGrid of(int features) {
    for (int channels = 1; channels <= COLOURS; channels += COLOURS - 1) {
      int side = (int) Math.round(Math.sqrt((double) features / channels));
      if (channels * side * side == features) {
        return new ImageGrid(channels, side, side);
      }
    }
    return new ImageGrid(1, 1, features);
  }

  /** How many numbers it has. */
  int features() {
    return channels * height * width;
  }

  /** Where a channel of a pixel lies among the numbers. */
  int at(int channel, int row, int column) {
    return (channel * height + row) * width + column;
  }
}
