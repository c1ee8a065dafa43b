package advx.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Bits;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.SgdStep;
import org.junit.jupiter.api.Test;

/** A maxout layer's weight gradient that waits, and the step that consumes it unseen. */
class MaxoutStepTest {
  private static final int UNITS = 19;
  private static final int PIECES = 3;
  private static final int IN = 150;

  private final Tensor w = random(1, UNITS * PIECES, IN);
  private final Tensor b = random(2, UNITS * PIECES);

  private static Tensor random(int which, int... shape) {
    Tensor t = Tensor.zeros(shape);
    RandomStream random = new RandomStream(3, Purpose.TEST, 0, which, 0);
    for (int i = 0; i < t.size(); i++) {
      t.data()[i] = random.normal();
    }
    return t;
  }

  /** The sum of the squared outputs for several inputs, so that several gradients add up. */
  private Var gradient(Tape tape, int passes) {
    Var weight = tape.variable(w, "W");
    for (int pass = 0; pass < passes; pass++) {
      Var x = tape.constant(random(10 + pass, 7 + pass, IN));
      Var y = Maxout.maxout(x, weight, tape.variable(b, "b"), PIECES);
      tape.backward(Sum.sum(Square.square(Relu.relu(y))));
    }
    return weight.gradient();
  }

  @Test
  void stepsByUnseenGradientsAsBySeenOnes() {
    for (int threads = 1; threads <= 2; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int passes = 1; passes <= 3; passes++) {
          Tensor v1 = random(5, UNITS * PIECES, IN);
          Tensor v2 = random(5, UNITS * PIECES, IN);
          Tensor w1 = random(1, UNITS * PIECES, IN);
          Tensor w2 = random(1, UNITS * PIECES, IN);
          Var unseen = gradient(new Tape(workers), passes);
          assertTrue(unseen.pending());
          assertTrue(Maxout.step(unseen, w1.data(), v1.data(), 0.1f, 0.5f, 11));
          assertTrue(unseen.pending());
          Var seen = gradient(new Tape(workers), passes);
          float[] g = seen.data();
          assertFalse(seen.pending());
          assertFalse(Maxout.step(seen, w2.data(), v2.data(), 0.1f, 0.5f, 11));
          SgdStep.step(workers, w2.data(), v2.data(), g, UNITS * PIECES, IN, 0.1f, 0.5f, 11);
          Bits.assertEqualBits(w2.data(), w1.data());
          Bits.assertEqualBits(v2.data(), v1.data());
        }
      }
    }
  }

  @Test
  void leavesOtherGradientsAlone() {
    try (Workers workers = new Workers(1)) {
      Tape tape = new Tape(workers);
      Var x = tape.variable(random(1, 2, 3), "x");
      tape.backward(Sum.sum(Add.add(x, x)));
      float[] before = w.data().clone();
      assertFalse(Maxout.step(x.gradient(), w.data(), new float[w.size()], 1, 0, 1));
      Bits.assertEqualBits(before, w.data());
      assertEquals(2, x.gradient().data()[0]);
    }
  }

  @Test
  void recordedGradientsDoNotWait() {
    try (Workers workers = new Workers(1)) {
      Tape tape = new Tape(workers);
      Var weight = tape.variable(w, "W");
      Var x = tape.constant(random(4, 5, IN));
      Var y = Maxout.maxout(x, weight, tape.constant(b), PIECES);
      tape.backward(y, tape.constant(random(6, 5, UNITS)), true);
      assertFalse(weight.gradient().pending());
    }
  }
}
