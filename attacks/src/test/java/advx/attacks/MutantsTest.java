package advx.attacks;

import static org.junit.jupiter.api.Assertions.assertThrows;

import advx.attacks.AttackResult.Sample;
import advx.attacks.measure.Decision;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.op.Mean;
import advx.engine.op.Softmax;
import advx.nn.Classifier;
import advx.nn.Top;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;

/** FGSM passes the checks, and each usual mistake fails at least one of them. */
class MutantsTest {
  /** Mistakes that attack libraries have made. */
  enum Fault {
    L1_STEP_BY_L1_NORM,
    SIGN_OF_ZERO_IS_ONE,
    DIVIDES_BY_ZERO_NORM,
    SOFTMAX_AS_LOGITS,
    MEAN_LOSS_BEHIND_A_GUARD,
    CLIMBS_TOWARDS_TARGET,
    DESCENDS_TRUE_LABEL,
    CLAIMS_WITHOUT_CHECK
  }

  /** The checks that have to notice it. */
  private static List<Checks.Check> noticedBy(Fault fault) {
    return switch (fault) {
      case L1_STEP_BY_L1_NORM -> List.of(Checks::objectives);
      case SIGN_OF_ZERO_IS_ONE, DIVIDES_BY_ZERO_NORM -> List.of(Checks::zeros);
      case SOFTMAX_AS_LOGITS -> List.of(Checks::budget);
      case MEAN_LOSS_BEHIND_A_GUARD -> List.of(Checks::budget, Checks::batch);
      case CLIMBS_TOWARDS_TARGET -> List.of(Checks::target);
      case DESCENDS_TRUE_LABEL -> List.of(Checks::objectives, Checks::budget);
      case CLAIMS_WITHOUT_CHECK -> List.of(Checks::honesty);
    };
  }

  @Test
  void fgsmPasses() {
    for (Checks.Check check : Checks.ALL) {
      check.on((threat, aim) -> new Fgsm(threat, aim, AttackLoss.COST, false));
      check.on((threat, aim) -> new Fgsm(threat, aim, AttackLoss.MARGIN, false));
    }
  }

  /** Without a fault, the mutant's own code passes too: what fails is the fault. */
  @Test
  void soundMutantPasses() {
    for (Checks.Check check : Checks.ALL) {
      check.on((threat, aim) -> new Mutant(threat, aim, null));
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyMutantFails(Fault fault) {
    for (Checks.Check check : noticedBy(fault)) {
      assertThrows(
          AssertionFailedError.class,
          () -> check.on((threat, aim) -> new Mutant(threat, aim, fault)));
    }
  }

  /** FGSM written once more, with at most one fault. */
  private record Mutant(ThreatModel threat, Aim aim, Fault fault) implements Attack {
    /** The threshold that keeps libraries from dividing by a small gradient. */
    private static final float GUARD = 1e-8f;

    @Override
    public String name() {
      return "mutant";
    }

    @Override
    public boolean clips() {
      return false;
    }

    @Override
    public Attack withEpsilon(double epsilon) {
      return new Mutant(threat.withEpsilon(epsilon), aim, fault);
    }

    @Override
    public void craft(Batch batch) {
      float[] g = gradient(batch).data();
      float[] x = batch.x().data();
      int n = batch.x().columns();
      double[] delta = new double[n];
      boolean turned =
          (fault == Fault.CLIMBS_TOWARDS_TARGET && aim.targeted())
              || (fault == Fault.DESCENDS_TRUE_LABEL && !aim.targeted());
      double step = threat.epsilon() * aim.sign() * (turned ? -1 : 1);
      for (int row = 0; row < batch.size(); row++) {
        step(g, row * n, step, delta);
        for (int i = 0; i < n; i++) {
          batch.adversarial().data()[row * n + i] = Steps.add(x[row * n + i], delta[i]);
        }
      }
    }

    private Tensor gradient(Batch batch) {
      boolean mean = fault == Fault.MEAN_LOSS_BEHIND_A_GUARD;
      Classifier model =
          fault == Fault.SOFTMAX_AS_LOGITS
              ? new Probabilities(batch.classifier())
              : batch.classifier();
      int[] labels = new int[batch.size()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = aim.label(batch.labels()[i], batch.predictions()[i], model.classes());
      }
      Tape tape = batch.tape();
      tape.rewind();
      Var input = tape.variable(batch.x(), "x");
      Var loss = AttackLoss.COST.of(model.top(), model.logits(tape, input), labels);
      tape.backward(mean ? Mean.mean(loss) : loss);
      Tensor g = input.gradient().value();
      for (int i = 0; i < g.size() && mean; i++) {
        g.data()[i] = Math.abs(g.data()[i]) < GUARD ? 0 : g.data()[i];
      }
      return g;
    }

    private void step(float[] g, int at, double epsilon, double[] delta) {
      Steps.steepest(threat.norm(), g, at, epsilon, delta);
      double sum = 0;
      for (int i = 0; i < delta.length; i++) {
        sum += threat.norm() == Norm.L2 ? (double) g[at + i] * g[at + i] : Math.abs(g[at + i]);
      }
      double length = threat.norm() == Norm.L2 ? Math.sqrt(sum) : sum;
      boolean byNorm =
          (fault == Fault.L1_STEP_BY_L1_NORM && threat.norm() == Norm.L1)
              || (fault == Fault.DIVIDES_BY_ZERO_NORM && threat.norm() == Norm.L2);
      for (int i = 0; i < delta.length; i++) {
        if (byNorm) {
          delta[i] = epsilon * g[at + i] / length;
        } else if (fault == Fault.SIGN_OF_ZERO_IS_ONE
            && threat.norm() == Norm.LINF
            && g[at + i] == 0) {
          delta[i] = epsilon;
        }
      }
    }

    @Override
    public AttackResult run(
        Classifier classifier, Tensor x, int[] labels, int[] samples, Workers workers) {
      AttackResult result = Attack.super.run(classifier, x, labels, samples, workers);
      if (fault != Fault.CLAIMS_WITHOUT_CHECK) {
        return result;
      }
      List<Sample> claims =
          result.samples().stream().map(s -> claim(s, classifier.classes())).toList();
      return new AttackResult(this, classifier.classes(), claims, result.inputs());
    }

    private static Sample claim(Sample s, int classes) {
      Decision fooled = new Decision((s.label() + 1) % classes, 1, -1);
      return new Sample(
          s.index(),
          s.label(),
          s.target(),
          s.clean(),
          fooled,
          true,
          s.linf(),
          s.l2(),
          s.l1(),
          1,
          s.gradients(),
          s.seed());
    }
  }

  /** A model that gives probabilities where logits are expected. */
  private record Probabilities(Classifier model) implements Classifier {
    @Override
    public int features() {
      return model.features();
    }

    @Override
    public int classes() {
      return model.classes();
    }

    @Override
    public Top top() {
      return model.top();
    }

    @Override
    public Var logits(Tape tape, Var x) {
      return Softmax.softmax(model.logits(tape, x));
    }
  }
}
