package advx.peers.work;

import java.nio.file.Path;

/**
 * How a peer is to run.
 *
 * @param variant one of several ways to use the same library; empty for the only one
 * @param threads how many threads compute
 * @param digits a file of real images, see {@link Inputs#digits}; it need not exist
 */
public record Setup(String variant, int threads, Path digits) {}
