package advx.bench.roofline;

/**
 * The ceilings of this machine on so many threads.
 *
 * @param threads on which they were measured
 * @param peak GFLOP/s of independent multiply-adds
 * @param cache GB/s of arrays that stay in the second cache
 * @param memory GB/s of arrays that do not fit into the caches
 */
record Roof(int threads, double peak, double cache, double memory) {
  /** Operands up to this size a thread count as staying in the cache. */
  private static final double CACHE_BYTES = 512 * 1024;

  /** GFLOP/s that the memory allows to so many operations for each byte. */
  double underMemory(double intensity) {
    return Math.min(peak, memory * intensity);
  }

  /** GFLOP/s that the cache allows. */
  double underCache(double intensity) {
    return Math.min(peak, cache * intensity);
  }

  /** From so many operations for each byte on, the memory is no limit any more. */
  double ridge() {
    return peak / memory;
  }

  /** Whether operands of this size stay in the cache from one call to the next. */
  boolean inCache(double bytes) {
    return bytes <= CACHE_BYTES * threads;
  }

  /** GFLOP/s at most for a kernel of this traffic. */
  double limit(double intensity, double bytes) {
    return inCache(bytes) ? underCache(intensity) : underMemory(intensity);
  }
}
