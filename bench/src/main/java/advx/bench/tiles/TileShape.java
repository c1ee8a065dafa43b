package advx.bench.tiles;

import advx.engine.InputException;
import advx.engine.kernel.Lanes;

/**
 * One micro-kernel.
 *
 * @param rows of accumulators
 * @param vectors of accumulators side by side
 * @param packedA whether the tile's rows of A lie interleaved, [kc][rows], or apart as they are
 * @param panelB whether the rows of B are as wide as the tile, and so a constant apart
 */
record TileShape(int rows, int vectors, boolean packedA, boolean panelB) {
  private static final int MOST = 32;

  /** Rows of A where they lie, a panel of B: the engine's. */
  static TileShape of(int rows, int vectors) {
    return new TileShape(rows, vectors, false, true);
  }

  /** For example 6x4. */
  static TileShape parse(String text) {
    if (!text.matches("[1-9][0-9]?x[1-9]")) {
      throw new InputException(
          "tiles: '%s' is no tile: give rows and vectors, for example 6x4.".formatted(text));
    }
    String[] sides = text.split("x", -1);
    TileShape shape = of(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    if (shape.rows * shape.vectors > MOST) {
      throw new InputException(
          "tiles: '%s' has %d accumulators: give a tile of at most %d."
              .formatted(text, shape.rows * shape.vectors, MOST));
    }
    return shape;
  }

  /** The tile that the engine uses most on a CPU of so many registers. */
  static TileShape ofEngine() {
    return Lanes.registers() == 32 ? of(6, 4) : of(4, 2);
  }

  TileShape withPackedA() {
    return new TileShape(rows, vectors, true, panelB);
  }

  TileShape withoutPanel() {
    return new TileShape(rows, vectors, packedA, false);
  }

  /** Accumulators, a row of B, and one number of A in all lanes. */
  int registers() {
    return rows * vectors + vectors + 1;
  }

  /** Columns of the tile. */
  int width() {
    return vectors * Lanes.COUNT;
  }

  /** The name of its method. */
  String method() {
    return "tile" + this;
  }

  /** The name of its class. */
  String type() {
    return "Tile" + this + (packedA ? "PackedA" : "") + (panelB ? "" : "Strided");
  }

  @Override
  public String toString() {
    return rows + "x" + vectors;
  }
}
