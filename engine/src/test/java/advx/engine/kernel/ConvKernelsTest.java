package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Bits;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Workers;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolution's kernels against their scalar twins, bit for bit, at awkward sizes. */
class ConvKernelsTest {
  private static final int SAMPLES = 3;

  static Stream<ConvShape> shapes() {
    Window five = Window.same(5, 5, 1, 1, 28, 28);
    Window two = Window.of(2, 2, 0);
    return Stream.of(
        // The networks' own, in small.
        new ConvShape(28, 28, 1, 32, 1, 1, five, two),
        new ConvShape(14, 14, 32, 33, 1, 1, five, two),
        new ConvShape(12, 12, 3, 20, 2, 1, Window.of(8, 1, 4), Window.of(4, 2, 0)),
        new ConvShape(11, 11, 24, 18, 2, 1, Window.of(5, 1, 3), two),
        // Plain ones: one pixel, few and many channels, strides, uneven borders, groups.
        ConvShape.plain(1, 1, 1, 1, 1, Window.ONE),
        ConvShape.plain(3, 2, 5, 3, 1, Window.ONE),
        ConvShape.plain(9, 7, 1, 17, 1, Window.of(3, 1, 1)),
        ConvShape.plain(9, 8, 4, 2, 1, Window.of(3, 1, 0)),
        ConvShape.plain(9, 8, 5, 2, 1, Window.of(3, 1, 1)),
        ConvShape.plain(13, 12, 20, 40, 1, Window.of(3, 2, 1)),
        ConvShape.plain(8, 8, 16, 24, 1, Window.same(3, 3, 2, 2, 8, 8)),
        ConvShape.plain(8, 9, 100, 10, 1, Window.of(3, 1, 1)),
        ConvShape.plain(7, 40, 2, 6, 1, new Window(3, 4, 1, 1, 0, 3, 2, 1)),
        ConvShape.plain(7, 19, 6, 5, 1, new Window(2, 5, 3, 2, 1, 0, 0, 2)),
        ConvShape.plain(6, 6, 12, 24, 3, Window.of(3, 1, 1)),
        ConvShape.plain(6, 6, 16, 16, 16, Window.of(3, 1, 1)),
        ConvShape.plain(1, 50, 8, 16, 1, new Window(1, 8, 1, 4, 0, 0, 0, 0)),
        ConvShape.plain(1, 200, 1, 8, 1, new Window(1, 8, 1, 4, 0, 0, 0, 0)),
        ConvShape.plain(4, 4, 3, 2, 1, new Window(4, 4, 1, 1, 0, 0, 0, 0)),
        ConvShape.plain(3, 3, 2, 3, 1, Window.of(7, 1, 3)),
        // Pieces and pools, also those that overlap or leave a rest.
        new ConvShape(9, 9, 4, 12, 3, 2, Window.of(3, 1, 1), Window.ONE),
        new ConvShape(9, 9, 8, 12, 2, 4, Window.of(3, 2, 1), two),
        new ConvShape(20, 20, 1, 7, 1, 1, Window.of(3, 1, 1), Window.of(3, 3, 0)),
        new ConvShape(20, 20, 9, 17, 1, 1, Window.of(3, 1, 1), Window.of(3, 2, 0)),
        new ConvShape(20, 22, 2, 7, 1, 1, Window.of(3, 1, 1), Window.of(3, 1, 0)),
        new ConvShape(40, 11, 5, 16, 1, 1, Window.of(3, 1, 1), new Window(1, 3, 2, 3, 0, 0, 0, 0)));
  }

  private static float[] random(int n, int which) {
    return Samples.normal(n, which, 1);
  }

  /** Two of three zero, as after a ReLU and a pool. */
  private static float[] sparse(int n, int which) {
    float[] x = random(n, which);
    for (int i = 0; i < n; i++) {
      x[i] = x[i] > 0.4f ? x[i] : 0;
    }
    return x;
  }

