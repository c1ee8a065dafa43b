package advx.attacks;

import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;

/**
 * A step of the whole budget in a random direction, without any gradient: ε·sign at random on every
 * element in L∞, ε·u with u uniform on the sphere in L2, ±ε on one random element in L1.
 *
 * <p>Not an attack to be feared but a yardstick: a gradient attack that does no better has found
 * nothing (Goodfellow et al. 2015, §6, noise controls). The noise of a sample is drawn from (seed,
 * its index in the data set) and nothing else.
 */
public record RandomNoise(ThreatModel threat, boolean clip, long seed) implements Attack {
  public RandomNoise {
    if (clip && !threat.box().limits()) {
      throw new InputException(
          "Noise is set to clip, but its threat model has no box: give the box of the data, or no"
              + " clipping.");
    }
  }

  @Override
  public String name() {
    return "noise";
  }

  /** It has none, and counts every wrong class. */
  @Override
  public Aim aim() {
    return Aim.TRUE_LABEL;
  }

  @Override
  public boolean clips() {
    return clip;
  }

  @Override
  public RandomNoise withEpsilon(double epsilon) {
    return new RandomNoise(threat.withEpsilon(epsilon), clip, seed);
  }

  @Override
  public String describe() {
    return "%s %s clip=%s seed=%d".formatted(name(), threat, clip ? "yes" : "no", seed);
  }

  @Override
  public void craft(Batch batch) {
    float[] x = batch.x().data();
    float[] out = batch.adversarial().data();
    int n = batch.x().columns();
    float[] direction = batch.direction();
    double[] delta = batch.delta();
    RandomStream random = batch.scratch(RandomStream.class, RandomStream::new);
    random.key(seed, Purpose.NOISE, 0);
    for (int row = 0; row < batch.size(); row++) {
      draw(random.restart(0, batch.samples()[row]), direction);
      Steps.steepest(threat.norm(), direction, 0, threat.epsilon(), delta);
      for (int i = 0; i < n; i++) {
        float moved = Steps.add(x[row * n + i], delta[i]);
        out[row * n + i] = clip ? threat.box().clip(moved) : moved;
      }
    }
  }

  private void draw(RandomStream random, float[] direction) {
    switch (threat.norm()) {
      case LINF -> {
        for (int i = 0; i < direction.length; i++) {
          direction[i] = random.nextInt() < 0 ? -1 : 1;
        }
      }
      case L2 -> {
        for (int i = 0; i < direction.length; i++) {
          direction[i] = random.normal();
        }
      }
      case L1 -> {
        java.util.Arrays.fill(direction, 0);
        direction[random.nextInt(direction.length)] = random.nextInt() < 0 ? -1 : 1;
      }
    }
  }
}
