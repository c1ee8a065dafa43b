package advx.bench.roofline;

/**
 * A kernel under the roof.
 *
 * @param bytes compulsory traffic of a call
 * @param flops operations of a call
 * @param nanos the best time of a call
 * @param peak the ruler's peak right beside it, in GFLOP/s
 * @param limit what the roof allows, in GFLOP/s
 */
record Point(String name, double bytes, double flops, double nanos, double peak, double limit) {
  double intensity() {
    return flops / bytes;
  }

  double gflops() {
    return flops / nanos;
  }

  double gbytes() {
    return bytes / nanos;
  }

  double ofPeak() {
    return gflops() / peak;
  }

  /** Above 1 where operands stayed in a cache that the roof knows nothing of. */
  double ofLimit() {
    return gflops() / limit;
  }
}
