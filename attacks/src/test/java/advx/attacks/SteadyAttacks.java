package advx.attacks;

import advx.attacks.promise.SteadyStateMain;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;
import java.util.Arrays;

/** The loops of attacks: samples loaded, and perturbed, chunk after chunk. */
public final class SteadyAttacks {
  private SteadyAttacks() {}

  /**
   * Prints what an iteration of each attack allocates: in each norm, clipped or not, both losses.
   */
  public static void print(Network network, Tensor images, int[] labels, Workers workers) {
    int[] samples = new int[labels.length];
    Arrays.setAll(samples, i -> i);
    int half = labels.length / 2;
    for (String name : AttackTable.names()) {
      for (Norm norm : Norm.values()) {
        for (AttackLoss loss : AttackLoss.values()) {
          for (boolean clip : new boolean[] {false, true}) {
            var options = new AttackTable.Options(Aim.TRUE_LABEL, loss, clip, 7);
            var threat = new ThreatModel(norm, 0.25, clip ? Box.UNIT : Box.NONE);
            Attack attack = AttackTable.make(name, threat, options);
            Batch batch = new Batch(network, workers);
            SteadyStateMain.printAttack(
                "%s %s %s %s".formatted(name, norm, loss, clip ? "clipped" : "free"),
                () -> {
                  for (int from = 0; from <= half; from += half) {
                    batch.load(images, labels, samples, from, from + half);
                    batch.start();
                    attack.craft(batch);
                  }
                });
          }
        }
      }
    }
  }
}
