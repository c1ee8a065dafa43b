package advx.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnsembleTest {
  private static final int CLASSES = 4;

  private static List<Classifier> members(Top top, int count) {
    return java.util.stream.IntStream.range(0, count)
        .<Classifier>mapToObj(
            k ->
                Architecture.parse("maxout(6,2,init=normal:1) dense(4,init=normal:1) " + top.word())
                    .network(5, 10 + k))
        .toList();
  }

  private static float[] logits(Classifier model, Tensor x) {
    try (Workers workers = new Workers(1)) {
      Tape tape = new Tape(workers);
      return model.logits(tape, tape.constant(x)).data().clone();
    }
  }

  private static Tensor inputs() {
    float[] x = {1, -2, 0.5f, 3, 0, -1, 1, 4, -0.3f, 2};
    return Tensor.of(x, 2, 5);
  }

  @ParameterizedTest
  @EnumSource(Top.class)
  void probabilitiesAreTheMeanOfTheMembers(Top top) {
    List<Classifier> members = members(top, 3);
    float[] z = logits(new Ensemble(members, Ensemble.Combination.MEAN_PROBABILITY), inputs());
    for (int row = 0; row < 2; row++) {
      for (int c = 0; c < CLASSES; c++) {
        double mean = 0;
        for (Classifier member : members) {
          float[] own = logits(member, inputs());
          mean += top.probability(own, row * CLASSES, CLASSES, c) / 3;
        }
        assertEquals(mean, top.probability(z, row * CLASSES, CLASSES, c), 1e-6);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Top.class)
  void logitsAreTheMeanOfTheMembers(Top top) {
    List<Classifier> members = members(top, 3);
    float[] z = logits(new Ensemble(members, Ensemble.Combination.MEAN_LOGIT), inputs());
    for (int i = 0; i < z.length; i++) {
      double mean = 0;
      for (Classifier member : members) {
        mean += logits(member, inputs())[i] / 3.0;
      }
      assertEquals(mean, z[i], 1e-5);
    }
  }

  /** Along sign(g) the cost has to rise as the gradient through all members says. */
  @ParameterizedTest
  @EnumSource(Ensemble.Combination.class)
  void gradientFlowsThroughAll(Ensemble.Combination combination) {
    for (Top top : Top.values()) {
      Ensemble model = new Ensemble(members(top, 3), combination);
      int[] labels = {1, 2};
      double step = 1e-3;
      double[] cost = new double[2];
      double slope = 0;
      try (Workers workers = new Workers(1)) {
        Tape tape = new Tape(workers);
        Var x = tape.variable(inputs(), "x");
        tape.backward(top.loss(model.logits(tape, x), labels));
        float[] g = x.gradient().data().clone();
        for (int side = 0; side < 2; side++) {
          Tensor moved = inputs();
          for (int i = 0; i < g.length; i++) {
            moved.data()[i] += (float) ((side == 0 ? -step : step) * Math.signum(g[i]));
            slope += side * Math.abs(g[i]);
          }
          tape.rewind();
          for (float c : top.loss(model.logits(tape, tape.constant(moved)), labels).data()) {
            cost[side] += c;
          }
        }
      }
      assertTrue(slope > 0.1, "slope " + slope);
      assertEquals(slope, (cost[1] - cost[0]) / (2 * step), 0.02 * slope, combination + " " + top);
    }
  }

  @Test
  void oneMemberIsItself() {
    List<Classifier> one = members(Top.SOFTMAX, 1);
    float[] z = logits(new Ensemble(one, Ensemble.Combination.MEAN_LOGIT), inputs());
    assertEquals(logits(one.getFirst(), inputs())[3], z[3]);
  }

  /** Two members that are sure of other classes: the mean of 1 and 0 is ½, and not NaN. */
  @Test
  void sureMembersStayFinite() {
    for (Top top : Top.values()) {
      Network one = Architecture.parse("dense(2) " + top.word()).network(1, 1);
      Network other = Architecture.parse("dense(2) " + top.word()).network(1, 1);
      one.parameters().get(0).value().set(Tensor.of(new float[] {800, -800}, 2));
      other.parameters().get(0).value().set(Tensor.of(new float[] {-800, 800}, 2));
      Ensemble model = new Ensemble(List.of(one, other), Ensemble.Combination.MEAN_PROBABILITY);
      float[] z = logits(model, Tensor.of(new float[] {1}, 1, 1));
      assertEquals(0.5, top.probability(z, 0, 2, 0), 1e-6, top.word());
      assertEquals(0.5, top.probability(z, 0, 2, 1), 1e-6, top.word());
    }
  }

  @Test
  void membersHaveToFit() {
    Classifier wide = Architecture.parse("dense(4) softmax").network(6, 1);
    Classifier narrow = Architecture.parse("dense(4) softmax").network(5, 1);
    Classifier sigmoids = Architecture.parse("dense(4) sigmoids").network(5, 1);
    for (List<Classifier> wrong :
        List.of(List.of(wide, narrow), List.of(narrow, sigmoids), List.<Classifier>of())) {
      InputException e =
          assertThrows(
              InputException.class, () -> new Ensemble(wrong, Ensemble.Combination.MEAN_LOGIT));
      assertTrue(e.getMessage().startsWith("The ensemble"), e.getMessage());
    }
  }
}
