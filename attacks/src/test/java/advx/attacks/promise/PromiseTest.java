package advx.attacks.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Fgsm;
import advx.engine.Bits;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.op.Dropout;
import advx.nn.Pass;
import advx.nn.Sgd;
import advx.testing.Forks;
import advx.testing.Forks.Vectors;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The promise: the same bits with any vectors, on any number of threads, alone or in a batch. */
class PromiseTest {
  private static final int SAMPLES = 100;

  @Test
  void sameBitsAtEveryWidthAndOnAnyNumberOfThreads() {
    List<String> expected = null;
    for (Vectors vectors : Vectors.values()) {
      for (int threads = 1; threads <= 3; threads++) {
        Forks.Output output = Forks.run(PromiseMain.class, vectors, Integer.toString(threads));
        assertEquals(Integer.toString(vectors.lanes()), output.value("lanes"));
        assertEquals(vectors.lanes() > 1 ? "vector" : "scalar", output.value("kind"));
        assertEquals(Integer.toString(threads), output.value("threads"));
        List<String> digests = output.lines().stream().filter(line -> line.contains(".")).toList();
        assertEquals(47, digests.size());
        expected = expected == null ? digests : expected;
        assertEquals(expected, digests, vectors + " with " + threads + " threads");
      }
    }
  }

  /** What belongs to each sample, one row a sample. */
  private record Own(Tensor logits, Tensor loss, Tensor gradient, Tensor mask, Tensor attack) {}

  private static Own own(Steps steps, Tensor x, int[] labels, int[] samples) {
    Tape tape = new Tape(steps.workers);
    Pass pass = Pass.training(tape, 9);
    pass.start(2, samples);
    Var input = tape.variable(x, "x");
    Var logits = steps.network.forward(pass, input);
    Var loss = steps.network.top().loss(logits, labels);
    tape.backward(loss);
    Tensor ones = Tensor.zeros(samples.length, 70).fill(1);
    Var mask = Dropout.dropout(tape.constant(ones), 0.5f, 2, 9, 2, 1, samples);
    Tensor attack = Fgsm.paper(0.25).run(steps.network, x, labels, samples, steps.workers).inputs();
    return new Own(logits.value(), loss.value(), input.gradient().value(), mask.value(), attack);
  }

  @Test
  void aSampleIsTheSameAloneAndInAnyBatch() {
    try (Workers workers = new Workers(2)) {
      Steps steps =
          new Steps(workers, Steps.EVERYTHING, true, new Sgd(Sgd.Schedule.constant(0.1, 0.5)));
      for (int i = 0; i < 5; i++) {
        steps.step();
      }
      Tensor x = Steps.images(SAMPLES, 0);
      int[] labels = Steps.labels(SAMPLES);
      int[] samples = new int[SAMPLES];
      Arrays.setAll(samples, i -> 31 * i + 5);
      Own whole = own(steps, x, labels, samples);
      assertTrue(whole.mask().data()[0] == 0 || whole.mask().data()[0] == 2);
      for (int batch : new int[] {1, 7, SAMPLES}) {
        for (int from = 0; from < SAMPLES; from += batch) {
          int to = Math.min(SAMPLES, from + batch);
          Own part =
              own(
                  steps,
                  rows(x, from, to),
                  Arrays.copyOfRange(labels, from, to),
                  Arrays.copyOfRange(samples, from, to));
          Bits.assertEqualBits(rows(whole.logits(), from, to).data(), part.logits().data());
          Bits.assertEqualBits(rows(whole.loss(), from, to).data(), part.loss().data());
          Bits.assertEqualBits(rows(whole.gradient(), from, to).data(), part.gradient().data());
          Bits.assertEqualBits(rows(whole.mask(), from, to).data(), part.mask().data());
          Bits.assertEqualBits(rows(whole.attack(), from, to).data(), part.attack().data());
        }
      }
      Own other = own(steps, x, labels, Arrays.stream(samples).map(i -> i + 1).toArray());
      assertFalse(Arrays.equals(whole.mask().data(), other.mask().data()));
    }
  }

  private static Tensor rows(Tensor t, int from, int to) {
    int columns = t.columns();
    float[] part = Arrays.copyOfRange(t.data(), from * columns, to * columns);
    return t.rank() == 1 ? Tensor.of(part, to - from) : Tensor.of(part, to - from, columns);
  }
}
