package advx.attacks.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.AttackLoss;
import advx.attacks.Fixtures;
import advx.attacks.line.LinearPieces.Piece;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;
import org.junit.jupiter.api.Test;

class LineTest {
  private static Network network(String layers, int features, float[]... weights) {
    Network model = Fixtures.network(layers, features, 1);
    for (int i = 0; i < weights.length; i++) {
      model.parameters().get(i).value().set(Tensor.of(weights[i], weights[i].length));
    }
    return model;
  }

  private static LinearPieces pieces(Network model, double low, double high, float... x) {
    double[] ones = new double[x.length];
    java.util.Arrays.fill(ones, 1);
    return LinearPieces.of(model, x, 0, ones, low, high);
  }

  private static double[] breaks(LinearPieces line) {
    return line.pieces().stream().skip(1).mapToDouble(Piece::from).toArray();
  }

  /** Logit 1 is relu(t + 1) − 1.5·relu(t − 2) + relu(3 − t). */
  @Test
  void breaksOfAReluNetwork() {
    Network model =
        network(
            "dense(3) relu dense(2) softmax",
            1,
            new float[] {1, 1, -1},
            new float[] {1, -2, 3},
            new float[] {0, 0, 0, 1, -1.5f, 1},
            new float[] {0, 0});
    LinearPieces line = pieces(model, -10, 10, 0);
    assertArrayEquals(new double[] {-1, 2, 3}, breaks(line), 1e-12);
    assertEquals(4, line.regions());
    double[] slopes = line.pieces().stream().mapToDouble(p -> p.slope()[1]).toArray();
    assertArrayEquals(new double[] {-1, 0, -1.5, -0.5}, slopes, 1e-12);
    assertEquals(13, line.pieces().getFirst().logit(1, -10), 1e-12);
    assertEquals(11 - 12, line.pieces().getLast().logit(1, 10), 1e-12);
    assertEquals(10, line.pieces().getLast().to());
  }

  /** max(−t − 1, 0, t − 2), and max(t, t) which has no break. */
  @Test
  void breaksOfAMaxoutNetwork() {
    Network model =
        network(
            "normalise(0,1) maxout(2,3) dense(2) softmax",
            1,
            new float[] {-1, 0, 1, 1, 1, 1},
            new float[] {-1, 0, -2, 0, 0, -5},
            new float[] {1, 0, 0, 1},
            new float[] {0, 0});
    LinearPieces line = pieces(model, -10, 10, 0);
    assertArrayEquals(new double[] {-1, 2}, breaks(line), 1e-12);
    assertEquals(3, line.regions());
    assertArrayEquals(new double[] {2}, breaks(pieces(model, 0, 7, 0)), 1e-12);
  }

  /** A unit that the logits do not see switches, but breaks nothing. */
  @Test
  void switchesThatCannotBeSeenAreNoBreaks() {
    Network model =
        network(
            "dense(2) leaky(0.5) dense(2) softmax",
            1,
            new float[] {1, 1},
            new float[] {-1, -3},
            new float[] {0, 1, 0, 2},
            new float[] {0, 0});
    LinearPieces line = pieces(model, 0, 4, 0);
    assertEquals(3, line.regions());
    assertArrayEquals(new double[] {3}, breaks(line), 1e-12);
    assertEquals(0.5, line.pieces().getFirst().slope()[0], 1e-12);
  }

  /** Between neighbours of a fine grid, a float network is the line that the pieces say. */
  @Test
  void piecesAreWhatTheNetworkComputes() {
    Network model =
        Fixtures.network(
            "normalise(0.1,0.5) dropout(0.8) maxout(9,4,init=normal:1) dense(12,init=normal:1)"
                + " relu dense(8,init=normal:1) leaky(0.1) dense(4,init=normal:1) softmax",
            20,
            4);
    Tensor x = Fixtures.uniform(3, 1, 20);
    try (Workers workers = new Workers(2)) {
      LogitLine grid = LogitLine.of(model, x, 1, AttackLoss.COST, -10, 10, 1_201, workers);
      LinearPieces line = LinearPieces.of(model, x.data(), 0, grid.direction(), -10, 10);
      assertTrue(line.pieces().size() > 20, line.pieces().size() + " pieces");
      int piece = 0;
      for (int i = 0; i < 1_201; i++) {
        double t = grid.epsilons()[i];
        while (line.pieces().get(piece).to() < t) {
          piece++;
        }
        for (int c = 0; c < 4; c++) {
          double exact = line.pieces().get(piece).logit(c, t);
          assertEquals(exact, grid.logits().get(i, c), 1e-5 * (20 + Math.abs(exact)) * 20);
        }
      }
      for (int i = 1; i < line.pieces().size(); i++) {
        Piece before = line.pieces().get(i - 1);
        Piece after = line.pieces().get(i);
        assertEquals(before.to(), after.from());
        for (int c = 0; c < 4; c++) {
          double met = before.logit(c, after.from());
          assertEquals(met, after.logit(c, after.from()), 1e-9 * (1 + Math.abs(met)));
        }
      }
    }
  }

