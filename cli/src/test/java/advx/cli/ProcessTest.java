package advx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import advx.testing.Signals;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can only be seen from outside: locks, signals, full disks, closed streams. */
class ProcessTest {
  @TempDir static Path folder;
  private static Path data;

  @BeforeAll
  static void writeData() {
    data = TinyData.write(folder.resolve("data"));
  }

  @Test
  void aSecondRunIntoTheSameFolderIsRefusedUntilTheFirstIsGone() throws Exception {
    Path out = folder.resolve("shared");
    Cli.Forked first =
        Cli.start(folder, Cli.command("reproduce", "--data", "embedded", "--out", out));
    Wait.until(first.process(), () -> Files.exists(out.resolve(".lock")));
    Thread.sleep(200); // the lock is taken just after its file appears
    Object[] second = {
      "reproduce", "--only", "growth", "--profile", "smoke", "--data", data, "--out", out
    };
    String sentence = Cli.run(second).sentence();
    assertTrue(sentence.startsWith("advx: Another run is writing to " + out), sentence);
    first.kill();
    Cli.run(second).ok();
  }

  @Test
  void interruptSaysHowToGoOn() throws Exception {
    assumeTrue(Files.exists(Path.of("/bin/kill")), "needs the command kill");
    Path model = folder.resolve("endless.safetensors");
    Cli.Forked run =
        Cli.start(
            folder,
            Signals.interruptible(
                Cli.command(
                    "train",
                    "--net",
                    "softmax",
                    "--data",
                    data,
                    "--epochs",
                    1_000_000,
                    "--model",
                    model)));
    Wait.until(run.process(), () -> Files.readString(run.err()).contains("epoch 1 of"));
    Wait.until(run.process(), () -> Files.exists(folder.resolve("endless.checkpoint.safetensors")));
    new ProcessBuilder("/bin/kill", "-INT", Long.toString(run.process().pid())).start().waitFor();
    Cli.Outcome outcome = run.await();
    assertEquals(130, outcome.status(), outcome.toString());
    List<String> lines = outcome.err().lines().toList();
    assertTrue(lines.getLast().startsWith("Interrupted. The same command goes on from "));
    assertEquals("", outcome.out());
  }

  @Test
  void aFullDiskGetsASentenceAndLeavesNothingHalfWritten() throws Exception {
    assumeTrue(Files.exists(Path.of("/bin/bash")), "needs bash to limit the size of files");
    Path models = folder.resolve("full");
    List<String> train =
        Cli.command(
            "train",
            "--net",
            "relu",
            "--data",
            data,
            "--epochs",
            1,
            "--model",
            models.resolve("relu.safetensors"));
    String limited =
        "ulimit -f 300; exec "
            + train.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    Cli.Outcome outcome = Cli.start(folder, List.of("/bin/bash", "-c", limited)).await();
    String sentence = outcome.sentence();
    assertTrue(sentence.startsWith("advx: Cannot write " + models), sentence);
    assertTrue(sentence.contains("File too large"), sentence);
    try (Stream<Path> left = Files.list(models)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void resultsThatCannotBeWrittenAreAnError() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "needs /dev/full");
    Path err = folder.resolve("full.err");
    Process process =
        new ProcessBuilder(Cli.command("reproduce", "--list"))
            .redirectOutput(Path.of("/dev/full").toFile())
            .redirectError(err.toFile())
            .start();
    Cli.Outcome outcome = new Cli.Forked(process, err, err).await();
    assertTrue(outcome.sentence().contains("could not be written to standard output"));
  }

  @Test
  void anUnknownVectorWidthGetsASentence() throws Exception {
    List<String> command = Cli.command("doctor");
    command.add(1, "-Dadvx.vector=77");
    String sentence = Cli.start(folder, command).await().sentence();
    assertTrue(sentence.contains("-Dadvx.vector=77"), sentence);
  }

  @Test
  void anErrorInTheProgramIsCalledOne() throws Exception {
    String all = System.getProperty("java.class.path");
    String broken =
        Arrays.stream(all.split(File.pathSeparator))
            .filter(entry -> !entry.contains("gson"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        Cli.command("evaluate", "--data", data, "--model", folder.resolve("any.safetensors"));
    command.set(command.indexOf(all), broken);
    Files.writeString(folder.resolve("any.safetensors"), "\u0002\0\0\0\0\0\0\0{}");
    Cli.Outcome outcome = Cli.start(folder, command).await();
    assertEquals(1, outcome.status(), outcome.toString());
    assertTrue(outcome.err().startsWith("advx: internal error: "), outcome.err());
    assertTrue(outcome.err().contains("add --trace"), outcome.err());
    assertFalse(outcome.err().contains("at advx."), outcome.err());
  }

  @Test
  void helpLoadsNoKernel() throws Exception {
    List<String> command = Cli.command("--help");
    command.add(1, "-Xlog:class+load");
    Cli.Outcome outcome = Cli.start(folder, command).await();
    assertEquals(0, outcome.status());
    assertTrue(outcome.out().contains("advx.cli.Main"));
    List<String> loaded =
        outcome.out().lines().filter(line -> line.contains(" advx.engine.kernel.")).toList();
    assertEquals(List.of(), loaded);
    assertFalse(outcome.out().contains("jdk.incubator.vector.FloatVector"), "a vector was loaded");
  }
}
