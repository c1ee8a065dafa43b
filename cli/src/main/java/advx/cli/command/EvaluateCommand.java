package advx.cli.command;

import advx.attacks.measure.Evaluation;
import advx.cli.console.Console;
import advx.cli.report.Numbers;
import advx.engine.Workers;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code advx evaluate}: how often a model errs, and how sure it is. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measure a model's error and confidence on clean images.")
public final class EvaluateCommand implements Callable<Integer> {
  @Mixin private ModelOption model;
  @Mixin private DataOptions data;

  @Option(
      names = "--part",
      paramLabel = "PART",
      defaultValue = "test",
      description = "Which images: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Parts part;

  @Option(names = "--images", paramLabel = "N", description = "Only the first N of them.")
  private Integer images;

  @Mixin private RunOptions run;

  @Override
  public Integer call() {
    Trained trained = model.read();
    Console console = run.console();
    try (Workers workers = run.workers()) {
      DataOptions.Chosen chosen = data.load(console, workers, model);
      Dataset some = Parts.first(part.of(chosen.splits()), images);
      ModelOption.check(trained.network(), model.file().toString(), some);
      Evaluation evaluation = Evaluation.of(trained.network(), some, workers);
      console.result(report(trained, chosen, evaluation));
    }
    return 0;
  }

  private String report(Trained trained, DataOptions.Chosen chosen, Evaluation evaluation) {
    return """
    %s%s
    %s, %s images: %s
    error                   %s
    confidence              %s
    confidence on mistakes  %s
    sha256 of the weights   %s
    """
        .formatted(
            Parts.note(chosen),
            trained.network().architecture(),
            chosen.name(),
            part,
            Numbers.count(evaluation.size()),
            Figures.rate(evaluation.error()),
            Figures.mean(evaluation.confidence()),
            Figures.mean(evaluation.confidenceOnMistakes()),
            trained.fingerprint());
  }
}