  private static int[] winners(ConvShape c, int which) {
    var random = new RandomStream(7, Purpose.TEST, 1, which, 0);
    int[] w = new int[SAMPLES * c.outputs()];
    Arrays.setAll(w, i -> random.nextInt(c.pool().area() * c.pieces()));
    return w;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void forward(ConvShape c) {
    float[] x = random(SAMPLES * c.inputs(), 1);
    float[] w = random(c.filters() * c.taps(), 2);
    float[] bias = random(c.filters(), 3);
    float[] expected = new float[SAMPLES * c.outputs()];
    int[] expectedWinners = new int[expected.length];
    int[] given = winners(c, 4);
    float[] selected = new float[expected.length];
    ConvForward.scalar(c, x, SAMPLES, w, bias, expected, expectedWinners, false);
    ConvForward.scalar(c, x, SAMPLES, w, null, selected, given, true);
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        float[] y = random(expected.length, 5);
        int[] won = new int[y.length];
        ConvForward.convolve(workers, c, x, SAMPLES, w, bias, y, won);
        Bits.assertEqualBits(expected, y, c + " on " + threads);
        assertArrayEquals(expectedWinners, won);
        ConvForward.select(workers, c, x, SAMPLES, w, given, y);
        Bits.assertEqualBits(selected, y, c + " selected");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradients(ConvShape c) {
    for (int kind = 0; kind < 3; kind++) {
      int n = SAMPLES * c.outputs();
      float[] dy = kind == 1 ? random(n, 1) : sparse(n, 1);
      if (kind == 2) {
        // A sample that carries no gradient, in the middle.
        Arrays.fill(dy, c.outputs(), 2 * c.outputs(), -0f);
      }
      float[] x = random(SAMPLES * c.inputs(), 2);
      float[] w = random(c.filters() * c.taps(), 3);
      int[] won = winners(c, 4);
      float[] dx = new float[x.length];
      float[] dw = new float[w.length];
      ConvInput.scalar(c, dy, SAMPLES, w, won, dx);
      ConvWeight.scalar(c, dy, SAMPLES, x, won, dw);
      for (int threads = 1; threads <= 3; threads++) {
        try (Workers workers = new Workers(threads)) {
          float[] actual = random(dx.length, 5);
          ConvInput.gradient(workers, c, dy, SAMPLES, w, won, actual);
          Bits.assertEqualBits(dx, actual, c + " input on " + threads);
          actual = random(dw.length, 6);
          ConvWeight.gradient(workers, c, dy, SAMPLES, x, won, actual);
          Bits.assertEqualBits(dw, actual, c + " weight on " + threads);
        }
      }
    }
  }

  /** The definition in double precision: an index that both twins got wrong would show. */
  @ParameterizedTest
  @MethodSource("shapes")
  void convolutionIsTheDefinition(ConvShape shape) {
    ConvShape c =
        new ConvShape(
            shape.height(),
            shape.width(),
            shape.channels(),
            shape.units(),
            1,
            shape.groups(),
            shape.kernel(),
            Window.ONE);
    float[] x = random(c.inputs(), 1);
    float[] w = random(c.filters() * c.taps(), 2);
    float[] y = new float[c.outputs()];
    try (Workers workers = new Workers(1)) {
      ConvForward.convolve(workers, c, x, 1, w, null, y, null);
    }
    Window k = c.kernel();
    for (int oy = 0; oy < c.convRows(); oy++) {
      for (int ox = 0; ox < c.convColumns(); ox++) {
        for (int u = 0; u < c.units(); u++) {
          double sum = 0;
          for (int i = 0; i < c.depth(); i++) {
            for (int ky = 0; ky < k.height(); ky++) {
              for (int kx = 0; kx < k.width(); kx++) {
                int iy = oy * k.strideY() + ky - k.top();
                int ix = ox * k.strideX() + kx - k.left();
                if (iy >= 0 && iy < c.height() && ix >= 0 && ix < c.width()) {
                  int channel = u / (c.units() / c.groups()) * c.depth() + i;
                  sum +=
                      (double) x[(iy * c.width() + ix) * c.channels() + channel]
                          * w[((u * c.depth() + i) * k.height() + ky) * k.width() + kx];
                }
              }
            }
          }
          assertEquals(sum, y[(oy * c.convColumns() + ox) * c.units() + u], 2e-4);
        }
      }
    }
  }

  /** A convolution with pool and pieces is the maximum of the plain one's results. */
  @ParameterizedTest
  @MethodSource("shapes")
  void maximaAreThoseOfThePlainConvolution(ConvShape c) {
    ConvShape plain =
        ConvShape.plain(c.height(), c.width(), c.channels(), c.filters(), c.groups(), c.kernel());
    float[] x = random(c.inputs(), 1);
    float[] w = random(c.filters() * c.taps(), 2);
    float[] bias = random(c.filters(), 3);
    float[] y = new float[c.outputs()];
    float[] all = new float[plain.outputs()];
    int[] won = new int[y.length];
    try (Workers workers = new Workers(1)) {
      ConvForward.convolve(workers, c, x, 1, w, bias, y, won);
      ConvForward.convolve(workers, plain, x, 1, w, bias, all, null);
    }
    for (int i = 0; i < y.length; i++) {
      int q = i / c.units();
      float best = Float.NEGATIVE_INFINITY;
      int winner = -1;
      for (int k = 0; k < c.pool().area() * c.pieces(); k++) {
        int row = q / c.columns() * c.pool().strideY() + k / c.pieces() / c.pool().width();
        int column = q % c.columns() * c.pool().strideX() + k / c.pieces() % c.pool().width();
        int filter = i % c.units() * c.pieces() + k % c.pieces();
        float value = all[(row * c.convColumns() + column) * c.filters() + filter];
        if (value > best) {
          best = value;
          winner = k;
        }
      }
      if (!c.plain()) {
        assertEquals(winner, won[i], "winner of " + i);
      }
      assertEquals(best, y[i]);
    }
  }

  @Test
  void tieGoesToTheLowestPositionThenPiece() {
    ConvShape c = new ConvShape(2, 2, 1, 1, 2, 1, Window.ONE, Window.of(2, 2, 0));
    try (Workers workers = new Workers(1)) {
      float[] y = new float[1];
      int[] won = {-1};
      float[] x = {1, 3, 3, 3};
      ConvForward.convolve(workers, c, x, 1, new float[] {2, 2}, null, y, won);
      assertEquals(6, y[0]);
      assertEquals(2, won[0]);
    }
  }

  /** A sample's share of the weight gradient is its own chain: the batch's is their plain sum. */
  @Test
  void weightGradientAddsUpTheSamples() {
    ConvShape c = shapes().skip(1).findFirst().orElseThrow();
    float[] dy = sparse(SAMPLES * c.outputs(), 1);
    float[] x = random(SAMPLES * c.inputs(), 2);
    int[] won = winners(c, 4);
    float[] sum = new float[c.filters() * c.taps()];
    float[] share = new float[sum.length];
    float[] all = new float[sum.length];
    try (Workers workers = new Workers(2)) {
      ConvWeight.gradient(workers, c, dy, SAMPLES, x, won, all);
      for (int s = 0; s < SAMPLES; s++) {
        int at = s * c.outputs();
        ConvWeight.gradient(
            workers,
            c,
            Arrays.copyOfRange(dy, at, at + c.outputs()),
            1,
            Arrays.copyOfRange(x, s * c.inputs(), (s + 1) * c.inputs()),
            Arrays.copyOfRange(won, at, at + c.outputs()),
            share);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += share[i];
        }
      }
    }
    Bits.assertEqualBits(sum, all);
  }

  @Test
  void sameBorderGivesCeilings() {
    for (int n = 1; n < 20; n++) {
      for (int size = 1; size < 9; size++) {
        for (int stride = 1; stride < 5; stride++) {
          Window w = Window.same(size, size, stride, stride, n, n + 1);
          assertEquals((n + stride - 1) / stride, w.rows(n), w + " on " + n);
          assertEquals((n + stride) / stride, w.columns(n + 1));
          assertTrue(w.bottom() - w.top() >= 0 && w.bottom() - w.top() <= 1);
        }
      }
    }
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    Window three = Window.of(3, 1, 0);
    for (Runnable bad :
        new Runnable[] {
          () -> ConvShape.plain(2, 5, 1, 1, 1, three),
          () -> ConvShape.plain(5, 5, 3, 4, 2, three),
          () -> ConvShape.plain(5, 5, 4, 3, 2, three),
          () -> ConvShape.plain(5, 5, 0, 3, 1, three),
          () -> new ConvShape(5, 5, 1, 1, 1, 1, three, Window.of(4, 1, 0)),
          () -> new ConvShape(5, 5, 1, 1, 1, 1, three, Window.of(2, 1, 1)),
        }) {
      var e = assertThrows(IllegalArgumentException.class, bad::run);
      assertTrue(e.getMessage().startsWith("Convolution: got "), e.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> Window.of(0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> Window.of(1, 1, -1));
  }
}
