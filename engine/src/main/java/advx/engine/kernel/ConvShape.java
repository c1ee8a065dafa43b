package advx.engine.kernel;

/**
 * The sizes of a convolution: an image, the kernel that slides over it, and what becomes of the
 * results. With {@code pieces} and a {@code pool} each unit is the maximum over its pieces and over
 * a window of positions; without (both 1) it is a plain convolution.
 *
 * <pre>
 *  image [height, width, channels] ──kernel──▶ [convRows, convColumns, units·pieces]
 *                                  ──pool, pieces──▶ [rows, columns, units]
 * </pre>
 *
 * <p>Weights are [units·pieces, channels/groups, kernel height, kernel width]; unit u belongs to
 * group u/(units/groups) and sees that group's channels alone; its pieces are the outputs u·pieces
 * … u·pieces + pieces − 1.
 */
public record ConvShape(
    int height,
    int width,
    int channels,
    int units,
    int pieces,
    int groups,
    Window kernel,
    Window pool) {
  public ConvShape {
    if (height < 1 || width < 1 || channels < 1 || units < 1 || pieces < 1 || groups < 1) {
      throw new IllegalArgumentException(
          "Convolution: got an image %d×%d×%d, %d units, %d pieces, %d groups, expected 1 or more"
              .formatted(height, width, channels, units, pieces, groups));
    }
    if (channels % groups != 0 || units % groups != 0) {
      throw new IllegalArgumentException(
          "Convolution: got %d channels and %d units in %d groups, expected multiples of the groups"
              .formatted(channels, units, groups));
    }
    if (!pool.bare()) {
      throw new IllegalArgumentException(
          "Convolution: got pooling %s, expected a window without border".formatted(pool));
    }
    int y = kernel.rows(height);
    int x = kernel.columns(width);
    if (y < 1 || x < 1 || pool.rows(y) < 1 || pool.columns(x) < 1) {
      throw new IllegalArgumentException(
          "Convolution: got kernel %s and pooling %s on an image %d×%d, expected them to fit in it"
              .formatted(kernel, pool, height, width));
    }
  }

  /** A plain convolution. */
  public static ConvShape plain(
      int height, int width, int channels, int units, int groups, Window kernel) {
    return new ConvShape(height, width, channels, units, 1, groups, kernel, Window.ONE);
  }

  public int convRows() {
    return kernel.rows(height);
  }

  public int convColumns() {
    return kernel.columns(width);
  }

  /** The height of the result. */
  public int rows() {
    return pool.rows(convRows());
  }

  /** The width of the result. */
  public int columns() {
    return pool.columns(convColumns());
  }

  /** Whether no maximum is taken. */
  public boolean plain() {
    return pieces == 1 && pool.area() == 1;
  }

  /** The numbers of one image. */
  public int inputs() {
    return height * width * channels;
  }

  /** The numbers of one sample's result. */
  public int outputs() {
    return rows() * columns() * units;
  }

  /** The rows of weights: units·pieces. */
  public int filters() {
    return units * pieces;
  }

  /** The channels that a unit sees. */
  public int depth() {
    return channels / groups;
  }

  /** The weights of one filter: depth · kernel height · kernel width. */
  public int taps() {
    return depth() * kernel.area();
  }

  int unitsPerGroup() {
    return units / groups;
  }

  int filtersPerGroup() {
    return filters() / groups;
  }

  int paddedHeight() {
    return kernel.top() + height + kernel.bottom();
  }

  int paddedWidth() {
    return kernel.left() + width + kernel.right();
  }

  /** Neighbouring numbers of a padded image under one row of the kernel. */
  int run() {
    return kernel.width() * depth();
  }

  /** The distance between two rows of a padded image. */
  int rowStride() {
    return paddedWidth() * depth();
  }

  /** The place in a padded image under the kernel's first tap, at one position of the kernel. */
  int place(int y, int x) {
    return y * kernel.strideY() * rowStride() + x * kernel.strideX() * depth();
  }

  /** The row of the convolution that winner {@code candidate} of window row y stands in. */
  int winnerRow(int y, int candidate) {
    return y * pool.strideY() + candidate / pieces / pool.width();
  }

  /** The column of the convolution that winner {@code candidate} of window column x stands in. */
  int winnerColumn(int x, int candidate) {
    return x * pool.strideX() + candidate / pieces % pool.width();
  }

  /** The multiply-adds of one sample's convolution, borders counted as if they were image. */
  public long multiplyAdds() {
    return (long) convRows() * convColumns() * filters() * taps();
  }
}
