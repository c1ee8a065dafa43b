package advx.engine.kernel;

/**
 * A window that slides over an image: its size, its stride, and the border that is imagined around
 * the image. Along one axis of size n it has ⌊(n + border before + border after − size)/stride⌋ + 1
 * positions.
 */
public record Window(
    int height, int width, int strideY, int strideX, int top, int left, int bottom, int right) {
  /** One pixel. */
  public static final Window ONE = of(1, 1, 0);

  public Window {
    if (height < 1 || width < 1 || strideY < 1 || strideX < 1) {
      throw new IllegalArgumentException(
          "Window: got size %d×%d and strides %d and %d, expected 1 or more"
              .formatted(height, width, strideY, strideX));
    }
    if (top < 0 || left < 0 || bottom < 0 || right < 0) {
      throw new IllegalArgumentException(
          "Window: got borders of %d, %d, %d and %d, expected 0 or more"
              .formatted(top, left, bottom, right));
    }
  }

  /** A square with the same stride along both axes and the same border on all sides. */
  public static Window of(int size, int stride, int border) {
    return new Window(size, size, stride, stride, border, border, border, border);
  }

  /**
   * With the border that gives ⌈n/stride⌉ positions along each axis; what cannot be shared equally
   * is added below and at the right.
   */
  public static Window same(
      int height, int width, int strideY, int strideX, int imageHeight, int imageWidth) {
    int y = Math.max((Math.ceilDiv(imageHeight, strideY) - 1) * strideY + height - imageHeight, 0);
    int x = Math.max((Math.ceilDiv(imageWidth, strideX) - 1) * strideX + width - imageWidth, 0);
    return new Window(height, width, strideY, strideX, y / 2, x / 2, y - y / 2, x - x / 2);
  }

  /** Its positions along the height of an image; 0 or less where it does not fit. */
  public int rows(int imageHeight) {
    return Math.floorDiv(imageHeight + top + bottom - height, strideY) + 1;
  }

  /** Its positions along the width of an image; 0 or less where it does not fit. */
  public int columns(int imageWidth) {
    return Math.floorDiv(imageWidth + left + right - width, strideX) + 1;
  }

  /** The pixels that it covers. */
  public int area() {
    return height * width;
  }

  /** Whether it has no border. */
  public boolean bare() {
    return top + left + bottom + right == 0;
  }

  /** Whether two of its positions share a pixel. */
  public boolean overlaps() {
    return strideY < height || strideX < width;
  }

  /** For example {@code 5×5}, {@code 2×2 stride 2×2}, {@code 5×5 border 2,2,2,2}. */
  @Override
  public String toString() {
    return height
        + "×"
        + width
        + (strideY * strideX == 1 ? "" : " stride " + strideY + "×" + strideX)
        + (bare() ? "" : " border " + top + "," + left + "," + bottom + "," + right);
  }
}
