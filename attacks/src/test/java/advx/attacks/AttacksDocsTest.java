package advx.attacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.audit.Audit;
import advx.attacks.audit.AuditItem;
import advx.attacks.measure.Mean;
import advx.attacks.measure.Rate;
import advx.attacks.optimal.CarliniWagner;
import advx.attacks.optimal.CarliniWagner.Kind;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;
import advx.nn.data.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The code and the output of docs/attacks.md: each block stands below, and does what it says. */
class AttacksDocsTest {
  private static final Pattern BLOCK = Pattern.compile("```(java|text)\n(.*?)```", Pattern.DOTALL);
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final String SOURCE = "src/test/java/advx/attacks/AttacksDocsTest.java";

  private final Dataset data = Fixtures.blobs(5, 300, 6, 3);
  private final Network model =
      Fixtures.train(Fixtures.network("maxout(12,3) dense(3) softmax", 36, 1), data, 60, 0.2);

  @Test
  void itsCodeStandsHere() throws IOException {
    String source = squeeze(Files.readString(MODULE.resolve(SOURCE)));
    int blocks = 0;
    for (Matcher m = page(); m.find(); ) {
      if (m.group(1).equals("java")) {
        blocks++;
        assertTrue(source.contains(squeeze(m.group(2))), m.group(2));
      }
    }
    assertEquals(9, blocks);
  }

  private static Matcher page() throws IOException {
    return BLOCK.matcher(Files.readString(MODULE.getParent().resolve("docs/attacks.md")));
  }

