package advx.bench.tiles;

import advx.bench.work.Work;

/**
 * C += A·Bᵀ in blocks, one thread, BLIS's loops pc, ic, jr, ir around a tile. A is [m][k], B is
 * [n][k], as weights and samples are stored; packing is part of the time.
 */
final class BlockedWork extends Work {
  private final TileShape shape;
  private final Tile tile;
  private final int m;
  private final int n;
  private final int k;
  private final int mc;
  private final int kc;
  private final int begin;
  private final float[] a;
  private final float[] b;
  private final float[] c;
  private final float[] packedA;
  private final float[] packedB;

  /**
   * The work. The sizes have to be multiples of the tile's and of the blocks'.
   *
   * @param mc rows of A that share one packing of a panel of B
   * @param kc the depth of a panel
   * @param begin numbers from a cache line's begin to that of what is packed
   */
  BlockedWork(TileShape shape, Tile tile, int m, int n, int k, int mc, int kc, int begin) {
    super(2.0 * m * n * k, 4.0 * ((double) m * k + (double) n * k + 2.0 * m * n));
    if (m % mc != 0 || mc % shape.rows() != 0 || n % shape.width() != 0 || k % kc != 0) {
      throw new IllegalArgumentException(
          "%d×%d×%d does not split into blocks of %d×%d and tiles %s"
              .formatted(m, n, k, mc, kc, shape));
    }
    this.shape = shape;
    this.tile = tile;
    this.m = m;
    this.n = n;
    this.k = k;
    this.mc = mc;
    this.kc = kc;
    this.begin = Operand.START + begin;
    a = Operand.uniform(m * k, 0);
    b = Operand.uniform(n * k, 1);
    c = Operand.uniform(m * n, 2);
    packedA = Operand.aligned(begin + (shape.packedA() ? mc * kc : 0));
    packedB = Operand.aligned(begin + (shape.panelB() ? kc * shape.width() : k * n));
  }

  @Override
  public void run() {
    run(m);
  }

  @Override
  public void warm() {
    run(mc);
  }

  private void run(int rows) {
    if (!shape.panelB()) {
      Operand.transpose(b, 0, k, n, k, packedB, begin);
    }
    for (int pc = 0; pc < k; pc += kc) {
      for (int ic = 0; ic < rows; ic += mc) {
        if (shape.packedA()) {
          packA(ic, pc);
        }
        for (int jr = 0; jr < n; jr += shape.width()) {
          if (shape.panelB()) {
            Operand.transpose(b, jr * k + pc, k, shape.width(), kc, packedB, begin);
          }
          column(ic, jr, pc);
        }
      }
    }
  }

  private void packA(int ic, int pc) {
    int rows = shape.rows();
    for (int ir = 0; ir < mc; ir += rows) {
      Operand.transpose(a, (ic + ir) * k + pc, k, rows, kc, packedA, begin + ir * kc);
    }
  }

  /** All tiles of a block of A below one panel of B. */
  private void column(int ic, int jr, int pc) {
    int panel = begin + (shape.panelB() ? 0 : pc * n + jr);
    for (int ir = 0; ir < mc; ir += shape.rows()) {
      int at = (ic + ir) * n + jr;
      if (shape.packedA()) {
        tile.run(kc, packedA, begin + ir * kc, 0, packedB, panel, n, c, at, n);
      } else {
        tile.run(kc, a, (ic + ir) * k + pc, k, packedB, panel, n, c, at, n);
      }
    }
  }

  /** Bit for bit: the chain of multiply-adds over ascending k that begins at what C holds. */
  @Override
  public void check() {
    float[] expected = c.clone();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = expected[i * n + j];
        for (int p = 0; p < k; p++) {
          sum = Math.fma(a[i * k + p], b[j * k + p], sum);
        }
        expected[i * n + j] = sum;
      }
    }
    run();
    Operand.expect(shape.type(), expected, c);
  }
}
