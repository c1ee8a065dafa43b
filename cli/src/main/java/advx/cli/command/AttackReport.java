package advx.cli.command;

import advx.attacks.Attack;
import advx.attacks.AttackEvaluation;
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
    return text.toString();
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
    return BigDecimal.valueOf(attack.threat().epsilon()).stripTrailingZeros().toPlainString();
  }

  private static String line(String... cells) {
    return String.format(Locale.ROOT, "%8s  %26s  %11s  %9s  %11s%n", (Object[]) cells);
  }

  private static String settings(Attack attack) {
    return attack.describe().replaceFirst(" epsilon=[^ ]*", "");
  }
}
