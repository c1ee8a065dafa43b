package advx.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.nn.io.Png;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code advx boundary}, on digits that the program draws. */
class BoundaryTest {
  @TempDir static Path folder;
  private static Path data;
  private static Path model;

  @BeforeAll
  static void trainOne() {
    data = TinyData.write(folder.resolve("data"));
    model = folder.resolve("net.safetensors");
    // Rough weights: around those of a trained linear model there is nothing within reach.
    String net = "dense(40,init=normal:0.3) relu dense(10,init=normal:0.5) softmax";
    Cli.run("train", "--net", net, "--data", data, "--epochs", 1, "--rate", 0.01, "--model", model)
        .ok();
    Png.grey(folder.resolve("small.png"), 5, 4, new float[20]);
    float[] colours = new float[3 * 784];
    colours[0] = 1;
    Png.rgb(folder.resolve("colour.png"), 28, 28, colours);
    Png.grey(folder.resolve("black.png"), 28, 28, new float[784]);
  }

  private static JsonObject read(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private static Cli.Outcome of(Path out, Object... more) {
    Object[] words = {
      "boundary", "--model", model, "--data", data, "--out", out, "--directions", 40
    };
    Object[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return Cli.run(all).ok();
  }

  @Test
  void printsDistancesClassesAndPurity() throws IOException {
    Path out = folder.resolve("panel.png");
    String text = of(out, "--index", 3).out();
    for (String part :
        List.of("median", "nearest", "adjacent class", "purity of the top", "region ±0.3")) {
      assertTrue(text.contains(part), text);
    }
    assertTrue(text.contains("80 directions of RMS 1: 40 orthogonal ones"), text);
    assertTrue(Files.size(out) > 1000);
    assertTrue(Files.readString(folder.resolve("panel.svg")).contains("Decision boundary around"));
    JsonObject json = read(folder.resolve("panel.json"));
    assertEquals(80, json.getAsJsonArray("distances").size());
    int crossings = json.get("crossings").getAsInt();
    assertTrue(crossings > 40 && text.contains(80 - crossings + " of 80 directions"), text);
    JsonObject settings = json.getAsJsonObject("settings");
    assertEquals(0.01, settings.get("step").getAsDouble());
    assertEquals(49, settings.get("steps").getAsInt());
    try (var files = Files.list(folder)) {
      assertFalse(files.anyMatch(f -> f.toString().endsWith(".tmp")), "nothing half-written");
    }
  }

  /** A picture file of the same bytes has the same surroundings as the image of the data set. */
  @Test
  void anImageFileIsTheImageOfTheDataSet() throws IOException {
    byte[] idx = Files.readAllBytes(data.resolve("t10k-images-idx3-ubyte"));
    float[] pixels = new float[784];
    for (int i = 0; i < 784; i++) {
      pixels[i] = (idx[16 + 5 * 784 + i] & 0xff) / 255f;
    }
    Path digit = folder.resolve("digit.png");
    Png.grey(digit, 28, 28, pixels);
    of(folder.resolve("a.png"), "--index", 5, "--threads", 1);
    Path out = folder.resolve("b.png");
    Object[] words = {
      "boundary", "--model", model, "--image", digit, "--out", out, "--directions", 40
    };
    Cli.Outcome said = Cli.run(words).ok();
    assertTrue(said.out().contains("digit.png: taken for"), said.out());
    JsonObject a = read(folder.resolve("a.json"));
    JsonObject b = read(folder.resolve("b.json"));
    for (String name : List.of("distances", "adjacent", "region", "prediction", "purity")) {
      assertEquals(a.get(name), b.get(name), name);
    }
    assertTrue(b.get("label") == null || b.get("label").isJsonNull());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a.png")), Files.readAllBytes(folder.resolve("b.png")));
  }

  @Test
  void settingsAreTakenAndTheSeedCounts() throws IOException {
    of(
        folder.resolve("c.png"),
        "--index",
        3,
        "--no-negatives",
        "--step",
        0.02,
        "--limit",
        0.2,
        "--seed",
        5,
        "--region",
        0.1,
        "--points",
        7,
        "--part",
        "train");
    JsonObject c = read(folder.resolve("c.json"));
    assertEquals(40, c.getAsJsonArray("adjacent").size());
    assertEquals(10, c.getAsJsonObject("settings").get("steps").getAsInt());
    assertEquals(7, c.getAsJsonObject("region").get("points").getAsInt());
    of(folder.resolve("d.png"), "--index", 3, "--seed", 6);
    of(folder.resolve("e.png"), "--index", 3, "--seed", 5);
    assertFalse(
        read(folder.resolve("d.json"))
            .get("distances")
            .equals(read(folder.resolve("e.json")).get("distances")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--index 3 --out x.jpg | ends with .png",
        "--out FOLDER/x.png | either --image FILE.png, or --index",
        "--index 3 --image FOLDER/black.png | either --image FILE.png, or --index",
        "--image FOLDER/black.png --data mnist | needs no --data",
        "--index 3 --range 0,255 | --range is for --image",
        "--image FOLDER/black.png --range 1 | --range needs two numbers",
        "--image FOLDER/black.png --range 1,0 | holds nothing",
        "--image FOLDER/none.png | there is no such file",
        "--image MODEL | is no PNG picture",
        "--image FOLDER/small.png | has 5×4 pixels, but",
        "--image FOLDER/colour.png | has colours, but",
        "--image FOLDER/black.png --directions 0 | --directions is 0",
        "--image FOLDER/black.png --directions 785 | only 784 directions are orthogonal",
        "--image FOLDER/black.png --step 0 | --step is 0.0",
        "--image FOLDER/black.png --step 0.3 --limit 0.2 | make no search",
        "--image FOLDER/black.png --limit 1 | below 1.0, the range",
        "--image FOLDER/black.png --region -1 | --region is -1.0",
        "--image FOLDER/black.png --points 0 | --points is 0",
        "--index 100 --data DATA | has 100 test images: give a number from 0 to 99",
        "--index -1 --data DATA | --index is -1",
        "--index x | 'x' is not a whole number",
      })
  void mistakesGetASentence(String line, String expected) {
    String words =
        ("boundary --model MODEL " + line)
            .replace("MODEL", model.toString())
            .replace("DATA", data.toString())
            .replace("FOLDER", folder.toString());
    String sentence = Cli.run((Object[]) words.split(" ")).sentence();
    assertTrue(sentence.contains(expected), sentence);
  }
}
