package advx.cli.report;

import advx.cli.result.Figure.Picture;
import advx.cli.result.Figure.Sheet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Pictures as PNG: single ones at their own size, or a whole {@link Sheet} enlarged without
 * smoothing, row by row on white.
 *
 * <p>A value is shown by one of 256 greys between low and high; with {@code signed} by one of 255
 * colours: blue below zero, grey at zero, orange above.
 */
public final class PngSheet {
  /** Free pixels between two pictures of a sheet. */
  private static final int GAP = 4;

  /** About how wide a picture becomes in a sheet. */
  private static final int WANTED = 112;

  private PngSheet() {}

  /** The sheet as a PNG file. */
  public static byte[] encode(Sheet sheet) {
    boolean grey = sheet.pictures().stream().noneMatch(p -> p.signed() || p.colour());
    var grid = Grid.of(sheet.columns(), sheet.pictures());
    int channels = grey ? 1 : 3;
    byte[] samples = new byte[grid.width() * grid.height() * channels];
    Arrays.fill(samples, (byte) 255);
    for (int i = 0; i < sheet.pictures().size(); i++) {
      Picture p = sheet.pictures().get(i);
      byte[] rgb = rgb(p);
      int left = grid.left(i);
      int top = grid.top(i);
      for (int y = 0; y < p.height() * grid.scale(); y++) {
        for (int x = 0; x < p.width() * grid.scale(); x++) {
          int from = 3 * (y / grid.scale() * p.width() + x / grid.scale());
          int to = ((top + y) * grid.width() + left + x) * channels;
          System.arraycopy(rgb, from, samples, to, channels);
        }
      }
    }
    return new Png(grid.width(), grid.height(), channels, samples).encode();
  }

  /** One picture at its own size, as a data URI for a page that needs no other file. */
  static String dataUri(Picture p) {
    byte[] samples = rgb(p);
    boolean grey = !p.signed() && !p.colour();
    if (grey) {
      byte[] first = new byte[samples.length / 3];
      for (int i = 0; i < first.length; i++) {
        first[i] = samples[3 * i];
      }
      samples = first;
    }
    byte[] png = new Png(p.width(), p.height(), grey ? 1 : 3, samples).encode();
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }

  /**
   * The pixels of a sheet's pictures, cut out of its file: each value is the middle of the shade it
   * was shown in, so that the same file comes out again.
   *
   * @param likes the pictures as they were, whatever their pixels
   */
  static List<Picture> cut(Png png, int columns, List<Picture> likes) {
    var grid = Grid.of(columns, likes);
    if (png.width() != grid.width() || png.height() != grid.height()) {
      throw new IllegalArgumentException(
          "%s × %s pixels, not the %s × %s of its pictures"
              .formatted(png.width(), png.height(), grid.width(), grid.height()));
    }
    var pictures = new ArrayList<Picture>();
    for (int i = 0; i < likes.size(); i++) {
      Picture p = likes.get(i);
      int channels = p.colour() ? 3 : 1;
      float[] pixels = new float[p.height() * p.width() * channels];
      for (int k = 0; k < pixels.length; k++) {
        int y = grid.top(i) + k / channels / p.width() * grid.scale();
        int x = grid.left(i) + k / channels % p.width() * grid.scale();
        int at = (y * png.width() + x) * png.channels();
        pixels[k] = value(p, png.samples(), at + k % channels, png.channels());
      }
      pictures.add(
          new Picture(p.caption(), p.height(), p.width(), pixels, p.low(), p.high(), p.signed()));
    }
    return pictures;
  }

  private static float value(Picture p, byte[] samples, int at, int channels) {
    if (!p.signed()) {
      return p.low() + (samples[at] & 0xff) / 255f * (p.high() - p.low());
    }
    if (channels != 3) {
      throw new IllegalArgumentException("grey, where a picture needs colours");
    }
    int level = Diverging.level(samples[at] & 0xff, samples[at + 1] & 0xff, samples[at + 2] & 0xff);
    return level / 127f * bound(p);
  }

  private static float bound(Picture p) {
    return Math.max(Math.abs(p.low()), Math.abs(p.high()));
  }

  /** Three bytes a pixel. */
  private static byte[] rgb(Picture p) {
    byte[] out = new byte[3 * p.height() * p.width()];
    for (int i = 0; i < p.height() * p.width(); i++) {
      for (int c = 0; c < 3; c++) {
        float v = p.pixels()[p.colour() ? 3 * i + c : i];
        int shade =
            p.signed()
                ? Diverging.channel(nearest(v / bound(p) * 127, -127, 127), c)
                : nearest((v - p.low()) / (p.high() - p.low()) * 255, 0, 255);
        out[3 * i + c] = (byte) shade;
      }
    }
    return out;
  }

  private static int nearest(float v, int least, int most) {
    return Math.clamp(Math.round(v), least, most);
  }

  /** Where the pictures of a sheet lie; all cells are as large as the largest picture. */
  private record Grid(int scale, int columns, int rows, int cellWidth, int cellHeight) {
    static Grid of(int columns, List<Picture> pictures) {
      int width = pictures.stream().mapToInt(Picture::width).max().orElse(1);
      int height = pictures.stream().mapToInt(Picture::height).max().orElse(1);
      int scale = Math.clamp(WANTED / Math.max(width, height), 1, 8);
      int used = Math.clamp(pictures.size(), 1, columns);
      int rows = Math.max(1, Math.ceilDiv(pictures.size(), columns));
      return new Grid(scale, used, rows, width * scale + GAP, height * scale + GAP);
    }

    int width() {
      return columns * cellWidth + GAP;
    }

    int height() {
      return rows * cellHeight + GAP;
    }

    int left(int i) {
      return GAP + i % columns * cellWidth;
    }

    int top(int i) {
      return GAP + i / columns * cellHeight;
    }
  }
}
