package advx.cli.command;

import advx.attacks.Attack;
import advx.attacks.AttackEvaluation;
import advx.attacks.AttackResult;
import advx.attacks.Fgsm;
import advx.attacks.Norm;
import advx.attacks.audit.AuditItem;
import advx.attacks.measure.Mean;
import advx.cli.report.Numbers;
import advx.nn.Network;
import advx.nn.data.Dataset;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** What {@code advx attack} prints. */
final class AttackReport {
  private AttackReport() {}

  /** All budgets of one attack, a line each. */
  static String text(
      Network network, DataOptions.Chosen chosen, Dataset attacked, List<AttackEvaluation> found) {
    AttackEvaluation first = found.getFirst();
    Attack attack = first.result().attack();
    Norm norm = attack.threat().norm();
    StringBuilder text = new StringBuilder(Parts.note(chosen));
    text.append(network.architecture()).append('\n');
    text.append("%s, test, %s images\n".formatted(chosen.name(), Numbers.count(attacked.size())));
    text.append(settings(attack)).append('\n');
    text.append("clean accuracy ").append(Figures.rate(first.clean().accuracy())).append("\n\n");
    text.append(
        line("epsilon", "error, 95 %", "confidence*", "mean " + norm.word(), "no gradient"));
    for (AttackEvaluation e : found) {
      Mean distance = e.norm(norm);
      text.append(
          line(
              epsilon(e.result().attack()),
              Figures.rate(e.attacked().error()),
              Figures.mean(e.attacked().confidenceOnMistakes()),
              Numbers.plain(distance.value()),
              Numbers.percent(e.zeroGradients().value())));
    }
    text.append("* mean over the images that the model gets wrong\n");
    AttackEvaluation last = found.getLast();
    if (last.result().attack().aim().targeted()) {
      text.append("given the wanted class, of the images of another: ");
      text.append(Figures.rate(last.reachedTarget())).append('\n');
    }
    if (attack.minimal()) {
      smallest(last, attacked, text);
    }
    return text.toString();
  }

  /** How far the model is from being fooled, over the images for which it was. */
  private static void smallest(AttackEvaluation found, Dataset attacked, StringBuilder text) {
    List<AttackResult.Sample> fooled =
        found.result().samples().stream().filter(AttackResult.Sample::fooled).toList();
    long right = found.clean().accuracy().count();
    text.append(
        "\nfooled: %s of the %s images that were right when clean\n"
            .formatted(Numbers.count(fooled.size()), Numbers.count(right)));
    if (fooled.isEmpty()) {
      return;
    }
    double[] l2 = fooled.stream().mapToDouble(AttackResult.Sample::l2).sorted().toArray();
    double scale = Math.sqrt(attacked.features());
    text.append(sizes("l2", l2, 1)).append(sizes("rms", l2, scale));
    double[] taken = fooled.stream().mapToDouble(s -> s.gradients().taken()).sorted().toArray();
    text.append("gradients  median %s an image\n".formatted(Numbers.count((long) median(taken))));
  }

  private static String sizes(String name, double[] sorted, double scale) {
    return String.format(
        Locale.ROOT,
        "%-9s  mean %s, median %s, from %s to %s%n",
        name,
        Numbers.plain(Mean.of(sorted).value() / scale),
        Numbers.plain(median(sorted) / scale),
        Numbers.plain(sorted[0] / scale),
        Numbers.plain(sorted[sorted.length - 1] / scale));
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** What the evaluation has to stand, and whether it does. */
  static String audit(Fgsm attack, List<AuditItem> items, int images) {
    StringBuilder text = new StringBuilder();
    text.append(
        "\nAudit of epsilon %s on the first %d images\n".formatted(epsilon(attack), images));
    items.forEach(item -> text.append(item).append('\n'));
    return text.toString();
  }

  /** As people write it: 0.25, 0. */
  private static String epsilon(Attack attack) {
    if (!attack.threat().limits()) {
      return "any";
    }
    return BigDecimal.valueOf(attack.threat().epsilon()).stripTrailingZeros().toPlainString();
  }

  private static String line(String... cells) {
    return String.format(Locale.ROOT, "%8s  %26s  %11s  %9s  %11s%n", (Object[]) cells);
  }

  private static String settings(Attack attack) {
    return attack.describe().replaceFirst(" epsilon=[^ ]*", "");
  }
}
