package advx.attacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.optimal.CarliniWagner;
import advx.attacks.optimal.CarliniWagner.Kind;
import advx.attacks.optimal.MarginPoints;
import advx.attacks.optimal.Search;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunKeeperTest {
  private static final int SAMPLES = 270;

  /** Kills the run after some writes: what was written stays. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final class Memory implements RunKeeper {
    final Map<String, byte[]> kept = new HashMap<>();
    final List<Double> shares = new ArrayList<>();
    int reads;
    int left;
    private int calls;

    @Override
    public byte[] read(String name) {
      byte[] found = kept.get(name);
      reads += found == null ? 0 : 1;
      return found;
    }

    @Override
    public void write(String name, byte[] bytes) {
      kept.put(name, bytes.clone());
      if (left-- == 0) {
        throw new Killed();
      }
    }

    @Override
    public boolean due() {
      return ++calls % 17 == 0;
    }

    @Override
    public void progress(double share) {
      shares.add(share);
    }
  }

  private static final Network MODEL =
      Fixtures.network("dense(12,init=normal:0.5) tanh dense(4,init=normal:1) softmax", 20, 2);
  private static final Tensor X = Fixtures.uniform(7, SAMPLES, 20);
  private static final int[] LABELS = IntStream.range(0, SAMPLES).map(i -> i % 4).toArray();

  private static List<Attack> attacks() {
    ThreatModel threat = new ThreatModel(Norm.L2, 0.8, Box.UNIT);
    Search search = new Search(0.05, 30, 3, 0.5, true);
    return List.of(
        CarliniWagner.of(Kind.CW, threat, Aim.TRUE_LABEL, 5).withSearch(search),
        DeepFool.of(threat, Aim.NEXT_LABEL),
        CarliniWagner.of(Kind.OPTMARGIN, threat, Aim.NEXT_LABEL, 5)
            .withSearch(search)
            .withPoints(new MarginPoints(9, 0.02)));
  }

  private static List<AttackResult> run(RunKeeper keeper) {
    try (Workers workers = new Workers(2)) {
      return AttackRun.of(MODEL, workers)
          .keeping(keeper)
          .all(attacks(), X, LABELS, AttackRun.ascending(SAMPLES), true);
    }
  }

  /** Kills: any part of the state that is not kept, a chunk's results under another's name. */
  @Test
  void aRunThatIsKilledAgainAndAgainEndsWithTheSameBits() {
    List<AttackResult> whole = run(null);
    Memory memory = new Memory();
    int deaths = 0;
    List<AttackResult> resumed = null;
    while (resumed == null) {
      memory.left = 1 + deaths % 3;
      try {
        resumed = run(memory);
      } catch (Killed e) {
        deaths++;
        assertTrue(deaths < 1000, "no end");
      }
    }
    assertTrue(deaths > 8 && memory.reads > deaths, deaths + " deaths, " + memory.reads + " reads");
    for (int a = 0; a < whole.size(); a++) {
      assertEquals(whole.get(a).samples(), resumed.get(a).samples());
      assertArrayEquals(
          whole.get(a).adversarial().data(), resumed.get(a).adversarial().data(), "attack " + a);
    }
  }

  /** The shares rise to the end, but for searches that end early: those jump. */
  @Test
  void tellsHowFarItIs() {
    Memory memory = new Memory();
    memory.left = Integer.MAX_VALUE;
    run(memory);
    double last = 0;
    for (double share : memory.shares) {
      assertTrue(share >= last - 1e-12 && share <= 1 + 1e-12, last + " then " + share);
      last = share;
    }
    assertTrue(last > 0.95, "ends at " + last);
  }
}
