package advx.cli.report;

/**
 * The colours of signed values: level −127 is blue, 0 grey, 127 orange. Blue and orange are told
 * apart with every kind of colour blindness, and the middle is the lightest, so that a copy in grey
 * still shows the size.
 */
final class Diverging {
  /** At levels −127, −64, 0, 64, 127. */
  private static final int[][] STOPS = {
    {20, 84, 160}, {118, 170, 214}, {228, 228, 228}, {238, 160, 90}, {186, 78, 6}
  };

  private static final int[] AT = {-127, -64, 0, 64, 127};

  /** Red, green or blue (c = 0, 1, 2) of a level from −127 to 127. */
  static int channel(int level, int c) {
    int i = 1;
    while (level > AT[i]) {
      i++;
    }
    int from = STOPS[i - 1][c];
    int to = STOPS[i][c];
    return from + Math.round((float) (to - from) * (level - AT[i - 1]) / (AT[i] - AT[i - 1]));
  }

  /** The level of a colour. */
  static int level(int red, int green, int blue) {
    for (int level = -127; level <= 127; level++) {
      if (channel(level, 0) == red && channel(level, 1) == green && channel(level, 2) == blue) {
        return level;
      }
    }
    throw new IllegalArgumentException(
        "the colour %s, %s, %s, which stands for no value".formatted(red, green, blue));
  }

  private Diverging() {}
}
