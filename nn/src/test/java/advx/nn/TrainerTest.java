package advx.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import advx.engine.Workers;
import advx.nn.data.Augmentation;
import advx.nn.data.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final String NET =
      "dropout(0.8,unscaled) maxout(12,3,init=uniform:0.1,limit=2) dropout(0.5) dense(5) softmax";

  private static final ObjectiveCost COST = new ObjectiveCost(new CleanObjective(), 1);

  private final Dataset train = Blobs.of(230, 33, 5, 0);
  private final Dataset validation = Blobs.of(100, 33, 5, 1);

  private static TrainingPlan plan(int epochs, int patience, long seed) {
    return new TrainingPlan(
        Architecture.parse(NET),
        new CleanObjective(),
        () -> new Sgd(new Sgd.Schedule(0.2, 1.001, 1e-6, 0.5, 0.7, 1, 5)),
        32,
        epochs,
        patience,
        seed);
  }

  private Trained train(TrainingPlan plan, int threads, Path checkpoint) {
    try (Workers workers = new Workers(threads)) {
      return new Trainer(plan, train, validation, workers, TrainingListener.NONE).train(checkpoint);
    }
  }

  @Test
  void learns() {
    Trained trained = train(plan(12, 0, 1), 1, null);
    assertEquals(12, trained.history().size());
    assertEquals(12, trained.keptEpoch());
    assertTrue(trained.history().getLast().validationError() <= 0.02);
    assertTrue(trained.history().getFirst().cost() > trained.history().getLast().cost());
  }

  @Test
  void threadsAndSeeds() {
    String one = train(plan(3, 0, 1), 1, null).fingerprint();
    assertEquals(one, train(plan(3, 0, 1), 2, null).fingerprint());
    assertEquals(one, train(plan(3, 0, 1), 3, null).fingerprint());
    assertNotEquals(one, train(plan(3, 0, 2), 1, null).fingerprint());
  }

  @Test
  void adamGoesOnWithTheSameBits(@TempDir Path folder) {
    TrainingPlan adam =
        new TrainingPlan(
            Architecture.parse("dense(8) relu dense(5) sigmoids"),
            new CleanObjective(),
            () -> new AdamOptimiser(0.01),
            32,
            6,
            0,
            1);
    interruptAndGoOn(adam, folder.resolve("checkpoint.safetensors"));
  }

  @Test
  void anInterruptedRunGoesOnWithTheSameBits(@TempDir Path folder) {
    interruptAndGoOn(plan(6, 4, 1), folder.resolve("checkpoint.safetensors"));
  }

  @Test
  void anAugmentedRunGoesOnWithTheSameBits(@TempDir Path folder) {
    Augmentation augmentation = new Augmentation(3, true);
    TrainingPlan augmented = plan(6, 0, 1).augmented(augmentation);
    interruptAndGoOn(augmented, folder.resolve("checkpoint.safetensors"));
    assertNotEquals(
        plan(6, 0, 1).hash(train, validation), augmented.hash(train, validation), "its own hash");
    String plain = train(plan(2, 0, 1), 1, null).fingerprint();
    String other = train(plan(2, 0, 1).augmented(augmentation), 1, null).fingerprint();
    assertNotEquals(plain, other);
    String two = train(plan(2, 0, 1).augmented(augmentation), 2, null).fingerprint();
    assertEquals(other, two);
  }

  @Test
  void aCheckpointOfOtherSettingsIsRefusedAndKept(@TempDir Path folder) throws Exception {
    Path checkpoint = folder.resolve("checkpoint.safetensors");
    interruptAndGoOn(plan(6, 0, 1), checkpoint);
    byte[] before = Files.readAllBytes(checkpoint);
    InputException e =
        assertThrows(InputException.class, () -> train(plan(7, 0, 1), 1, checkpoint));
    assertTrue(e.getMessage().contains("other settings"), e.getMessage());
    assertArrayEquals(before, Files.readAllBytes(checkpoint));
  }

  /** Stops after the third epoch's checkpoint by an exception in the fourth epoch. */
  private void interruptAndGoOn(TrainingPlan plan, Path checkpoint) {
    Trained whole = train(plan, 2, null);
    TrainingListener stop =
        new TrainingListener() {
          @Override
          public void epoch(Epoch epoch) {
            if (epoch.number() <= 3) {
              pause();
            }
          }

          @Override
          public void batch(int epoch, int samples, int total, double cost) {
            if (epoch == 4 && samples > total / 2) {
              throw new IllegalStateException("stop");
            }
          }
        };
    try (Workers workers = new Workers(2)) {
      Trainer trainer = new Trainer(plan, train, validation, workers, stop);
      assertThrows(IllegalStateException.class, () -> trainer.train(checkpoint));
      assertTrue(Files.exists(checkpoint));
      List<Integer> finished = new ArrayList<>();
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void started(int finishedEpochs, int epochs) {
              finished.add(finishedEpochs);
            }
          };
      Trained again = new Trainer(plan, train, validation, workers, listener).train(checkpoint);
      assertEquals(List.of(3), finished);
      assertEquals(whole.fingerprint(), again.fingerprint());
      assertEquals(whole.history(), again.history());
      assertEquals(whole.keptEpoch(), again.keptEpoch());
    }
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
  void patienceStopsAndKeepsTheBest() {
    Trained trained = train(plan(60, 3, 1), 1, null);
    assertTrue(trained.history().size() < 60);
    assertEquals(trained.keptEpoch() + 3, trained.history().size());
    double best =
        trained.history().stream().mapToDouble(Epoch::validationError).min().orElseThrow();
    assertEquals(best, trained.history().get(trained.keptEpoch() - 1).validationError());
    try (Workers workers = new Workers(1)) {
      int errors = Predictions.of(trained.network(), validation, workers).errors(validation);
      assertEquals(best, (double) errors / validation.size());
    }
  }

  /**
   * The best epoch has to be that of the plan's own measure: here the clean error turned around.
   */
  @Test
  void patienceCountsByThePlansOwnMeasure() {
    record Turned() implements Measure {
      @Override
      public double of(Network network, Dataset data, Workers workers) {
        return 1 - new CleanError().of(network, data, workers);
      }

      @Override
      public String describe() {
        return "turned";
      }
    }
    TrainingPlan plan = plan(60, 3, 1).validatedBy(new Turned());
    Trained trained = train(plan, 1, null);
    List<Double> errors = trained.history().stream().map(Epoch::validationError).toList();
    assertEquals(trained.keptEpoch() + 3, errors.size());
    assertEquals(Collections.min(errors), errors.get(trained.keptEpoch() - 1));
    Trained clean = train(plan(errors.size(), 0, 1), 1, null);
    for (int e = 0; e < errors.size(); e++) {
      assertEquals(errors.get(e), 1 - clean.history().get(e).validationError());
    }
    assertNotEquals(plan(60, 3, 1).hash(train, validation), plan.hash(train, validation));
  }

  /** Ends with the first epoch that reaches the goal: neither later, nor with the best weights. */
  @Test
  void aGoalEndsTheRunAndKeepsItsLastWeights() {
    Trained whole = train(plan(12, 0, 1).until(COST, -1), 1, null);
    assertEquals(12, whole.history().size(), "a cost below 0 is never reached");
    List<Double> costs = whole.history().stream().map(Epoch::goal).toList();
    double wanted = costs.get(5);
    int first = 0;
    while (costs.get(first) > wanted) {
      first++;
    }
    Trained trained = train(plan(12, 0, 1).until(COST, wanted), 2, null);
    assertEquals(whole.history().subList(0, first + 1), trained.history());
    assertEquals(first + 1, trained.keptEpoch());
    try (Workers workers = new Workers(1)) {
      assertEquals(costs.get(first), COST.of(trained.network(), validation, workers));
    }
    assertEquals(
        train(plan(first + 1, 0, 1), 1, null).fingerprint(),
        trained.fingerprint(),
        "measuring changes no weight");
  }

  /** The cost with dropout on is larger than without, and is the mean over the samples. */
  @Test
  void theObjectivesCostSeesDropout() {
    Network network = train(plan(8, 0, 1), 1, null).network();
    Network without =
        Architecture.parse(NET.replaceAll("dropout\\([^)]*\\)", "dropout(1)"))
            .network(train.features(), 1);
    without.set(network);
    try (Workers one = new Workers(1);
        Workers two = new Workers(2)) {
      double on = COST.of(network, validation, one);
      double off = COST.of(without, validation, one);
      assertEquals(on, COST.of(network, validation, two));
      assertTrue(on > 2 * off, on + " " + off);
      double sum = 0;
      for (int from = 0; from < 100; from += 25) {
        sum += COST.of(network, validation.subset(from, from + 25), one);
      }
      assertEquals(on, sum / 4, 1e-12);
    }
  }

  @Test
  void plansWithoutTheNewSettingsKeepTheirHash() {
    assertEquals(
        "[architecture, batch, epochs, initial, numerics, objective, optimiser, patience, seed,"
            + " train, validation]",
        plan(6, 4, 1).settings(train, validation).keySet().toString());
    TrainingPlan goal = plan(6, 4, 1).until(COST, 0.25);
    assertNotEquals(goal.hash(train, validation), plan(6, 4, 1).hash(train, validation));
    assertNotEquals(
        goal.hash(train, validation), plan(6, 4, 1).until(COST, 0.5).hash(train, validation));
    assertEquals(goal.hash(train, validation), goal.until(COST, 0.25).hash(train, validation));
    assertThrows(InputException.class, () -> plan(6, 4, 1).until(COST, Double.NaN));
  }

  /** Both stages of a training: the second one starts from the first and has a goal. */
  @Test
  void aRunWithAGoalGoesOnWithTheSameBits(@TempDir Path folder) {
    Network best = train(plan(4, 2, 1), 1, null).network();
    TrainingPlan measured = plan(8, 0, 2).from(best).until(COST, -1);
    double wanted = train(measured, 1, null).history().get(5).goal();
    interruptAndGoOn(measured, folder.resolve("whole.safetensors"));
    interruptAndGoOn(
        plan(8, 0, 2).from(best).until(COST, wanted), folder.resolve("goal.safetensors"));
  }

  @Test
  void goesOnFromGivenWeights() {
    Trained first = train(plan(8, 0, 1), 1, null);
    TrainingPlan second = plan(1, 0, 2).from(first.network());
    String before = first.fingerprint();
    Trained on = train(second, 1, null);
    assertEquals(before, first.fingerprint(), "the weights it started from stay as they are");
    assertTrue(on.history().getFirst().cost() < first.history().get(1).cost());
    assertNotEquals(second.hash(train, validation), plan(1, 0, 2).hash(train, validation));
  }

  @Test
  void aRunThatBreaksDownSaysSo() {
    TrainingPlan wild =
        new TrainingPlan(
            Architecture.parse(NET.replace(",limit=2", "")),
            new CleanObjective(),
            () -> new Sgd(Sgd.Schedule.constant(1e30, 0.9)),
            32,
            5,
            0,
            1);
    InputException e = assertThrows(InputException.class, () -> train(wild, 1, null));
    assertTrue(e.getMessage().contains("lower the learning rate"), e.getMessage());
  }

  @Test
  void aModelIsTrainedOnceAndFoundByItsSettings(@TempDir Path folder) throws Exception {
    ModelStore store = new ModelStore(folder);
    try (Workers workers = new Workers(1)) {
      Trained first =
          store.get("net", plan(2, 0, 1), train, validation, workers, TrainingListener.NONE);
      TrainingListener never =
          new TrainingListener() {
            @Override
            public void started(int finishedEpochs, int epochs) {
              throw new AssertionError("trained again");
            }
          };
      Trained second = store.get("net", plan(2, 0, 1), train, validation, workers, never);
      assertEquals(first.fingerprint(), second.fingerprint());
      assertEquals(first.history(), second.history());
      assertThrows(
          AssertionError.class,
          () -> store.get("net", plan(2, 0, 9), train, validation, workers, never));
      assertThrows(
          AssertionError.class,
          () -> store.get("net", plan(2, 0, 1), train.subset(0, 200), validation, workers, never));
      try (var files = Files.list(folder)) {
        assertEquals(1, files.count(), "no checkpoint is left behind");
      }
    }
  }

  @Test
  void shuffleIsAPermutationOfItsOwnForEachEpoch() {
    Shuffle shuffle = new Shuffle(1001);
    int[] first = shuffle.order(5, 1).clone();
    int[] second = shuffle.order(5, 2).clone();
    assertFalse(java.util.Arrays.equals(first, second));
    assertTrue(java.util.Arrays.equals(first, shuffle.order(5, 1)));
    boolean[] seen = new boolean[1001];
    for (int i : first) {
      assertFalse(seen[i]);
      seen[i] = true;
    }
  }
}
