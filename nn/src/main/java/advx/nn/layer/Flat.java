package advx.nn.layer;

import advx.engine.Var;
import advx.engine.op.ChannelsFirst;

/**
 * Images as rows: channel by channel, as other tools flatten them, so that weights on top of them
 * mean the same there.
 */
public final class Flat {
  private Flat() {}

  /** The same samples as [samples, numbers]. */
  public static Var flat(Var x) {
    return x.value().rank() == 2 ? x : ChannelsFirst.channelsFirst(x);
  }
}
