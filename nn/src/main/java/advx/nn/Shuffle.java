package advx.nn;

import advx.engine.Philox;
import advx.engine.Purpose;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.Arrays;

/**
 * The order of the samples in an epoch: sorted by a random 64-bit key of each, ties by index. The
 * keys depend on seed, epoch and index alone: two keys a block of {@link Philox}.
 */
final class Shuffle {
  private final long[] keys;
  private final int[] order;
  private final int[] block = new int[4];

  Shuffle(int samples) {
    keys = new long[samples];
    order = new int[samples];
  }

  /** The order of this epoch; the array is used again for the next one. */
  int[] order(long seed, int epoch) {
    for (int i = 0; i < keys.length; i++) {
      if ((i & 1) == 0) {
        Philox.block(i >>> 1, 0, epoch, Philox.stream(Purpose.SHUFFLE, 0), seed, block, 0);
      }
      int at = (i & 1) << 1;
      keys[i] = ((long) block[at + 1] << 32) | (block[at] & 0xFFFFFFFFL);
    }
    Arrays.setAll(order, i -> i);
    LongArrays.radixSortIndirect(order, keys, true);
    return order;
  }
}
