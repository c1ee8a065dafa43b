package advx.nn.data;

import advx.nn.io.Png;
import java.nio.file.Path;
import java.util.Arrays;

/** Prints images for a person to judge: ten rows, row k the first samples that are labelled k. */
public final class StrokesSheet {
  private static final int COLUMNS = 20;
  private static final int ZOOM = 2;

  private StrokesSheet() {}

  /**
   * Writes the picture: 20 images a row, twice their size; grey ones as dark ink on white.
   *
   * @throws IllegalArgumentException if there are fewer than 20 samples of a class
   */
  public static void write(Dataset data, Path file) {
    int height = data.info().height();
    int width = data.info().width();
    int across = COLUMNS * width * ZOOM;
    int down = data.classes() * height * ZOOM;
    int channels = data.info().channels();
    float high = data.info().high();
    float[] picture = new float[across * down * channels];
    int[] filled = new int[data.classes()];
    for (int i = 0; i < data.size(); i++) {
      int row = data.label(i);
      if (filled[row] < COLUMNS) {
        float[] pixels = data.images(i, i + 1).data();
        int corner = row * height * ZOOM * across + filled[row] * width * ZOOM;
        for (int y = 0; y < height * ZOOM; y++) {
          for (int x = 0; x < width * ZOOM; x++) {
            for (int c = 0; c < channels; c++) {
              float level = pixels[(c * height + y / ZOOM) * width + x / ZOOM] / high;
              picture[(corner + y * across + x) * channels + c] = channels == 1 ? 1 - level : level;
            }
          }
        }
        filled[row]++;
      }
    }
    if (Arrays.stream(filled).anyMatch(n -> n < COLUMNS)) {
      throw new IllegalArgumentException(
          "StrokesSheet: got %s samples of the classes, expected %d of each"
              .formatted(Arrays.toString(filled), COLUMNS));
    }
    if (channels == 1) {
      Png.grey(file, across, down, picture);
    } else {
      Png.rgb(file, across, down, picture);
    }
  }
}