  private static String squeeze(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void anEvaluation() {
    try (Workers workers = new Workers(1)) {
      ThreatModel threat = new ThreatModel(Norm.LINF, 0.05, Box.UNIT);
      Fgsm attack = new Fgsm(threat, Aim.TRUE_LABEL, AttackLoss.COST, true);
      AttackEvaluation found = AttackEvaluation.of(attack, model, data, workers);

      Rate clean = found.clean().error();
      Rate attacked = found.attacked().error();
      Rate broken = found.broken();
      Mean sure = found.attacked().confidenceOnMistakes();
      Mean size = found.fooledNorm(Norm.L2);

      assertTrue(clean.value() < attacked.value() && attacked.count() <= broken.count());
      assertTrue(sure.n() == attacked.count() && sure.value() > 1.0 / 3);
      assertEquals(broken.count() - clean.count(), size.n());
      assertTrue(size.value() <= 0.05 * 6);
    }
  }

  @Test
  void manySteps() {
    ThreatModel threat = new ThreatModel(Norm.LINF, 0.05, Box.UNIT);
    try (Workers workers = new Workers(1)) {
      Pgd pgd = Pgd.of(threat, Walk.pgd(40, 2).withSize(StepSize.of(0.01)), 1);
      AttackEvaluation strong = AttackEvaluation.of(pgd, model, data, workers);

      Fgsm single = new Fgsm(threat, Aim.TRUE_LABEL, AttackLoss.COST, true);
      AttackEvaluation weak = AttackEvaluation.of(single, model, data, workers);
      assertTrue(strong.broken().count() >= weak.broken().count());
      assertTrue(strong.norm(Norm.LINF).value() <= 0.05);
    }
  }

  @Test
  void aSweep() {
    Fgsm attack = new Fgsm(ThreatModel.linf(0.05), Aim.TRUE_LABEL, AttackLoss.COST, false);
    try (Workers workers = new Workers(1)) {
      double[] epsilons = {0, 0.02, 0.05, 0.1};
      List<AttackEvaluation> sweep = AttackEvaluation.sweep(attack, epsilons, model, data, workers);

      assertEquals(sweep.get(0).clean().error(), sweep.get(0).broken());
      assertTrue(sweep.get(1).broken().count() < sweep.get(3).broken().count());
    }
  }

  @Test
  void perturbedInputsAlone() {
    Fgsm attack = new Fgsm(ThreatModel.linf(0.05), Aim.TRUE_LABEL, AttackLoss.COST, false);
    Tensor x = data.images(0, data.size());
    int[] labels = data.labels();
    int[] samples = AttackRun.ascending(data.size());
    Tensor into = Tensor.zeros(x.rows(), x.columns());
    try (Workers workers = new Workers(1)) {
      AttackRun run = AttackRun.of(model, workers);
      run.perturb(attack, x, labels, samples, into);

      assertArrayEquals(attack.run(model, x, labels, workers).adversarial().data(), into.data());
    }
  }

  @Test
  void theAuditPrintsWhatThePageShows() throws IOException {
    ThreatModel threat = new ThreatModel(Norm.LINF, 0.05, Box.UNIT);
    Fgsm attack = new Fgsm(threat, Aim.TRUE_LABEL, AttackLoss.COST, true);
    try (Workers workers = new Workers(1)) {
      List<AuditItem> items = Audit.of(attack, model, data, workers);

      String printed =
          items.stream().map(AuditItem::toString).collect(Collectors.joining("\n", "", "\n"));
      String shown = "";
      for (Matcher m = page(); m.find(); ) {
        shown = m.group(1).equals("text") ? m.group(2) : shown;
      }
      assertEquals(shown, printed);
    }
  }

  /** Moves all elements by the same amount, ε up or down: δ = ±ε·(1, …, 1), by the sign of Σ gᵢ. */
  record Brightness(ThreatModel threat) implements Attack {
    @Override
    public String name() {
      return "brightness";
    }

    @Override
    public Aim aim() {
      return Aim.TRUE_LABEL;
    }

    @Override
    public boolean clips() {
      return threat.box().limits();
    }

    @Override
    public Brightness withEpsilon(double epsilon) {
      return new Brightness(threat.withEpsilon(epsilon));
    }

    @Override
    public void craft(Batch batch) {
      Tensor g = batch.gradient(AttackLoss.COST, aim());
      Tensor x = batch.x();
      for (int row = 0; row < batch.size(); row++) {
        double sum = 0;
        for (int i = row * x.columns(); i < (row + 1) * x.columns(); i++) {
          sum += g.data()[i];
        }
        double step = Math.signum(sum) * threat.epsilon();
        for (int i = row * x.columns(); i < (row + 1) * x.columns(); i++) {
          float moved = threat.box().clip(Steps.add(x.data()[i], step));
          batch.adversarial().data()[i] = moved;
        }
      }
    }
  }

  @Test
  void anAttackOfOnesOwn() {
    Map<String, AttackTable.Maker> table =
        Map.ofEntries(Map.entry("brightness", (t, o) -> new Brightness(t)));

    ThreatModel threat = new ThreatModel(Norm.LINF, 0.2, Box.UNIT);
    Attack attack = table.get("brightness").make(threat, AttackTable.Options.PAPER);
    try (Workers workers = new Workers(1)) {
      AttackEvaluation found = AttackEvaluation.of(attack, model, data, workers);
      assertEquals(0, found.refused().count());
      assertEquals(0.2, found.norm(Norm.LINF).value(), 1e-6);
      assertTrue(found.broken().count() > found.clean().error().count());
    }
  }

  @Test
  void theSmallestPerturbation() {
    try (Workers workers = new Workers(1)) {
      ThreatModel anywhere = new ThreatModel(Norm.L2, ThreatModel.UNLIMITED, Box.UNIT);
      CarliniWagner cw = CarliniWagner.of(Kind.CW, anywhere, Aim.TRUE_LABEL, 1);
      DeepFool planes = DeepFool.of(anywhere, Aim.TRUE_LABEL);
      Dataset few = data.subset(0, 12);
      Mean found = AttackEvaluation.of(cw, model, few, workers).fooledNorm(Norm.L2);
      Mean estimate = AttackEvaluation.of(planes, model, few, workers).fooledNorm(Norm.L2);
      assertTrue(found.n() >= 10 && found.n() == estimate.n(), found + " " + estimate);
      assertTrue(found.value() <= 1.02 * estimate.value(), found + " " + estimate);
    }
  }
}
