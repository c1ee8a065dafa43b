package advx.engine.kernel;

/** What a winner i·k+p means, looked up instead of divided out: tables for the present shape. */
final class ConvWinners {
  private ConvShape shape;
  private int[] piece = {};
  private int[] position = {};
  private int[] row = {};
  private int[] column = {};
  private int[] step = {};

  /** Makes the tables for this shape, unless they are. */
  void set(ConvShape c) {
    if (c.equals(shape)) {
      return;
    }
    shape = c;
    int n = c.pool().area() * c.pieces();
    if (piece.length < n) {
      piece = new int[n];
      position = new int[n];
      row = new int[n];
      column = new int[n];
      step = new int[n];
    }
    for (int i = 0; i < n; i++) {
      piece[i] = i % c.pieces();
      position[i] = i / c.pieces();
      row[i] = c.winnerRow(0, i);
      column[i] = c.winnerColumn(0, i);
      step[i] = row[i] * c.convColumns() + column[i];
    }
  }

  /** The winning piece. */
  int piece(int winner) {
    return piece[winner];
  }

  /** The winning position, counted in its window. */
  int position(int winner) {
    return position[winner];
  }

  /** The row of the winning position in its window. */
  int row(int winner) {
    return row[winner];
  }

  /** The distance of the winning position from the window's first, in positions of the kernel. */
  int step(int winner) {
    return step[winner];
  }

  /** The column of the winning position in its window. */
  int column(int winner) {
    return column[winner];
  }
}
