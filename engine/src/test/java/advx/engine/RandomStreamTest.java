package advx.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RandomStreamTest {
  private static final int N = 200_000;

  private static RandomStream stream(long seed, int layer, int step, int sample) {
    return new RandomStream(seed, Purpose.TEST, layer, step, sample);
  }

  @Test
  void elementsAreTheWordsOfTheBlocks() {
    RandomStream random = stream(77, 3, 4, 5);
    int[] words = new int[4];
    for (int e = 0; e < 41; e++) {
      Philox.block(e / 4, 5, 4, Philox.stream(Purpose.TEST, 3), 77, words, 0);
      assertEquals(words[e % 4], random.nextInt());
    }
    RandomStream again = stream(77, 3, 4, 5);
    long low = again.nextInt() & 0xFFFFFFFFL;
    long high = again.nextInt() & 0xFFFFFFFFL;
    assertEquals(low | high << 32, stream(77, 3, 4, 5).nextLong());
  }

  /** Standard errors: mean 0.00065, second moment 0.0002 about 1/12. */
  @Test
  void uniformMoments() {
    RandomStream random = stream(1, 0, 0, 0);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < N; i++) {
      double u = random.uniform();
      assertTrue(u >= 0 && u < 1);
      sum += u;
      squares += (u - 0.5) * (u - 0.5);
    }
    assertEquals(0.5, sum / N, 0.003);
    assertEquals(1.0 / 12, squares / N, 0.001);
  }

  /** Standard errors: 0.0022, 0.0032, 0.0087 and 0.022 for the first four moments. */
  @Test
  void normalMoments() {
    RandomStream random = stream(2, 0, 0, 0);
    double[] moment = new double[5];
    double pairs = 0;
    double before = 0;
    for (int i = 0; i < N; i++) {
      double z = random.normal();
      double power = 1;
      for (int k = 1; k <= 4; k++) {
        power *= z;
        moment[k] += power / N;
      }
      pairs += before * z / N;
      before = z;
    }
    assertEquals(0, moment[1], 0.01);
    assertEquals(1, moment[2], 0.015);
    assertEquals(0, moment[3], 0.04);
    assertEquals(3, moment[4], 0.1);
    assertEquals(0, pairs, 0.01);
  }

  @Test
  void boundedNumbersAreUniform() {
    RandomStream random = stream(3, 0, 0, 0);
    int[] count = new int[7];
    for (int i = 0; i < 70_000; i++) {
      count[random.nextInt(7)]++;
    }
    for (int c : count) {
      assertEquals(10_000, c, 460);
    }
    assertEquals(0, random.nextInt(1));
    for (int i = 0; i < 1000; i++) {
      float u = random.uniform(-3, 5);
      assertTrue(u >= -3 && u < 5);
    }
  }

  @Test
  void anyOrderGivesTheSameNumbers() {
    RandomStream one = stream(4, 1, 0, 0);
    float[][] ahead = new float[6][11];
    for (int sample = 0; sample < 6; sample++) {
      one.restart(9, sample);
      for (int i = 0; i < 11; i++) {
        ahead[sample][i] = one.normal();
      }
    }
    for (int sample = 5; sample >= 0; sample--) {
      one.restart(9, sample);
      RandomStream fresh = stream(4, 1, 9, sample);
      for (int i = 0; i < 11; i++) {
        assertEquals(ahead[sample][i], one.normal());
        assertEquals(ahead[sample][i], fresh.normal());
      }
    }
  }

  /** A spare normal of the old sample must not leak into the new one. */
  @Test
  void restartForgetsTheSpareNormal() {
    RandomStream random = stream(5, 0, 0, 0);
    float first = random.normal();
    random.restart(0, 0);
    assertEquals(first, random.normal());
  }

  /** 20,000 products of normals: five standard deviations are 0.035. */
  @Test
  void streamsThatDifferInOnePlaceAreIndependent() {
    RandomStream base = stream(6, 1, 2, 3);
    RandomStream[] others = {
      stream(7, 1, 2, 3),
      stream(6 | 1L << 32, 1, 2, 3),
      stream(6, 2, 2, 3),
      stream(6, 1, 3, 3),
      stream(6, 1, 2, 4),
      new RandomStream(6, Purpose.NOISE, 1, 2, 3)
    };
    double[] correlation = new double[others.length];
    for (int i = 0; i < 20_000; i++) {
      float z = base.normal();
      for (int k = 0; k < others.length; k++) {
        correlation[k] += z * others[k].normal() / 20_000;
      }
    }
    for (double c : correlation) {
      assertEquals(0, c, 0.035);
    }
  }
}
