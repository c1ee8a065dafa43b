package advx.engine.kernel;

import advx.engine.Workers;
import java.util.HashMap;
import java.util.Map;

/**
 * The input gradient of a plain convolution where most of dy is not zero: a convolution of dy with
 * the kernels turned round and units and channels exchanged, and {@link ConvForward} computes it in
 * the very order of {@link ConvInput}, whose scalar twin is this one's too. Which of the two runs
 * changes no bit, as long as the weights are finite.
 *
 * <p>With a stride, pixels of one remainder see their own taps of the kernel: a convolution for
 * each phase of rows and columns, whose pixels are then put between those of the others.
 *
 * <pre>
 *  y + top = stride·r + ky:  stride 2, kernel 3    even pixels see ky 2, 0    odd ones ky 1
 * </pre>
 */
final class ConvInputDense implements Workers.Task {
  /** The share of dy, in percent, above which the lists of {@link ConvInput} cost more. */
  private static final int SHARE = 40;

  /** As many numbers of dy are looked at. */
  private static final int LOOKED = 1 << 12;

  private final Map<ConvShape, Phase[]> known = new HashMap<>();
  private ConvShape shape;
  private Phase phase;
  private float[] weights = {};
  private float[] part = {};
  private float[] dx;

  /**
   * The pixels (y, x) of dx with y = top + stride·i, x = left + stride·j.
   *
   * @param turned the convolution that leads to them
   * @param ky the kernel row that the last tap of a turned kernel is
   */
  private record Phase(ConvShape turned, int top, int left, int ky, int kx) {}

  static boolean fits(Workers workers, ConvShape c, float[] dy, int samples) {
    if (!c.plain() || !dense(dy, samples * c.outputs())) {
      return false;
    }
    return workers.scratch(ConvInputDense.class, ConvInputDense::new).phases(c).length > 0;
  }

  /** Whether most of dy is not zero, by a look at some of it. */
  static boolean dense(float[] dy, int n) {
    int step = n / LOOKED | 1;
    int some = 0;
    int looked = 0;
    for (int i = 0; i < n; i += step) {
      some += ConvPlane.oneUnlessZero(dy[i]);
      looked++;
    }
    return 100L * some > (long) SHARE * looked;
  }

  static void gradient(
      Workers workers, ConvShape c, float[] dy, int samples, float[] w, float[] dx) {
    ConvInputDense job = workers.scratch(ConvInputDense.class, ConvInputDense::new);
    job.shape = c;
    job.weights = Gemm.grown(job.weights, c.filters() * c.taps());
    Phase[] phases = job.phases(c);
    for (Phase phase : phases) {
      ConvShape turned = phase.turned();
      turn(c, phase, w, job.weights);
      if (phases.length == 1) {
        ConvForward.convolve(workers, turned, dy, samples, job.weights, null, dx, null);
      } else {
        job.part = Gemm.grown(job.part, samples * turned.outputs());
        ConvForward.convolve(workers, turned, dy, samples, job.weights, null, job.part, null);
        job.phase = phase;
        job.dx = dx;
        workers.run(samples, job);
      }
    }
  }

  /** Those of a shape; none if one of them would need a border that cuts dy. */
  private Phase[] phases(ConvShape c) {
    Phase[] found = known.get(c);
    if (found == null) {
      Window k = c.kernel();
      found = new Phase[k.strideY() * k.strideX()];
      for (int i = 0; i < found.length && found.length > 0; i++) {
        Phase next = phase(c, i / k.strideX(), i % k.strideX());
        found = next == null ? new Phase[0] : found;
        if (next != null) {
          found[i] = next;
        }
      }
      known.put(c, found);
    }
    return found;
  }

  private static Phase phase(ConvShape c, int y, int x) {
    Window k = c.kernel();
    int top = Math.floorMod(y - k.top(), k.strideY());
    int left = Math.floorMod(x - k.left(), k.strideX());
    int height = Math.ceilDiv(k.height() - y, k.strideY());
    int width = Math.ceilDiv(k.width() - x, k.strideX());
    int rows = Math.ceilDiv(c.height() - top, k.strideY());
    int columns = Math.ceilDiv(c.width() - left, k.strideX());
    int above = height - 1 - (top + k.top() - y) / k.strideY();
    int before = width - 1 - (left + k.left() - x) / k.strideX();
    int below = rows + height - 1 - above - c.convRows();
    int after = columns + width - 1 - before - c.convColumns();
    if (Math.min(Math.min(height, width), Math.min(rows, columns)) < 1
        || Math.min(Math.min(above, before), Math.min(below, after)) < 0) {
      return null;
    }
    Window back = new Window(height, width, 1, 1, above, before, below, after);
    int from = c.units();
    int to = c.channels();
    ConvShape turned = ConvShape.plain(c.convRows(), c.convColumns(), from, to, c.groups(), back);
    return new Phase(turned, top, left, y, x);
  }

  /**
   * [unit][channel of the group][tap] to [channel][unit of the group][last tap of a phase first].
   */
  private static void turn(ConvShape c, Phase phase, float[] w, float[] turned) {
    Window k = c.kernel();
    Window own = phase.turned().kernel();
    int units = c.unitsPerGroup();
    for (int u = 0; u < c.units(); u++) {
      int group = u / units;
      for (int i = 0; i < c.depth(); i++) {
        int from = (u * c.depth() + i) * k.area();
        int to = ((group * c.depth() + i) * units + u % units) * own.area();
        for (int row = own.height() - 1; row >= 0; row--) {
          int ky = phase.ky() + row * k.strideY();
          for (int column = own.width() - 1; column >= 0; column--) {
            turned[to++] = w[from + ky * k.width() + phase.kx() + column * k.strideX()];
          }
        }
      }
    }
  }

  /** Puts one sample's pixels of a phase into their places. */
  @Override
  public void run(int sample, int worker) {
    Window k = shape.kernel();
    ConvShape turned = phase.turned();
    int channels = shape.channels();
    int from = sample * turned.outputs();
    for (int i = 0; i < turned.rows(); i++) {
      int row = phase.top() + i * k.strideY();
      int to = sample * shape.inputs() + (row * shape.width() + phase.left()) * channels;
      for (int j = 0; j < turned.columns(); j++) {
        System.arraycopy(part, from, dx, to, channels);
        from += channels;
        to += k.strideX() * channels;
      }
    }
  }
}
