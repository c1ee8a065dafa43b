package advx.engine.op;

import advx.engine.RandomStream;
import advx.engine.op.OpCase.Draw;
import java.util.function.ToDoubleFunction;

/** How inputs are drawn, so that no operation stands at a kink or outside its domain. */
final class Draws {
  private Draws() {}

  /** Uniform in [low, high). */
  static Draw between(float low, float high) {
    return each(random -> random.uniform(low, high));
  }

  /** Between ¼ and reach away from a kink, on either side. */
  static Draw away(float kink, float reach) {
    return each(
        random -> {
          float distance = random.uniform(0.25f, reach);
          return random.nextInt() < 0 ? kink - distance : kink + distance;
        });
  }

  /** Multiples of 0.01 in a random order, no two equal: no maximum is near a tie. */
  static Draw distinct() {
    return (size, random) -> {
      float[] x = new float[size];
      for (int i = 0; i < size; i++) {
        int j = random.nextInt(i + 1);
        x[i] = x[j];
        x[j] = i * 0.01f - 1;
      }
      return x;
    };
  }

  /** Whole numbers from −2 to 2. */
  static Draw integers() {
    return each(random -> random.nextInt(5) - 2);
  }

  /**
   * Whole numbers plus p/pieces for the piece p of a unit: added to whole numbers, no two pieces
   * are nearer to each other than 1/pieces.
   */
  static Draw apart(int pieces) {
    return (size, random) -> {
      float[] x = integers().numbers(size, random);
      for (int i = 0; i < size; i++) {
        x[i] += (float) (i % pieces) / pieces;
      }
      return x;
    };
  }

  private static Draw each(ToDoubleFunction<RandomStream> draw) {
    return (size, random) -> {
      float[] x = new float[size];
      for (int i = 0; i < size; i++) {
        x[i] = (float) draw.applyAsDouble(random);
      }
      return x;
    };
  }
}
