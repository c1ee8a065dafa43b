package advx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.nn.ModelFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code advx detect}, on digits that the program draws. */
class DetectTest {
  @TempDir static Path folder;
  private static Path data;
  private static Path model;

  @BeforeAll
  static void trainOne() {
    data = TinyData.write(folder.resolve("data"));
    model = folder.resolve("net.safetensors");
    String net = "dense(40,init=normal:0.1) relu dense(10,init=normal:0.1) softmax";
    Cli.run("train", "--net", net, "--data", data, "--epochs", 20, "--rate", 0.1, "--model", model)
        .ok();
  }

  private static Cli.Outcome of(Object... more) {
    Object[] words = {"detect", "--model", model, "--data", data};
    Object[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return Cli.run(all);
  }

  /**
   * The same on one thread. Kills: benign and perturbed exchanged, a detector that never learns.
   */
  @Test
  void nearestExamplesAreTold() {
    Path file = folder.resolve("detector.safetensors");
    Object[] words = {
      "--attack",
      "deepfool",
      "--train",
      70,
      "--test",
      30,
      "--directions",
      20,
      "--training-steps",
      150,
      "--out",
      file
    };
    Cli.Outcome found = of(words).ok();
    double area = Double.parseDouble(found.after("area under the ROC curve").strip());
    assertTrue(area > 0.8, "area " + area);
    assertTrue(found.out().contains("to judge by"), found.out());
    assertEquals(2, ModelFile.read(file).network().classes());
    Object[] alone = Arrays.copyOf(words, words.length + 2);
    alone[words.length] = "--threads";
    alone[words.length + 1] = 1;
    assertEquals(found.out(), of(alone).ok().out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--attack fgsm | spends its budget",
        "--attack deepfool --epsilon 1 | leave out --epsilon",
        "--attack frob | The attack 'frob' is not known",
        "--attack fgsm --epsilon 0.1 --train 0 | --train is 0",
        "--attack fgsm --epsilon 0.1 --directions 4 | needs 36 distances",
        "--attack fgsm --epsilon 0.1 --directions 800 --train 20 --test 10 | only 784 directions",
        "--attack fgsm --epsilon 0.1 --test 99 | more than the 100 test images",
        "--attack fgsm --epsilon 0 --train 20 --test 10 --directions 20 | none fools the model",
        "--attack fgsm --epsilon 0.1 --out x.bin | ends with .safetensors",
      })
  void saysWhatIsWrong(String words, String part) {
    String sentence = of((Object[]) words.split(" ")).sentence();
    assertTrue(sentence.contains(part), sentence);
  }
}
