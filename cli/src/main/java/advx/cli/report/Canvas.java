package advx.cli.report;

import java.util.Arrays;

/** A picture of coloured rectangles and numbers, in memory. Colours are 0xRRGGBB. */
final class Canvas {
  /** Seven rows of five bits each, from the top, in hexadecimal; 0 to 9, then the point. */
  private static final String[] FONT = {
    "0e11131519110e", "040c040404040e", "0e11010204081f", "1f02040201110e", "02060a121f0202",
    "1f101e0101110e", "0608101e11110e", "1f010204080808", "0e11110e11110e", "0e11110f01020c",
    "00000000000c0c"
  };

  private static final int ROWS = 7;
  private static final int COLUMNS = 5;
  private static final int DOT = 2;

  /** How high a digit is. */
  static final int TEXT = ROWS * DOT;

  private final int width;
  private final int height;
  private final byte[] samples;

  /** A white one. */
  Canvas(int width, int height) {
    this.width = width;
    this.height = height;
    this.samples = new byte[3 * width * height];
    Arrays.fill(samples, (byte) 255);
  }

  int width() {
    return width;
  }

  void rectangle(int left, int top, int wide, int high, int colour) {
    for (int y = Math.max(0, top); y < Math.min(height, top + high); y++) {
      for (int x = Math.max(0, left); x < Math.min(width, left + wide); x++) {
        int at = 3 * (y * width + x);
        samples[at] = (byte) (colour >> 16);
        samples[at + 1] = (byte) (colour >> 8);
        samples[at + 2] = (byte) colour;
      }
    }
  }

  /** Digits and points; anything else stays empty. */
  void number(int left, int top, String text, int colour) {
    for (int i = 0; i < text.length(); i++) {
      int glyph = text.charAt(i) == '.' ? 10 : Character.digit(text.charAt(i), 10);
      for (int row = 0; row < ROWS && glyph >= 0; row++) {
        int bits = Integer.parseInt(FONT[glyph], 2 * row, 2 * row + 2, 16);
        for (int column = 0; column < COLUMNS; column++) {
          if ((bits >> (COLUMNS - 1 - column) & 1) == 1) {
            rectangle(left + wide(i) + column * DOT, top + row * DOT, DOT, DOT, colour);
          }
        }
      }
    }
  }

  /** How wide a text of so many characters is, the gap after it included. */
  static int wide(int characters) {
    return characters * (COLUMNS + 1) * DOT;
  }

  byte[] encode() {
    return new Png(width, height, 3, samples).encode();
  }
}
