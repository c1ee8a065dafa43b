package advx.attacks.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Aim;
import advx.attacks.AttackLoss;
import advx.attacks.Box;
import advx.attacks.Fgsm;
import advx.attacks.Fixtures;
import advx.attacks.Norm;
import advx.attacks.ThreatModel;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.op.Scale;
import advx.nn.Classifier;
import advx.nn.Network;
import advx.nn.Top;
import advx.nn.data.Dataset;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditTest {
  private final Dataset data = Fixtures.blobs(5, 300, 6, 3);

  private static List<AuditItem> audit(Fgsm attack, Classifier model, Dataset data) {
    try (Workers workers = new Workers(2)) {
      return Audit.of(attack, model, data, workers);
    }
  }

  private static Set<String> failed(List<AuditItem> items) {
    return items.stream()
        .filter(AuditItem::failed)
        .map(AuditItem::name)
        .collect(Collectors.toSet());
  }

  private Network curved() {
    return Fixtures.train(Fixtures.network("maxout(12,3) dense(3) softmax", 36, 1), data, 60, 0.2);
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void soundEvaluationsPass(Norm norm) {
    double epsilon = norm == Norm.LINF ? 0.05 : norm == Norm.L2 ? 0.3 : 1;
    ThreatModel threat = new ThreatModel(norm, epsilon, Box.UNIT);
    for (boolean clip : new boolean[] {true, false}) {
      Fgsm attack = new Fgsm(threat, Aim.TRUE_LABEL, AttackLoss.COST, clip);
      List<AuditItem> items = audit(attack, curved(), data);
      assertEquals(Set.of(), failed(items), items.toString());
      assertEquals(11, items.size());
    }
  }

  @Test
  void ofLinearModelsTheClosedFormIsAskedToo() {
    for (int classes = 2; classes <= 3; classes++) {
      Dataset some = Fixtures.blobs(5, 300, 6, classes);
      Network model =
          Fixtures.train(Fixtures.network("dense(" + classes + ") softmax", 36, 1), some, 60, 0.5);
      List<AuditItem> items = audit(Fgsm.paper(0.05), model, some);
      assertEquals(Set.of(), failed(items), items.toString());
      assertEquals(12, items.size());
    }
  }

  /** A model with another's logits, changed on the way. */
  private record Changed(Network model, BiFunction<Tape, Var, Var> input, Change change)
      implements Classifier {
    /** What is done to the logits. */
    @FunctionalInterface
    interface Change {
      Var of(Var logits);
    }

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
      return change.of(model.logits(tape, input.apply(tape, x)));
    }
  }

  private Set<String> failedWith(BiFunction<Tape, Var, Var> input, Changed.Change change) {
    return failed(audit(Fgsm.paper(0.05), new Changed(curved(), input, change), data));
  }

  @Test
  void aModelThatHidesItsGradientFails() {
    Set<String> failed = failedWith((tape, x) -> tape.constant(x.value().copy()), logits -> logits);
    assertTrue(failed.contains("gradients point somewhere"), failed.toString());
    assertTrue(failed.contains("gradients agree with differences of the loss"));
    assertTrue(failed.contains("random noise of the same size is not stronger"));
  }

  /** Inputs are rounded to steps of a quarter, gradients pass as if they were not. */
  @Test
  void aModelThatRoundsItsInputFails() {
    Set<String> failed =
        failedWith(
            (tape, x) -> {
              Var same = Scale.scale(x, 1);
              for (int i = 0; i < same.data().length; i++) {
                same.data()[i] = Math.round(4 * same.data()[i]) / 4f;
              }
              return same;
            },
            logits -> logits);
    assertTrue(failed.contains("gradients agree with differences of the loss"), failed.toString());
  }

  @Test
  void gradientsThatPointTheWrongWayFail() {
    Set<String> failed =
        failedWith(
            (tape, x) -> {
              Var turned = Scale.scale(x, -1);
              for (int i = 0; i < turned.data().length; i++) {
                turned.data()[i] = -turned.data()[i];
              }
              return turned;
            },
            logits -> logits);
    assertTrue(failed.contains("gradients agree with differences of the loss"), failed.toString());
    assertTrue(failed.contains("random noise of the same size is not stronger"));
  }

  @Test
  void aModelThatOverflowsFails() {
    Set<String> failed =
        failedWith((tape, x) -> x, logits -> Scale.scale(Scale.scale(logits, 3e38f), 3e38f));
    assertTrue(failed.contains("the model names a class for every input"), failed.toString());
  }

  /** The logits of a sample hang on how many stand before it. */
  @Test
  void aModelThatMixesItsBatchFails() {
    Set<String> failed =
        failedWith(
            (tape, x) -> x,
            logits -> {
              Var moved = Scale.scale(logits, 1);
              Tensor z = moved.value();
              for (int i = 0; i < z.size(); i++) {
                int row = i / z.columns();
                z.data()[i] *= 1 + 1e-3f * row;
              }
              return moved;
            });
    assertTrue(
        failed.contains("a sample's result does not depend on its batch"), failed.toString());
  }

  /**
   * Class 0 where |x − 0.5| > 0.12: from 0.3 a step of 0.2 turns it, one of 0.4 comes out again.
   */
  @Test
  void aStepThatOvershootsFails() {
    Network valley = Fixtures.network("maxout(1,2) dense(2) softmax", 1, 1);
    float[][] weights = {{1, -1}, {-0.5f, 0.5f}, {1, 0}, {-0.12f, 0}};
    for (int i = 0; i < weights.length; i++) {
      valley.parameters().get(i).value().set(Tensor.of(weights[i], weights[i].length));
    }
    Dataset points =
        new Dataset(
            new Dataset.Info("points", 2, 1, 1, 1, 0, 1, false),
            Tensor.zeros(40, 1).fill(0.3f),
            new int[40]);
    Set<String> failed = failed(audit(Fgsm.paper(0.4), valley, points));
    assertTrue(failed.contains("more budget breaks no fewer samples"), failed.toString());
  }

  /**
   * Class 0 up to 0.62, with a bump of the cost at 0.5 on the way: one step of 0.4 from 0.3 is past
   * it, small ones stay on it.
   */
  @Test
  void aWalkThatIsWeakerThanItsFirstStepFails() {
    Network bump = Fixtures.network("dense(3) relu dense(2) softmax", 1, 1);
    float[][] weights = {
      {1, 1, 1}, {0, -0.5f, -0.6f}, {0, 0, 0, 0.2f, -0.4f, 4}, {0, -0.15f},
    };
    for (int i = 0; i < weights.length; i++) {
      bump.parameters().get(i).value().set(Tensor.of(weights[i], weights[i].length));
    }
    Dataset points =
        new Dataset(
            new Dataset.Info("points", 2, 1, 1, 1, 0, 1, false),
            Tensor.zeros(40, 1).fill(0.3f),
            new int[40]);
    Set<String> failed = failed(audit(Fgsm.paper(0.4), bump, points));
    assertTrue(failed.contains("many small steps are not weaker"), failed.toString());
  }

  @Test
  void itemsReadWell() {
    assertEquals("pass  name: figures", AuditItem.of("name", true, "figures").toString());
    assertEquals("note  name: figures", AuditItem.note("name", "figures").toString());
  }
}
