package advx.peers.own;

import advx.engine.Workers;
import advx.engine.kernel.Gemm;
import advx.engine.kernel.Lanes;
import advx.engine.kernel.Ruler;
import advx.engine.warm.WarmUp;
import advx.peers.work.Inputs;
import advx.peers.work.Peer;
import advx.peers.work.Setup;
import advx.peers.work.Subject;
import advx.peers.work.Work;
import java.time.Duration;
import java.util.Map;

/** This engine, by its public interface; and the ruler that measures the machine beside it. */
public final class AdvxPeer implements Peer {
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private final Setup setup;
  private final Workers workers;

  public AdvxPeer(Setup setup) {
    this.setup = setup;
    workers = new Workers(setup.threads());
    WarmUp.run(workers, WARM_UP);
  }

  @Override
  public Map<String, String> describe() {
    return Map.of(
        "version", "this build",
        "vectors", Lanes.describe(),
        "threads", Integer.toString(workers.threads()));
  }

  @Override
  public Work work(Subject subject) {
    return switch (subject) {
      case Subject.Sgemm s -> new Product(s);
      case Subject.Maxout s -> new MaxoutStep(workers, s, Inputs.images(s, setup.digits()));
      case Subject.SoftmaxFgsm s -> new SoftmaxAttack(workers, Inputs.dense(s.samples()));
      case Subject.CnnStep s -> new ConvNet.Step(workers, Inputs.dense(s.batch()));
      case Subject.CnnPgd s -> new ConvNet.Attack(workers, Inputs.dense(s.samples()));
    };
  }

  @Override
  public double limit(String name) {
    return switch (name) {
      case "peak" -> Ruler.peakGflops(workers);
      case "memory" -> Ruler.bandwidthGBs(workers);
      default -> Peer.super.limit(name);
    };
  }

  @Override
  public void close() {
    workers.close();
  }

  private final class Product implements Work {
    private final Subject.Sgemm s;
    private final float[] a;
    private final float[] b;
    private final float[] c;

    Product(Subject.Sgemm s) {
      this.s = s;
      a = Inputs.a(s);
      b = Inputs.b(s);
      c = new float[s.m() * s.n()];
    }

    @Override
    public void call() {
      Gemm.product(
          workers, s.transA(), s.transB(), s.m(), s.n(), s.k(), a, s.lda(), b, s.ldb(), c, s.n());
    }

    @Override
    public float[] result() {
      return Inputs.sample(c);
    }
  }
}
