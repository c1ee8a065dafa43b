package advx.engine.kernel;

/**
 * The sizes of a pooling: an image [height, width, channels] and the window that slides over it.
 */
public record PoolShape(int height, int width, int channels, Window window) {
  public PoolShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "Pooling: got an image %d×%d×%d, expected 1 or more".formatted(height, width, channels));
    }
    if (window.rows(height) < 1 || window.columns(width) < 1) {
      throw new IllegalArgumentException(
          "Pooling: got window %s on an image %d×%d, expected it to fit in it"
              .formatted(window, height, width));
    }
    if (Math.max(window.top(), window.bottom()) >= window.height()
        || Math.max(window.left(), window.right()) >= window.width()) {
      throw new IllegalArgumentException(
          "Pooling: got window %s, expected borders below its size: every position sees a pixel"
              .formatted(window));
    }
  }

  /** The height of the result. */
  public int rows() {
    return window.rows(height);
  }

  /** The width of the result. */
  public int columns() {
    return window.columns(width);
  }

  /** The numbers of one image. */
  public int inputs() {
    return height * width * channels;
  }

  /** The numbers of one sample's result. */
  public int outputs() {
    return rows() * columns() * channels;
  }

  /** The first row of the image under window row y; the border is left out. */
  int top(int y) {
    return Math.max(y * window.strideY() - window.top(), 0);
  }

  /** The row after the last. */
  int bottom(int y) {
    return Math.min(y * window.strideY() - window.top() + window.height(), height);
  }

  /** The first column of the image under window column x; the border is left out. */
  int left(int x) {
    return Math.max(x * window.strideX() - window.left(), 0);
  }

  /** The column after the last. */
  int right(int x) {
    return Math.min(x * window.strideX() - window.left() + window.width(), width);
  }
}
