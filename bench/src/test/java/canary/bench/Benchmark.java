package canary.bench;

/** A benchmark for others to know. */
public final class Benchmark {}
