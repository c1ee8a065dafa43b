package advx.attacks;

import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Workers;
import advx.engine.kernel.BoundedStep;

/**
 * The starts and steps of {@link Pgd}, all samples at once on all threads. One object serves a
 * whole run and allocates nothing once it has seen the attack.
 */
final class PgdMoves implements Workers.Task {
  /** Samples in one piece of work: some microseconds. */
  private static final int ROWS = 8;

  private Pgd attack;
  private ActiveSet active;
  private int n;
  private int restart;
  private float[] gradient;
  private double[][] deltas = {};
  private float[][] directions = {};
  private RandomStream[] streams = {};
  private long streamSeed;

  /** Puts every sample where its walk starts. */
  void start(Pgd newAttack, ActiveSet set, int newRestart) {
    restart = newRestart;
    gradient = null;
    run(newAttack, set);
  }

  /** Takes the gradient and goes one step. */
  void step(Pgd newAttack, ActiveSet set) {
    gradient = set.gradient();
    run(newAttack, set);
  }

  private void run(Pgd newAttack, ActiveSet set) {
    attack = newAttack;
    active = set;
    n = set.batch().x().columns();
    Workers workers = set.batch().tape().workers();
    if (deltas.length != workers.threads()) {
      deltas = new double[workers.threads()][n];
      directions = new float[workers.threads()][n];
      streams = new RandomStream[workers.threads()];
    }
    if (streams[0] == null || streamSeed != attack.seed()) {
      streamSeed = attack.seed();
      for (int w = 0; w < streams.length; w++) {
        streams[w] = new RandomStream(streamSeed, Purpose.RANDOM_START, 0, 0, 0);
      }
    }
    workers.run(Math.ceilDiv(set.slots(), ROWS), this);
  }

  @Override
  public void run(int piece, int worker) {
    int end = Math.min(active.slots(), (piece + 1) * ROWS);
    for (int slot = piece * ROWS; slot < end; slot++) {
      if (gradient == null) {
        start(slot, worker);
      } else if (active.works(slot)) {
        step(slot, worker);
      }
    }
  }

  private void start(int slot, int worker) {
    int at = slot * n;
    int from = active.row(slot) * n;
    float[] x = active.batch().x().data();
    double epsilon = attack.threat().epsilon();
    Box box = attack.threat().box();
    java.util.Arrays.fill(active.velocity(), at, at + n, 0);
    double[] delta = deltas[worker];
    if (attack.walk().randomStart()) {
      RandomStream random = streams[worker].restart(restart, sample(slot));
      RandomStart.draw(attack.threat().norm(), epsilon, random, directions[worker], delta);
    } else {
      java.util.Arrays.fill(delta, 0);
    }
    for (int i = 0; i < n; i++) {
      float low = Steps.add(x[from + i], -epsilon);
      float high = Steps.add(x[from + i], epsilon);
      active.low()[at + i] = attack.clip() ? box.clip(low) : low;
      active.high()[at + i] = attack.clip() ? box.clip(high) : high;
      float moved = Steps.add(x[from + i], delta[i]);
      active.x()[at + i] = attack.clip() && delta[i] != 0 ? box.clip(moved) : moved;
    }
  }

  private int sample(int slot) {
    return active.batch().samples()[active.row(slot)];
  }

  private void step(int slot, int worker) {
    int at = slot * n;
    float peak = active.batch().counts().add(active.row(slot), gradient, at, n);
    float[] along = gradient;
    if (attack.walk().momentum() > 0) {
      along = active.velocity();
      keepSpeed(along, at, peak);
    } else if (peak == 0 || Float.isNaN(peak)) {
      return;
    }
    double step = attack.aim().sign() * attack.walk().size().within(attack.threat().epsilon());
    if (attack.threat().norm() == Norm.LINF) {
      BoundedStep.step(active.x(), along, (float) step, active.low(), active.high(), at, n);
    } else {
      project(slot, along, step, worker);
    }
  }

  /** v ← μ·v + g/‖g‖₁; a gradient without direction adds nothing. */
  private void keepSpeed(float[] velocity, int at, float peak) {
    double sum = 0;
    for (int i = at; i < at + n; i++) {
      sum += Math.abs(gradient[i]);
    }
    float momentum = (float) attack.walk().momentum();
    boolean points = peak > 0 && peak < Float.POSITIVE_INFINITY;
    for (int i = at; i < at + n; i++) {
      float share = points ? (float) (gradient[i] / sum) : 0;
      velocity[i] = Math.fma(momentum, velocity[i], share);
    }
  }

  private void project(int slot, float[] along, double step, int worker) {
    int at = slot * n;
    int from = active.row(slot) * n;
    float[] clean = active.batch().x().data();
    float[] x = active.x();
    float[] inside = directions[worker];
    double[] delta = deltas[worker];
    Box box = attack.threat().box();
    if (attack.clip()) {
      Steps.insideBox(x, at, along, at, attack.aim().sign(), box, inside);
    } else {
      System.arraycopy(along, at, inside, 0, n);
    }
    Steps.steepest(attack.threat().norm(), inside, 0, step, delta);
    for (int i = 0; i < n; i++) {
      delta[i] += (double) x[at + i] - clean[from + i];
    }
    Projection.onto(attack.threat().norm(), attack.threat().epsilon(), delta);
    for (int i = 0; i < n; i++) {
      float moved = Steps.add(clean[from + i], delta[i]);
      x[at + i] = attack.clip() ? box.clip(moved) : moved;
    }
  }
}
