package advx.cli.command;

import advx.attacks.boundary.BoundaryAnalysis;
import advx.attacks.boundary.BoundaryProfile;
import advx.attacks.boundary.BoundarySettings;
import advx.attacks.measure.Decision;
import advx.attacks.measure.Evaluation;
import advx.attacks.region.Region;
import advx.attacks.region.RegionClassifier;
import advx.attacks.region.Votes;
import advx.cli.console.Console;
import advx.cli.console.ShareProgress;
import advx.cli.report.PngPanels;
import advx.cli.report.SvgPanels;
import advx.cli.result.Figure;
import advx.cli.rows.BoundaryPanels;
import advx.engine.InputException;
import advx.engine.Workers;
import advx.nn.Network;
import advx.nn.Trained;
import advx.nn.io.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code advx boundary}: how far an image is from a model's decision boundary, all around. */
@Command(
    name = "boundary",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Look for a model's decision boundary around an image, along orthogonal directions.",
      "Lengths are root mean squares over the pixels, in the model's units."
    })
public final class BoundaryCommand implements Callable<Integer> {
  @Mixin private ModelOption model;
  @Mixin private Subjects subjects;
  @Mixin private BoundaryOptions options;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      defaultValue = "boundary.png",
      description =
          "The picture to write; beside it the same as .svg, and all numbers as .json (default:"
              + " ${DEFAULT-VALUE}).")
  private Path out;

  @Mixin private RunOptions run;

  /**
   * Everything that was found.
   *
   * @param clean what the model says of the image itself
   */
  record Found(
      Path model,
      Trained trained,
      Subjects.Subject subject,
      Decision clean,
      BoundaryProfile profile,
      Region region,
      Votes votes) {}

  @Override
  public Integer call() {
    if (!out.toString().endsWith(".png")) {
      throw new InputException("--out is %s: give a file name that ends with .png.".formatted(out));
    }
    subjects.check();
    options.check();
    Trained trained = model.read();
    Console console = run.console();
    try (Workers workers = run.workers()) {
      console.interruptible(
          () -> "Interrupted. Nothing was written.", () -> analyse(trained, console, workers));
    }
    return 0;
  }

  private void analyse(Trained trained, Console console, Workers workers) {
    Network network = trained.network();
    Subjects.Subject subject = subjects.load(network, model, console, workers);
    BoundarySettings settings = options.settings(subject.box(), subject.colour(), network);
    Region region = options.region(subject.box(), subject.colour());
    console.live("drawing directions");
    var analysis = new BoundaryAnalysis(network, settings, workers);
    ShareProgress progress = new ShareProgress(console, "analysing");
    BoundaryProfile profile = analysis.of(subject.pixels(), progress::reached).getFirst();
    console.live("asking the region");
    Votes votes =
        new RegionClassifier(network, region, workers)
            .votes(subject.pixels(), new int[1])
            .getFirst();
    int[] label = {Math.max(0, subject.label())};
    Decision clean =
        Evaluation.of(network, subject.pixels(), label, workers).decisions().getFirst();
    Found found = new Found(model.file(), trained, subject, clean, profile, region, votes);
    console.result(BoundaryReport.text(found));
    write(found);
    console.resultLine(
        "picture %s, %s; numbers %s".formatted(out, beside(".svg"), beside(".json")));
  }

  private void write(Found found) {
    Figure.Panels panels =
        BoundaryPanels.panels(
            "Decision boundary around " + found.subject().name(),
            found.profile().settings(),
            found.region(),
            found.subject().classes(),
            List.of(BoundaryPanels.panel("", found.profile())));
    byte[] svg = SvgPanels.file(panels).getBytes(StandardCharsets.UTF_8);
    byte[] png = PngPanels.encode(panels, found.subject().picture());
    byte[] json = BoundaryReport.json(found).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(out, file -> file.write(png));
    AtomicFile.write(beside(".svg"), file -> file.write(svg));
    AtomicFile.write(beside(".json"), file -> file.write(json));
  }

  private Path beside(String ending) {
    String name = out.getFileName().toString();
    return out.resolveSibling(name.substring(0, name.length() - ".png".length()) + ending);
  }
}
