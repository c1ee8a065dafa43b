package advx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.nn.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on images in colour. */
class CifarTest {
  @TempDir static Path folder;
  private static Path data;

  @BeforeAll
  static void write() {
    data = TinyCifar.write(folder.resolve("data/cifar10/cifar-10-batches-bin"));
    data = folder.resolve("data");
  }

  @Test
  void aFolderAboveTheSixFilesIsFound() {
    Cli.Outcome read = Cli.run("data", "--data", data).ok();
    assertTrue(
        read.out().contains("train: 160 images of 32×32 in colour, by label 16"), read.out());
    assertTrue(read.out().contains("test: 40 images of 32×32 in colour"), read.out());
    assertTrue(read.out().startsWith("The images in " + data), read.out());
    assertTrue(read.err().contains("CIFAR-10: found in " + data), read.err());
    assertTrue(Cli.run("data").ok().out().contains("CIFAR-10"));
  }

  @Test
  void trainsEvaluatesAndAttacks() throws IOException {
    Path model = folder.resolve("model.safetensors");
    Path sheet = folder.resolve("sheet.png");
    Cli.run(
            "train",
            "--net",
            "image(3,32,32) averagepool(3x8,stride=3x8) dense(10) softmax",
            "--data",
            data,
            "--epochs",
            20,
            "--rate",
            0.5,
            "--batch",
            20,
            "--model",
            model)
        .ok();
    String clean = Cli.run("evaluate", "--model", model, "--data", data).ok().out();
    assertTrue(clean.contains("test images: 40"), clean);
    assertTrue(clean.contains("error                   0 %"), clean);
    String attacked =
        Cli.run(
                "attack",
                "--model",
                model,
                "--data",
                data,
                "--attack",
                "fgsm",
                "--epsilon",
                "0.5",
                "--out",
                sheet)
            .ok()
            .out();
    assertTrue(attacked.contains("100 %"), attacked);
    var image = ImageIO.read(Files.newInputStream(sheet));
    assertEquals(3, image.getRaster().getNumBands());
    Path classes = folder.resolve("classes.png");
    Cli.run("data", "--data", data, "--sheet", classes).ok();
    assertEquals(3, ImageIO.read(Files.newInputStream(classes)).getRaster().getNumBands());
  }

  /** A model trained on bytes finds bytes: in units of 1 its answers would be others. */
  @Test
  void aModelKnowsTheRangeOfItsPixels() {
    Path model = folder.resolve("bytes.safetensors");
    Cli.run(
            "train",
            "--net",
            "standardise image(3,32,32) averagepool(3x8,stride=3x8) residual(4,slope=0) dense(10)"
                + " softmax",
            "--data",
            data,
            "--bytes",
            "--flip",
            "--epochs",
            12,
            "--optimiser",
            "adam",
            "--rate",
            0.02,
            "--batch",
            20,
            "--model",
            model)
        .ok();
    assertEquals("0.0 255.0", ModelFile.notes(model).get("box"));
    String error = Cli.run("evaluate", "--model", model, "--data", data).ok().out();
    String attacked =
        Cli.run("attack", "--model", model, "--data", data, "--attack", "noise", "--epsilon", 1)
            .ok()
            .out();
    assertTrue(attacked.contains("[0.0,255.0]"), attacked);
    assertTrue(error.contains("test images: 40"), error);
  }

  @Test
  void aNetworkForOtherImagesIsRefused() {
    Cli.Outcome refused =
        Cli.run(
            "train",
            "--net",
            "image(1,28,28) dense(10) softmax",
            "--data",
            data,
            "--model",
            folder.resolve("other.safetensors"));
    assertEquals(2, refused.status());
    assertTrue(
        refused.err().contains("it reads 784 numbers as an image, but gets 3072 numbers"),
        refused.err());
  }
}
