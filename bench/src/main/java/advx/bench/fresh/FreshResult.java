package advx.bench.fresh;

import java.util.Arrays;

/**
 * One kernel in all JVMs.
 *
 * @param nanos its best time in each
 * @param peaks the peak measured beside it, in GFLOP/s
 * @param flops of a call
 */
record FreshResult(String name, double flops, double[] nanos, double[] peaks) {
  /** What a kernel may not reach: no coin toss of the compiler. */
  static final double LIMIT = 1.25;

  /** Nothing timed yet. */
  FreshResult(String name, double flops, int jvms) {
    this(name, flops, new double[jvms], new double[jvms]);
    Arrays.fill(nanos, Double.POSITIVE_INFINITY);
  }

  /** One more time in that JVM: the best of all counts. */
  void add(int jvm, double time, double peak) {
    nanos[jvm] = Math.min(nanos[jvm], time);
    peaks[jvm] = Math.max(peaks[jvm], peak);
  }

  /** Whether this kernel is unsteady, and that JVM not within the limit of the fastest. */
  boolean slow(int jvm) {
    double fastest = LIMIT * Arrays.stream(nanos).min().orElseThrow();
    double least = LIMIT * Arrays.stream(work()).min().orElseThrow();
    return !steady() && (nanos[jvm] >= fastest || work()[jvm] >= least);
  }

  /** Slowest over fastest, as the clock says. */
  double spread() {
    return ratio(nanos);
  }

  /**
   * Slowest over fastest, each time multiplied by the peak beside it: the operations that the
   * machine could have done meanwhile. A machine that is slower for a while, or shared, is slower
   * for the ruler too.
   */
  double steadySpread() {
    return ratio(work());
  }

  private double[] work() {
    double[] work = new double[nanos.length];
    Arrays.setAll(work, i -> nanos[i] * peaks[i]);
    return work;
  }

  /** GFLOP/s of the fastest. */
  double bestGflops() {
    return flops / Arrays.stream(nanos).min().orElseThrow();
  }

  /**
   * Whether either figure is below the limit: a machine that is slower for a while shows in the
   * clock alone, a ruler that was disturbed in the other alone, and a kernel of two speeds in both.
   */
  boolean steady() {
    return Math.min(spread(), steadySpread()) < LIMIT;
  }

  private static double ratio(double[] values) {
    return Arrays.stream(values).max().orElseThrow() / Arrays.stream(values).min().orElseThrow();
  }
}
