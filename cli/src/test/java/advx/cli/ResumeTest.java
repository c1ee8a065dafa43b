package advx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same bits after {@code kill -9}, on any number of threads, and other bits for other weights.
 */
class ResumeTest {
  private static final String ROWS = "growth,logistic,softmax";

  @TempDir static Path folder;
  private static Path data;

  @BeforeAll
  static void writeData() {
    data = TinyData.write(folder.resolve("data"));
  }

  /** Large enough that writing a checkpoint of 40 MB takes a while. */
  private static Object[] train(Path model) {
    return new Object[] {
      "train",
      "--net",
      "dense(1500,init=he) relu dense(1500,init=he) relu dense(10) softmax",
      "--data",
      data,
      "--epochs",
      8,
      "--rate",
      "0.05",
      "--model",
      model
    };
  }

  @Test
  void killedTrainingEndsWithTheSameWeights() throws Exception {
    Path models = folder.resolve("killed");
    Path model = models.resolve("big.safetensors");
    Path checkpoint = models.resolve("big.checkpoint.safetensors");
    Files.createDirectories(models);

    Cli.Forked run = Cli.start(folder, Cli.command(train(model)));
    Wait.until(run.process(), () -> Files.readString(run.err()).contains("found in"));
    run.kill(); // while it reads, or in its first epoch
    killInsideTheWritingOfACheckpoint(models, model);
    killAfterACheckpoint(model, checkpoint);

    Cli.Outcome last = Cli.start(folder, Cli.command(train(model))).await().ok();
    assertTrue(last.err().contains("training: going on at epoch "), last.err());
    try (Stream<Path> left = Files.list(models)) {
      assertEquals(List.of(model), left.toList());
    }
    String uninterrupted = Cli.run(train(folder.resolve("whole.safetensors"))).after("sha256");
    assertEquals(uninterrupted, last.after("sha256"));
  }

  private static void killInsideTheWritingOfACheckpoint(Path models, Path model) throws Exception {
    for (int attempt = 0; attempt < 5; attempt++) {
      Cli.Forked run = Cli.start(folder, Cli.command(train(model)));
      Wait.until(run.process(), () -> !temporaries(models).isEmpty());
      run.kill();
      List<Path> left = temporaries(models);
      if (!left.isEmpty()) {
        assertTrue(left.getFirst().getFileName().toString().startsWith(".big.checkpoint."));
        return;
      }
      Files.deleteIfExists(models.resolve("big.checkpoint.safetensors")); // too late: once more
    }
    throw new AssertionError("no kill fell into the writing of a checkpoint");
  }

  private static void killAfterACheckpoint(Path model, Path checkpoint) throws Exception {
    Cli.Forked run = Cli.start(folder, Cli.command(train(model)));
    Wait.until(run.process(), () -> Files.exists(checkpoint));
    Thread.sleep(100);
    run.kill();
    assertTrue(Files.notExists(model), "the training was over before it was killed");
  }

  private static List<Path> temporaries(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }

  private static Object[] reproduce(Path out, Object... more) {
    Object[] basic = {"reproduce", "--profile", "smoke", "--data", data, "--out", out};
    return Stream.concat(Stream.of(basic), Stream.of(more)).toArray();
  }

  @Test
  void killedReproductionEndsWithTheSameDigest() throws Exception {
    Path out = folder.resolve("interrupted");
    Object[] command = reproduce(out, "--only", ROWS);
    Cli.Forked run = Cli.start(folder, Cli.command(command));
    Wait.until(run.process(), () -> Files.exists(out.resolve("results.json")));
    run.kill();
    String again = Cli.start(folder, Cli.command(command)).await().ok().after("digest");
    String whole = Cli.run(reproduce(folder.resolve("whole"), "--only", ROWS)).after("digest");
    assertEquals(whole, again);
  }

  @Test
  void allRowsGiveTheSameDigestOnOneThreadAndOnTwo() throws Exception {
    Cli.Outcome one = Cli.run(reproduce(folder.resolve("one"), "--threads", 1)).ok();
    Cli.Outcome two = Cli.run(reproduce(folder.resolve("two"), "--threads", 2)).ok();
    assertEquals(one.after("digest"), two.after("digest"));
    for (String file : List.of("report.html", "results.json")) {
      assertTrue(Files.size(folder.resolve("two").resolve(file)) > 1_000, file);
    }
    assertTrue(Files.readString(folder.resolve("two/report.html")).contains("not comparable"));
  }

  @Test
  void oneFlippedBitOfAWeightChangesTheDigest() throws IOException {
    Path out = folder.resolve("flipped");
    Object[] command = reproduce(out, "--only", "softmax");
    String before = Cli.run(command).ok().after("digest");
    Path model;
    try (Stream<Path> files = Files.list(out.resolve("models"))) {
      model = files.filter(file -> !file.toString().contains("-limit-")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(model);
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    bytes[Math.toIntExact(8 + header + 2_000)] ^= 1;
    Files.write(model, bytes);
    assertEquals(before, Cli.run(command).ok().after("digest"), "it is not measured again");
    Object[] again = reproduce(out, "--only", "softmax", "--again");
    assertNotEquals(before, Cli.run(again).ok().after("digest"));
  }

  /** The state of an unfinished search lies beside the model until the attack is done. */
  @Test
  void killedAttackEndsWithTheSameResult() throws Exception {
    Path models = Files.createDirectories(folder.resolve("attacked"));
    Path model = models.resolve("softmax.safetensors");
    Cli.run("train", "--net", "softmax", "--data", data, "--epochs", 1, "--model", model).ok();
    Object[] attack = {
      "attack", "--attack", "cw", "--iterations", 4000, "--model", model, "--data", data
    };
    Cli.Forked run = Cli.start(folder, Cli.command(attack));
    Wait.until(run.process(), () -> isKept(models));
    run.kill();
    Cli.Outcome resumed = Cli.start(folder, Cli.command(attack)).await().ok();
    assertTrue(resumed.err().contains("going on from "), resumed.err());
    assertEquals(List.of(model), files(models));
    assertEquals(Cli.run(attack).ok().out(), resumed.out());
  }

  private static boolean isKept(Path models) throws IOException {
    for (Path file : files(models)) {
      if (Files.isRegularFile(file.resolve("work-0-0"))) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
