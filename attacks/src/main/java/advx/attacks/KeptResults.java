package advx.attacks;

import advx.attacks.AttackResult.Sample;
import advx.attacks.measure.Decision;
import java.nio.ByteBuffer;

/** The results of a chunk as bytes: samples from … to−1, and their perturbed inputs. */
final class KeptResults {
  /** Eight whole numbers, eight of double size, and a truth value. */
  private static final int BYTES = 8 * Integer.BYTES + 8 * Double.BYTES + 1;

  private KeptResults() {}

  /** Writes out what a run has found of some samples. */
  static byte[] bytes(Sample[] found, int from, int to, float[] inputs) {
    ByteBuffer out = ByteBuffer.allocate((to - from) * BYTES + inputs.length * Float.BYTES);
    for (int i = from; i < to; i++) {
      Sample s = found[i];
      out.putInt(s.index()).putInt(s.label()).putInt(s.target());
      put(out, s.clean());
      put(out, s.attacked());
      out.put((byte) (s.admissible() ? 1 : 0));
      out.putDouble(s.linf()).putDouble(s.l2()).putDouble(s.l1());
      GradientCount g = s.gradients();
      out.putInt(s.firstStep()).putInt(g.taken()).putInt(g.zero());
      // Those with a NaN and with an infinite element share a number: both are few.
      out.putLong(((long) g.nan() << 32) | g.infinite());
    }
    out.asFloatBuffer().put(inputs);
    return out.array();
  }

  private static void put(ByteBuffer out, Decision said) {
    out.putInt(said.prediction()).putDouble(said.confidence()).putDouble(said.margin());
  }

  /** Reads it back, the seed being the attack's; the perturbed inputs go to {@code inputs}. */
  static void read(byte[] bytes, long seed, Sample[] found, int from, int to, float[] inputs) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    for (int i = from; i < to; i++) {
      int index = in.getInt();
      int label = in.getInt();
      int target = in.getInt();
      Decision clean = decision(in);
      Decision attacked = decision(in);
      boolean admissible = in.get() != 0;
      double linf = in.getDouble();
      double l2 = in.getDouble();
      double l1 = in.getDouble();
      int firstStep = in.getInt();
      int taken = in.getInt();
      int zero = in.getInt();
      long few = in.getLong();
      found[i] =
          new Sample(
              index,
              label,
              target,
              clean,
              attacked,
              admissible,
              linf,
              l2,
              l1,
              firstStep,
              new GradientCount(taken, zero, (int) (few >>> 32), (int) few),
              seed);
    }
    in.asFloatBuffer().get(inputs);
  }

  private static Decision decision(ByteBuffer in) {
    return new Decision(in.getInt(), in.getDouble(), in.getDouble());
  }
}
