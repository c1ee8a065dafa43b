package advx.bench.tiles;

import advx.engine.kernel.Lanes;

/**
 * Writes a tile's source: accumulators as named locals, loaded from C, one loop over k without a
 * branch, stored to C.
 */
final class TileSource {
  static final String PACKAGE = "advx.bench.tiles.made";

  private final TileShape shape;
  private final StringBuilder text = new StringBuilder();

  private TileSource(TileShape shape) {
    this.shape = shape;
  }

  /** A class that implements {@link Tile} by the method. */
  static String type(TileShape shape) {
    return """
    package %s;

    import advx.bench.tiles.Tile;
    import jdk.incubator.vector.FloatVector;
    import jdk.incubator.vector.VectorSpecies;

    public final class %s implements Tile {
      private static final int L = %d;

      private static final class Species {
        static final VectorSpecies<Float> F = FloatVector.SPECIES_%d;
      }

      @Override
      public void run(
          int kc, float[] a, int aAt, int lda, float[] b, int bAt, int ldb, float[] c, int at, int ldc) {
        %s(kc, a, aAt%s, b, bAt%s, c, at, ldc);
      }

    %s}
    """
        .formatted(
            PACKAGE,
            shape.type(),
            Lanes.COUNT,
            Lanes.BITS,
            shape.method(),
            shape.packedA() ? "" : ", lda",
            shape.panelB() ? "" : ", ldb",
            method(shape).indent(2));
  }

  /** The method alone. */
  static String method(TileShape shape) {
    return new TileSource(shape).method();
  }

  private String method() {
    String strideA = shape.packedA() ? "" : ", int lda";
    String strideB = shape.panelB() ? "" : ", int ldb";
    line("private static void %s(".formatted(shape.method()));
    line("    int kc, float[] a, int aAt%s,".formatted(strideA));
    line("    float[] b, int bAt%s, float[] c, int at, int ldc) {".formatted(strideB));
    for (int r = 0; r < shape.rows(); r++) {
      line("  int c%d = at%s;".formatted(r, r == 0 ? "" : " + " + times(r, "ldc")));
    }
    for (int r = 0; r < shape.rows(); r++) {
      for (int v = 0; v < shape.vectors(); v++) {
        line(
            "  FloatVector s%d%d = FloatVector.fromArray(Species.F, c, c%d%s);"
                .formatted(r, v, r, lanes(v)));
      }
    }
    for (int r = 0; r < shape.rows() && !shape.packedA(); r++) {
      line("  int r%d = aAt%s;".formatted(r, r == 0 ? "" : " + " + times(r, "lda")));
    }
    line("  for (int p = 0; p < kc; p++) {");
    String step = shape.panelB() ? times(shape.vectors(), "L") : "ldb";
    for (int v = 0; v < shape.vectors(); v++) {
      line(
          "    FloatVector b%d = FloatVector.fromArray(Species.F, b, bAt + p * %s%s);"
              .formatted(v, step, lanes(v)));
    }
    for (int r = 0; r < shape.rows(); r++) {
      line("    FloatVector x%d = FloatVector.broadcast(Species.F, a[%s]);".formatted(r, place(r)));
      for (int v = 0; v < shape.vectors(); v++) {
        line("    s%d%d = x%d.fma(b%d, s%d%d);".formatted(r, v, r, v, r, v));
      }
    }
    line("  }");
    for (int r = 0; r < shape.rows(); r++) {
      for (int v = 0; v < shape.vectors(); v++) {
        line("  s%d%d.intoArray(c, c%d%s);".formatted(r, v, r, lanes(v)));
      }
    }
    line("}");
    return text.toString();
  }

  /** Where the number of A for row r is found. */
  private String place(int r) {
    if (shape.packedA()) {
      return "aAt + p * " + shape.rows() + " + " + r;
    }
    return "r" + r + " + p";
  }

  private static String lanes(int v) {
    return v == 0 ? "" : " + " + times(v, "L");
  }

  private static String times(int n, String what) {
    return n == 1 ? what : n + " * " + what;
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
