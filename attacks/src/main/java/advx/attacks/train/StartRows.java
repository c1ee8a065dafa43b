package advx.attacks.train;

import advx.attacks.Box;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.engine.kernel.BallStep;
import advx.nn.Pass;
import java.util.Arrays;

/**
 * Where the walks of a batch start and how far they may go, for samples that threads share: low and
 * high are the ball of radius ε within the box, the start x + U(−ε, ε) clipped to the box, drawn
 * from (seed, update, the sample's index). One object serves a pool.
 */
final class StartRows implements Workers.Task {
  private RandomStream[] random = {};
  private Pass pass;
  private Tensor x;
  private double epsilon;
  private Box box;
  private Tensor start;
  private Tensor low;
  private Tensor high;

  void draw(
      Pass training,
      Tensor clean,
      double radius,
      Box limits,
      Tensor starts,
      Tensor lows,
      Tensor highs) {
    pass = training;
    x = clean;
    epsilon = radius;
    box = limits;
    start = starts;
    low = lows;
    high = highs;
    Workers workers = pass.tape().workers();
    if (random.length < workers.threads()) {
      random = new RandomStream[workers.threads()];
      Arrays.setAll(random, i -> new RandomStream());
    }
    workers.run(x.rows(), this);
  }

  @Override
  public void run(int row, int worker) {
    RandomStream own = random[worker].key(pass.seed(), Purpose.TRAINING_NOISE, 0);
    own.restart(pass.step(), pass.samples()[row]);
    int n = x.columns();
    for (int i = row * n; i < (row + 1) * n; i++) {
      float clean = x.data()[i];
      low.data()[i] = box.clip(BallStep.add(clean, -epsilon));
      high.data()[i] = box.clip(BallStep.add(clean, epsilon));
      start.data()[i] = box.clip(BallStep.add(clean, epsilon * own.uniform(-1, 1)));
    }
  }
}