  /** At ε = 0 the line is the input; up the gradient the cost of the label rises. */
  @Test
  void theGridFollowsTheSignOfTheGradient() {
    Network model = Fixtures.linear(new float[][] {{1, -2, 0}, {0, 0, 0}}, 0.5f, 0);
    Tensor x = Tensor.of(new float[] {3, 1, 7}, 1, 3);
    try (Workers workers = new Workers(1)) {
      LogitLine line = LogitLine.of(model, x, 0, AttackLoss.COST, -2, 2, 5, workers);
      assertArrayEquals(new double[] {-1, 1, 0}, line.direction());
      assertArrayEquals(new double[] {-2, -1, 0, 1, 2}, line.epsilons());
      for (int i = 0; i < 5; i++) {
        assertEquals(1.5 - 3 * line.epsilons()[i], line.logits().get(i, 0), 1e-6);
      }
      assertEquals(3, line.given(0));
      assertEquals(2, line.given(1));
      assertEquals(0, line.prediction(2));
      assertThrows(
          InputException.class, () -> LogitLine.of(model, x, 0, AttackLoss.COST, 1, 1, 5, workers));
    }
  }

  /**
   * Logits relu(t), relu(−t) and 1: class 1 leads up to −1, class 2 up to 1, then class 0. Fails if
   * the lead changes at breaks alone, or goes to the class that meets the leader later.
   */
  @Test
  void theLeadChangesInsideAPiece() {
    Network model =
        network(
            "dense(2) relu dense(3) softmax",
            1,
            new float[] {1, -1},
            new float[] {0, 0},
            new float[] {1, 0, 0, 1, 0, 0},
            new float[] {0, 0, 1});
    Leaders leaders = Leaders.of(pieces(model, -10, 5, 0));
    assertEquals(3, leaders.stretches().size());
    double[] ends = leaders.stretches().stream().mapToDouble(Leaders.Stretch::to).toArray();
    assertArrayEquals(new double[] {-1, 1, 5}, ends, 1e-12);
    assertArrayEquals(
        new int[] {1, 2, 0}, leaders.stretches().stream().mapToInt(s -> s.label()).toArray());
    assertEquals(2, leaders.at(0).label());
    assertEquals(9.0 / 15, leaders.share(1), 1e-12);
    assertEquals(10, leaders.reach(1));
    assertEquals(1, leaders.reach(2), 1e-12);
    assertEquals(0, leaders.reach(7));
    assertEquals(9, leaders.longestOther(2), 1e-12);
    assertEquals(4, leaders.longestOther(1), 1e-12);
  }

  /** The lead that the exact pieces name is the prediction at each point of a grid. */
  @Test
  void theLeaderIsThePrediction() {
    Network model =
        Fixtures.network(
            "maxout(9,4,init=normal:1) maxout(8,3,init=normal:1) dense(6,init=normal:1) softmax",
            20,
            4);
    Tensor x = Fixtures.uniform(3, 1, 20);
    try (Workers workers = new Workers(2)) {
      LogitLine grid = LogitLine.of(model, x, 1, AttackLoss.COST, -10, 10, 2_000, workers);
      Leaders leaders = Leaders.of(LinearPieces.of(model, x.data(), 0, grid.direction(), -10, 10));
      assertTrue(leaders.stretches().size() > 2, leaders.stretches() + "");
      for (int i = 0; i < 2_000; i++) {
        assertEquals(grid.prediction(i), leaders.at(grid.epsilons()[i]).label(), "point " + i);
      }
      double sum = 0;
      for (int c = 0; c < 6; c++) {
        sum += leaders.share(c);
      }
      assertEquals(1, sum, 1e-9);
    }
  }

  /**
   * Logit relu(t) on [−10, 10] bends once by a whole range; a bend of 0.5 % of the range is not
   * seen at a tolerance of 1 %.
   */
  @Test
  void slightBendsAreNotSeen() {
    Network bent =
        network(
            "dense(2) relu dense(2) softmax",
            1,
            new float[] {1, 1},
            new float[] {0, -5},
            new float[] {1, 0.02f, 0, 0},
            new float[] {0, 0});
    LinearPieces line = pieces(bent, -10, 10, 0);
    assertEquals(3, line.pieces().size());
    assertEquals(2, Chords.count(line, 0.01));
    assertEquals(3, Chords.count(line, 1e-4));
    assertEquals(1, Chords.count(line, 0.6));
    assertEquals(1, Chords.count(pieces(bent, -10, 0, 0), 0.01));
  }

  @Test
  void saysWhatIsWrong() {
    Network curved = Fixtures.network("dense(3) tanh dense(2) softmax", 1, 1);
    InputException e = assertThrows(InputException.class, () -> pieces(curved, -1, 1, 0));
    assertTrue(e.getMessage().contains("tanh"), e.getMessage());
    Network model = Fixtures.network("dense(2) softmax", 1, 1);
    assertEquals(1, pieces(model, -1, 1, 0).pieces().size());
    assertThrows(InputException.class, () -> pieces(model, 1, 1, 0));
  }
}
