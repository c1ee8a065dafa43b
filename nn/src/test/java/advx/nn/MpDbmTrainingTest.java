package advx.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Purpose;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.data.Dataset;
import advx.nn.dbm.Marginals;
import advx.nn.dbm.MultiPrediction;
import advx.nn.layer.MpDbmLayer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines in the trainer, like any other network. */
class MpDbmTrainingTest {
  private static final String NET =
      "mpdbm(20,15,4,iterations=4,init=uniform:0.5,limit=3:4:5) softmax";

  private final Dataset train = Blobs.of(400, 33, 4, 0);
  private final Dataset validation = Blobs.of(80, 33, 4, 1);

  private TrainingPlan plan(int epochs, double label) {
    Sgd.Schedule schedule = new Sgd.Schedule(1, 1, 0, 0.5, 0.9, 1, 2);
    return new TrainingPlan(
        Architecture.parse(NET),
        new MultiPrediction(0.4, label, false),
        () -> new Sgd(schedule, new Sgd.Fall(0.1, 20)),
        20,
        epochs,
        0,
        1);
  }

  private Trained train(TrainingPlan plan, int threads, TrainingListener listener, Path file) {
    try (Workers workers = new Workers(threads)) {
      return new Trainer(plan, train, validation, workers, listener).train(file);
    }
  }

  /** Without the label's share of the cost (the mutant) it stays at chance, three in four wrong. */
  @Test
  void learnsTheLabelFromHidingIt() {
    Trained trained = train(plan(20, 8), 1, TrainingListener.NONE, null);
    assertTrue(trained.history().getLast().validationError() <= 0.1, trained.history().toString());
    assertTrue(trained.history().getLast().cost() < trained.history().getFirst().cost());
  }

  @Test
  void threadsAndInterruptionsLeaveTheBits(@TempDir Path folder) {
    Trained whole = train(plan(3, 8), 1, TrainingListener.NONE, null);
    Path checkpoint = folder.resolve("machine.checkpoint.safetensors");
    TrainingListener stop =
        new TrainingListener() {
          @Override
          public void batch(int epoch, int samples, int total, double cost) {
            if (epoch == 2 && samples == total) {
              pause();
            } else if (epoch == 3 && samples > total / 2) {
              throw new IllegalStateException("stop");
            }
          }
        };
    assertThrows(IllegalStateException.class, () -> train(plan(3, 8), 2, stop, checkpoint));
    assertTrue(Files.exists(checkpoint));
    Trained again = train(plan(3, 8), 2, TrainingListener.NONE, checkpoint);
    assertEquals(whole.fingerprint(), again.fingerprint());
    assertEquals(whole.history(), again.history());
    assertNotEquals(
        plan(3, 8).hash(train, validation), plan(3, 1).hash(train, validation), "settings count");
    Path file = folder.resolve("machine.safetensors");
    ModelFile.write(file, again, java.util.Map.of());
    assertEquals(whole.fingerprint(), ModelFile.read(file).fingerprint());
  }

  /** Long enough for the next checkpoint to be due. */
  private static void pause() {
    try {
      Thread.sleep(600);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void knowsHowBrightEachPixelIs() {
    Network network = Marginals.set(Architecture.parse(NET).network(33, 1), train);
    Tensor visible = ((MpDbmLayer) network.layers().getFirst()).visible().value();
    double sum = 0;
    for (int i = 0; i < train.size(); i++) {
      sum += train.images(i, i + 1).data()[7];
    }
    assertEquals(sum / train.size(), 1 / (1 + StrictMath.exp(-visible.data()[7])), 1e-6);
  }

  @Test
  void sparseWeightsAndFallingRates() {
    Tensor w = Tensor.zeros(9, 40);
    InitialLaw.parse("sparse:15").fill(w, 3, Purpose.TEST.code());
    double squares = 0;
    for (int row = 0; row < 9; row++) {
      int set = 0;
      for (int i = 0; i < 40; i++) {
        set += w.data()[row * 40 + i] == 0 ? 0 : 1;
        squares += w.data()[row * 40 + i] * w.data()[row * 40 + i];
      }
      assertEquals(15, set);
    }
    assertEquals(1, squares / (9 * 15), 0.35);
    Sgd.Fall fall = new Sgd.Fall(0.02, 868);
    assertEquals(1, fall.at(1));
    assertEquals(0.51, fall.at(434), 2e-3);
    assertEquals(0.02, fall.at(868), 1e-12);
    assertEquals(0.02, fall.at(1000), 1e-12);
  }
}
