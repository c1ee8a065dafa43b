package advx.cli.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.train.AdversarialObjective;
import advx.attacks.train.FgsmError;
import advx.cli.rows.MaxoutTraining.Task;
import advx.engine.Workers;
import advx.nn.CleanError;
import advx.nn.CleanObjective;
import advx.nn.Epoch;
import advx.nn.ModelFile;
import advx.nn.ObjectiveCost;
import advx.nn.Trained;
import advx.nn.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paper's training in two stages, with few epochs and units. */
class MaxoutTrainingTest {
  private static final Task TASK = new Task("tiny", 12, new CleanObjective(), new CleanError());

  @TempDir private Path folder;
  private Workers workers;
  private Session session;
  private final Map<String, Integer> samples = new TreeMap<>();
  private final List<String> found = new ArrayList<>();
  private final List<Integer> resumed = new ArrayList<>();

  @BeforeEach
  void start() {
    workers = new Workers(1);
    session = TinySession.of(600, folder, workers, this::listener);
  }

  @AfterEach
  void stop() {
    workers.close();
  }

  private TrainingListener listener(String name) {
    return new TrainingListener() {
      @Override
      public void batch(int epoch, int done, int total, double cost) {
        samples.put(name, total);
      }

      @Override
      public void found(Path file) {
        found.add(name);
      }
    };
  }

  @Test
  void theSecondStageGoesOnOnAllImagesUntilTheirCostIsThatOfTheFirst() {
    MaxoutTraining training = new MaxoutTraining(9, 3, 4);
    List<Trained> stages = training.inTwoStages(session, TASK);
    assertEquals(2, stages.size());
    assertEquals(Map.of("tiny", 1_000, "tiny-stage-1", 600), samples);
    Trained first = stages.getFirst();
    assertTrue(first.history().size() == 9 || first.history().size() == first.keptEpoch() + 3);
    double reached =
        new ObjectiveCost(new CleanObjective(), 1)
            .of(first.network(), session.data().train(), workers);
    List<Epoch> second = stages.getLast().history();
    for (int i = 0; i < second.size() - 1; i++) {
      assertTrue(second.get(i).goal() > reached);
    }
    assertTrue(second.size() == 4 || second.getLast().goal() <= reached);
    assertEquals(second.size(), stages.getLast().keptEpoch());

    List<Trained> again = training.inTwoStages(session, TASK);
    assertEquals(List.of("tiny-stage-1", "tiny"), found);
    assertEquals(stages.getLast().fingerprint(), again.getLast().fingerprint());
  }

  /** Ends the run in the epoch after one that is surely in a checkpoint. */
  private TrainingListener interruption(String name, String stage, int after) {
    return new TrainingListener() {
      private boolean again;

      @Override
      public void started(int finishedEpochs, int epochs) {
        if (name.equals(stage)) {
          again = !resumed.isEmpty();
          resumed.add(finishedEpochs);
        }
      }

      @Override
      public void batch(int epoch, int done, int total, double cost) {
        if (name.equals(stage) && !again && epoch == after + 1) {
          throw new IllegalStateException("interrupted");
        }
      }

      @Override
      public void epoch(Epoch epoch) {
        if (name.equals(stage) && epoch.number() == after) {
          LockSupport.parkNanos(600_000_000L);
        }
      }
    };
  }

  @Test
  void anInterruptionInEitherStageChangesNothing() {
    MaxoutTraining training = new MaxoutTraining(4, 3, 3);
    String expected = training.inTwoStages(session, TASK).getLast().fingerprint();
    for (String stage : List.of("tiny-stage-1", "tiny")) {
      int after = stage.equals("tiny") ? 0 : 1;
      resumed.clear();
      Session other =
          TinySession.of(
              600, folder.resolve(stage), workers, name -> interruption(name, stage, after));
      assertThrows(IllegalStateException.class, () -> training.inTwoStages(other, TASK), stage);
      assertEquals(expected, training.inTwoStages(other, TASK).getLast().fingerprint());
      assertEquals(List.of(0, after), resumed, stage);
    }
  }

  @Test
  void retrainingTakesAsManyEpochsAsTheErrorUnderAttackSays() throws IOException {
    Task task = new Task("tiny", 12, new AdversarialObjective(0.5, 0.25), new FgsmError(0.25));
    List<Trained> stages = new MaxoutTraining(4, 3, 0).retrained(session, task);
    assertEquals(Map.of("tiny", 1_000, "tiny-stage-1", 600), samples);
    assertEquals(stages.getFirst().keptEpoch(), stages.getLast().history().size());
    double lowest =
        stages.getFirst().history().stream()
            .mapToDouble(Epoch::validationError)
            .min()
            .orElseThrow();
    assertEquals(
        lowest,
        new FgsmError(0.25).of(stages.getFirst().network(), session.data().validation(), workers));
    try (var files = Files.list(folder.resolve("models"))) {
      for (Path file : files.toList()) {
        assertEquals("fgsm error epsilon=0.25", ModelFile.notes(file).get("validated_by"));
      }
    }
  }

  @Test
  void theNetworkIsThePublishedOne() {
    assertEquals(
        "dropout(0.8,unscaled) maxout(240,5,init=uniform:0.005,limit=1.9365)"
            + " dropout(0.5) maxout(240,5,init=uniform:0.005,limit=1.9365)"
            + " dropout(0.5) dense(10,init=uniform:0.005,limit=1.9365) softmax",
        new Task("maxout", 240, new CleanObjective(), new CleanError()).net());
    assertEquals(new MaxoutTraining(1_000, 100, 500), MaxoutTraining.PUBLISHED);
  }
}
