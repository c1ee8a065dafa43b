package advx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir static Path folder;
  private static Path data;
  private static Path model;

  @BeforeAll
  static void trainOne() {
    data = TinyData.write(folder.resolve("data"));
    model = folder.resolve("softmax.safetensors");
    Cli.run("train", "--net", "softmax", "--data", data, "--epochs", 3, "--model", model).ok();
  }

  @Test
  void helpNamesEveryCommand() {
    String help = Cli.run("--help").ok().out();
    for (String command :
        List.of(
            "reproduce",
            "report",
            "train",
            "evaluate",
            "attack",
            "boundary",
            "detect",
            "data",
            "doctor",
            "completion")) {
      assertTrue(help.contains("\n  " + command), help);
      String own = Cli.run(command, "--help").ok().out();
      assertTrue(own.startsWith("Usage: advx " + command), own);
    }
  }

  @Test
  void choicesAreNamedAsTheyAreTyped() {
    assertTrue(Cli.run("reproduce", "--help").out().contains("smoke, quick, standard, paper"));
    assertTrue(Cli.run("evaluate", "--help").out().contains("test, validation, train"));
    Cli.run("evaluate", "--model", model, "--data", data, "--part", "validation").ok();
  }

  @Test
  void versionNamesProgramJdkAndNumerics() {
    List<String> lines = Cli.run("--version").ok().out().lines().toList();
    assertTrue(lines.get(0).startsWith("advx "));
    assertTrue(lines.get(1).startsWith("JDK 25"));
    assertTrue(lines.get(2).startsWith("numerics 1"));
  }

  @Test
  void completionKnowsTheOptions() {
    String script = Cli.run("completion").ok().out();
    assertTrue(script.contains("--epsilon") && script.contains("complete -F"), script);
  }

  @Test
  void optionsWithoutCommandAreTheReproductions() {
    assertEquals(withoutTimes(Cli.run("reproduce", "--list")), withoutTimes(Cli.run("--list")));
    String list = Cli.run("--list").out();
    assertTrue(list.contains("Goodfellow et al. 2015, §4"), list);
    assertTrue(list.contains("not yet built"), list);
    assertTrue(list.lines().anyMatch(line -> line.matches("3 +maxout +Maxout.*")), list);
    assertTrue(list.contains("smoke, quick, standard, paper; about "), list);
  }

  /** Estimates are measured anew each time. */
  private static String withoutTimes(Cli.Outcome list) {
    return list.ok().out().replaceAll("about [^;,]*? (in|here)", "about $1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "frob | there is no command 'frob'",
        "--frob | the option '--frob' is not known",
        "train --net softmax | missing required option: '--model=FILE'",
        "attack --model MODEL --attack fgsm | give it one with --epsilon",
        "attack --model MODEL --attack fgsm --epsilon -0.1 | Epsilon is -0.1",
        "attack --model MODEL --attack fgsm --epsilon x | 'x' is not a number",
        "attack --model MODEL --attack fgsm --epsilon NaN | Epsilon is NaN",
        "attack --model MODEL --attack fgsm --epsilon 1e999 | Epsilon is Infinity",
        "attack --model MODEL --attack frob --epsilon 0.1 | The attack 'frob' is not known",
        "attack --model MODEL --attack fgsm --epsilon 0.1 --norm l7 | The norm 'l7' is not known",
        "attack --model MODEL --attack fgsm --epsilon 0.1 --steps 3 | fgsm does not walk",
        "attack --model MODEL --attack bim --epsilon 0.1 --restarts 3 | bim takes no restarts",
        "attack --model MODEL --attack pgd --epsilon 0.1 --momentum 1 | pgd takes no momentum",
        "attack --model MODEL --attack mim --epsilon 0.1 --momentum 0 | that is bim",
        "attack --model MODEL --attack pgd --epsilon 0.1 --steps 0 | has 0 steps",
        "attack --model MODEL --attack pgd --epsilon 0.1 --step -1 | step of the attack is -1",
        "attack --model MODEL --attack onepixel --epsilon 1 --no-clip | has none",
        "attack --model MODEL --attack cw --no-clip | searches inside the box",
        "attack --model MODEL --attack cw --kappa -1 | Kappa is -1.0",
        "attack --model MODEL --attack cw --iterations 0 | 0 iterations",
        "attack --model MODEL --attack cw --rate 0 | rate 0.0",
        "attack --model MODEL --attack cw --searches 0 | tries 0 values",
        "attack --model MODEL --attack cw --rms 0.3 | that is optmargin",
        "attack --model MODEL --attack cw --steps 3 | cw does not walk",
        "attack --model MODEL --attack optmargin --points 0 | 0 points",
        "attack --model MODEL --attack optmargin --quirks frob | The quirk 'frob' is not known",
        "attack --model MODEL --attack deepfool --overshoot -1 | overshoot is -1.0",
        "attack --model MODEL --attack deepfool --kappa 1 | deepfool takes no settings but",
        "attack --model MODEL --attack fgsm --epsilon 0.1 --kappa 1 | fgsm spends its budget",
        "attack --model MODEL --attack noise --epsilon 0.1 --target 3 | noise has no aim",
        "attack --model MODEL --attack cw --target frob | --target is 'frob'",
        "attack --model MODEL --attack cw --target 10 --data DATA | The target class is 10",
        "attack --model MODEL --attack fgsm --epsilon 0.1 --out x.jpg | ends with .png",
        "attack --model MODEL --attack fgsm --epsilon 0.1 --images 0 --data DATA | --images is 0",
        "evaluate --model none.safetensors --data DATA | there is no such file",
        "evaluate --model MODEL --data frob | The data set 'frob' is not known",
        "evaluate --model MODEL --data FOLDER/none | MNIST is not in",
        "evaluate --model MODEL --data DATA --part frob | invalid value for option '--part'",
        "evaluate --model MODEL --data DATA --images 101 | has 100 images",
        "evaluate --model DATA/train-labels-idx1-ubyte --data DATA | train-labels-idx1-ubyte",
        "train --net frob --data DATA --model new.safetensors | cannot be built",
        "train --net \"dense(3) softmax\" --data DATA --model new.safetensors | gives 3 classes",
        "train --net softmax --data DATA --model new.bin | ends with .safetensors",
        "train --net softmax --data DATA --model new.safetensors --epochs 0 | 0 epochs",
        "train --net softmax --data DATA --model new.safetensors --epochs x | 'x' is not a whole",
        "train --net softmax --data DATA --model new.safetensors --rate -1 | learning rate -1.0",
        "train --net softmax --data DATA --model new.safetensors --threads 0 | --threads is 0",
        "train --net softmax --data DATA --model new.safetensors --adversarial 0.5 | two numbers",
        "train --net softmax --data DATA --model new.safetensors --adversarial 0.5,-1 | -1.0",
        "train --net softmax --data DATA --model new.safetensors --adversarial 2,0.1 | 2.0",
        "train --net w28-10 --data DATA --model new.safetensors | its depth has to be 8, 14",
        "train --net w8-1 --data DATA --model new.safetensors | reads 3072 numbers as an image",
        "train --net softmax --data DATA --model new.safetensors --pgd 0.3 | a whole number of",
        "train --net softmax --data DATA --model new.safetensors --pgd 0.3,2.5 | a whole number of",
        "train --net softmax --data DATA --model new.safetensors --pgd 0,3 | epsilon is 0.0",
        "train --net softmax --data DATA --model new.safetensors --rise 9 | --rise belongs to"
            + " --pgd",
        "train --net softmax --data DATA --model new.safetensors --pgd 1,1 --adversarial 1,1 | two",
        "train --net softmax --data DATA --model new.safetensors --drops 0 | updates from 1 up",
        "train --net softmax --data DATA --model new.safetensors --decay -1 | Weight decay",
        "train --net softmax --data DATA --model new.safetensors --crop -1 | a border of -1 pixels",
        "train --net softmax --data DATA --model new.safetensors --bytes | leave out --bytes",
        "train --net softmax --data DATA --model new.safetensors --optimiser adam --momentum 0.9 |"
            + " belongs to sgd",
        "train --net softmax --data DATA --model MODEL --epochs 4 | trained with other settings",
        "train --net softmax --data DATA --model MODEL/x.safetensors | is not a folder",
        "reproduce --only frob --data DATA | The row 'frob' is not known",
        "reproduce --only 1 --data DATA | is not built yet",
        "reproduce --data cifar10 --out FOLDER/c | The rows work on digits",
        "reproduce --seeds 0 --data DATA | --seeds is 0",
        "reproduce --images 0 --data DATA | --images is 0, but the row 'boundary-table-1' needs 1",
        "reproduce --images 101 --only boundary-table-1 --data DATA --out FOLDER/d | has 100"
            + " images",
        "reproduce --images 5 --only softmax --data DATA | none of the rows takes a number",
        "report FOLDER/none --out FOLDER/merged | results.json",
        "report --out FOLDER/merged | missing required parameter",
        "reproduce --profile frob | invalid value for option '--profile'",
        "reproduce --data DATA --out MODEL | is not a folder",
        "reproduce --data DATA --out MODEL/below | is not a folder",
        "reproduce word | 'word' is one word too many",
        "data --sheet x.jpg | ends with .png",
        "data --data frob | The data set 'frob' is not known",
      })
  void mistakesGetASentence(String line, String expected) {
    String sentence = Cli.run((Object[]) words(line)).sentence();
    assertTrue(sentence.contains(expected), sentence);
  }

  private static String[] words(String line) {
    List<String> words = new java.util.ArrayList<>();
    var matcher = java.util.regex.Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line);
    while (matcher.find()) {
      String word = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      words.add(
          word.replaceFirst("^MODEL", model.toString())
              .replaceFirst("^DATA", data.toString())
              .replaceFirst("^FOLDER", folder.toString()));
    }
    return words.toArray(String[]::new);
  }

  @Test
  void traceShowsWhereASentenceComesFrom() {
    Cli.Outcome traced = Cli.run("evaluate", "--model", "none.safetensors", "--trace");
    assertEquals(2, traced.status());
    assertTrue(traced.err().contains("at advx."), traced.err());
  }

  @Test
  void evaluateAndAttackAgreeOnTheCleanImages() {
    String clean =
        Cli.run("evaluate", "--model", model, "--data", data)
            .ok()
            .out()
            .lines()
            .filter(line -> line.startsWith("error"))
            .findFirst()
            .orElseThrow();
    String[] attacked =
        Cli.run(
                "attack",
                "--model",
                model,
                "--data",
                data,
                "--attack",
                "fgsm",
                "--epsilon",
                "0,0.3")
            .ok()
            .out()
            .lines()
            .filter(line -> line.matches(" +0(\\.3)? .*"))
            .toArray(String[]::new);
    String error = clean.replaceFirst("error +", "");
    assertEquals(2, attacked.length);
    assertTrue(attacked[0].contains(error), attacked[0] + " has no " + error);
    assertFalse(attacked[1].contains(error), attacked[1]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--clip", "--no-clip"})
  void clippingIsSaid(String option) {
    String text =
        Cli.run(
                "attack",
                "--model",
                model,
                "--data",
                data,
                "--attack",
                "fgsm",
                "--epsilon",
                "0.3",
                option)
            .ok()
            .out();
    assertTrue(text.contains(option.equals("--clip") ? "clip=yes" : "clip=no"), text);
  }

  /** One step of bim that spends the whole budget is fgsm, where that finds a wrong class. */
  @Test
  void theStepsOfAWalkAreSet() {
    List<String> attacks =
        List.of(
            "fgsm",
            "bim --steps 1 --step 0.1",
            "bim --steps 1 --step 0.001",
            "pgd --steps 9 --step 0.02 --restarts 2");
    double[] errors = new double[4];
    for (int i = 0; i < 4; i++) {
      List<Object> words = new ArrayList<>(List.of("attack", "--model", model, "--data", data));
      words.addAll(List.of(("--epsilon 0.1 --attack " + attacks.get(i)).split(" ", -1)));
      String text = Cli.run(words.toArray()).ok().out();
      String line = text.lines().filter(l -> l.startsWith("     0.1 ")).findFirst().orElseThrow();
      errors[i] = Double.parseDouble(line.trim().split(" +", -1)[1]);
      assertTrue(i < 3 || text.contains("steps=9 step=0.02 restarts=2 start=random"), text);
    }
    assertEquals(errors[0], errors[1], 1);
    assertTrue(errors[2] < errors[1] - 5 && errors[3] > errors[2] + 5, Arrays.toString(errors));
  }

  /** The smallest perturbations: DeepFool's and C-W's are alike, OPTMARGIN's larger. */
  @Test
  void theSmallestPerturbationIsSaid() {
    List<String> attacks =
        List.of(
            "deepfool",
            "cw --iterations 200 --searches 5 --constant 0.1",
            "optmargin --rms 0.05 --iterations 60 --target next --epsilon 9");
    double[] rms = new double[3];
    for (int i = 0; i < 3; i++) {
      List<Object> words = new ArrayList<>(List.of("attack", "--model", model, "--data", data));
      words.addAll(List.of(("--images 20 --attack " + attacks.get(i)).split(" ", -1)));
      String text = Cli.run(words.toArray()).ok().out();
      String line = text.lines().filter(l -> l.startsWith("rms ")).findFirst().orElseThrow();
      rms[i] = Double.parseDouble(line.replaceFirst(".*median ([0-9.]+),.*", "$1"));
      assertTrue(text.contains("norm=l2 box=[0.0,1.0]"), text);
      assertEquals(i == 2, text.contains("given the wanted class"), text);
      assertTrue(text.contains(i == 2 ? "       9 " : "     any "), text);
    }
    assertEquals(rms[0], rms[1], 0.2 * rms[0], Arrays.toString(rms));
    assertTrue(rms[2] > rms[1], Arrays.toString(rms));
  }

  @Test
  void attackClipsUnlessToldNotTo() {
    String text =
        Cli.run("attack", "--model", model, "--data", data, "--attack", "fgsm", "--epsilon", "0.3")
            .ok()
            .out();
    assertTrue(text.contains("clip=yes") && text.contains("box=[0.0,1.0]"), text);
  }

  @Test
  void dataThatAreNotThePapersAreNamedSo() {
    String text = Cli.run("evaluate", "--model", model, "--data", data).ok().out();
    assertTrue(text.startsWith("The images in " + data), text);
    assertTrue(text.lines().findFirst().orElseThrow().endsWith("not comparable."), text);
  }

  @Test
  void sheetsArePictures() throws IOException {
    Path adversarial = folder.resolve("adversarial.png");
    Path digits = folder.resolve("digits.png");
    Cli.run(
            "attack",
            "--model",
            model,
            "--data",
            data,
            "--attack",
            "fgsm",
            "--epsilon",
            "0.1,0.3",
            "--out",
            adversarial)
        .ok();
    Cli.run("data", "--sheet", digits).ok();
    for (Path file : List.of(adversarial, digits)) {
      byte[] bytes = Files.readAllBytes(file);
      assertEquals("PNG", new String(bytes, 1, 3, java.nio.charset.StandardCharsets.US_ASCII));
    }
  }

  @Test
  void trainingAnewSaysWhatWasTrained() {
    Cli.Outcome again =
        Cli.run("train", "--net", "softmax", "--data", data, "--epochs", 3, "--model", model).ok();
    assertTrue(again.err().contains("trained before"), again.err());
    assertEquals(
        Cli.run("evaluate", "--model", model, "--data", data).after("sha256 of the weights"),
        again.after("sha256"));
  }

  @Test
  void quietIsOnlyResults() {
    Cli.Outcome quiet = Cli.run("evaluate", "--model", model, "--data", data, "--quiet").ok();
    assertEquals("", quiet.err());
    assertFalse(quiet.out().isEmpty());
  }
}
