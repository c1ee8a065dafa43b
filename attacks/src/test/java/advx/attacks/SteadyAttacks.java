package advx.attacks;

import advx.attacks.optimal.CarliniWagner;
import advx.attacks.optimal.CarliniWagner.Kind;
import advx.attacks.optimal.Search;
import advx.attacks.promise.SteadyStateMain;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;

/** The loops of attacks: samples loaded, and perturbed with all steps, chunk after chunk. */
public final class SteadyAttacks {
  private SteadyAttacks() {}

  /** Prints what each attack on two chunks allocates: in each norm, clipped or not, both losses. */
  public static void print(Network network, Tensor images, int[] labels, Workers workers) {
    ThreatModel boxed = new ThreatModel(Norm.LINF, 1, Box.UNIT);
    Attack evolution = new OnePixel(boxed, Aim.TRUE_LABEL, AttackLoss.COST, 8, 3, 0.5, 7);
    print("one pixel", evolution, new Batch(network, workers), images, labels);
    Search search = new Search(0.05, 20, 3, 0.1, true);
    for (Kind kind : Kind.values()) {
      CarliniWagner attack = CarliniWagner.of(kind, boxed, Aim.TRUE_LABEL, 7).withSearch(search);
      print("minimal " + kind, attack, new Batch(network, workers), images, labels);
    }
    Attack planes = DeepFool.of(boxed, Aim.NEXT_LABEL);
    print("minimal deepfool", planes, new Batch(network, workers), images, labels);
    for (String name : AttackTable.names()) {
      var any = new AttackTable.Options(Aim.TRUE_LABEL, AttackLoss.COST, true, 7);
      if (name.equals(evolution.name()) || AttackTable.make(name, boxed, any).minimal()) {
        continue;
      }
      for (Norm norm : Norm.values()) {
        for (AttackLoss loss : AttackLoss.values()) {
          for (boolean clip : new boolean[] {false, true}) {
            var options = new AttackTable.Options(Aim.TRUE_LABEL, loss, clip, 7);
            var threat = new ThreatModel(norm, 0.25, clip ? Box.UNIT : Box.NONE);
            Attack attack = AttackTable.make(name, threat, options);
            print(
                "%s %s %s %s".formatted(name, norm, loss, clip ? "clipped" : "free"),
                attack,
                new Batch(network, workers),
                images,
                labels);
          }
        }
      }
    }
  }

  private static void print(String name, Attack attack, Batch batch, Tensor images, int[] labels) {
    int[] samples = AttackRun.ascending(labels.length);
    int half = labels.length / 2;
    SteadyStateMain.printAttack(
        name,
        () -> {
          for (int from = 0; from <= half; from += half) {
            batch.load(images, labels, samples, from, from + half);
            batch.start();
            attack.craft(batch);
          }
        });
  }
}
