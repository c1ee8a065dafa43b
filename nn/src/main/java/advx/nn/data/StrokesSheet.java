package advx.nn.data;

import advx.nn.io.Png;
import java.nio.file.Path;
import java.util.Arrays;

/** Prints digits for a person to judge: ten rows, row k the first samples that are labelled k. */
public final class StrokesSheet {
  private static final int COLUMNS = 20;
  private static final int ZOOM = 2;

  private StrokesSheet() {}

  /**
   * Writes the picture: dark ink on white, 20 digits a row, twice their size.
   *
   * @throws IllegalArgumentException if there are fewer than 20 samples of a class
   */
  public static void write(Dataset data, Path file) {
    int height = data.info().height();
    int width = data.info().width();
    int across = COLUMNS * width * ZOOM;
    int down = data.classes() * height * ZOOM;
    float[] picture = new float[across * down];
    int[] filled = new int[data.classes()];
    for (int i = 0; i < data.size(); i++) {
      int row = data.label(i);
      if (filled[row] < COLUMNS) {
        float[] pixels = data.images(i, i + 1).data();
        int corner = row * height * ZOOM * across + filled[row] * width * ZOOM;
        for (int y = 0; y < height * ZOOM; y++) {
          for (int x = 0; x < width * ZOOM; x++) {
            picture[corner + y * across + x] = 1 - pixels[y / ZOOM * width + x / ZOOM];
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
    Png.grey(file, across, down, picture);
  }
}
