package advx.peers.table;

import java.util.List;

/**
 * A line of the table: subjects of which the same is demanded.
 *
 * @param subjects their keys, in order
 * @param must what a release has to meet
 * @param goal what is worth striving for
 */
public record Line(String title, List<String> subjects, List<Rule> must, List<Rule> goal) {
  private static final List<String> PLAIN = List.of("onednn", "onednn-matmul");

  /** The whole table. */
  public static final List<Line> TABLE =
      List.of(
          new Line(
              "sgemm 128³",
              List.of("sgemm/nn/128x128x128"),
              List.of(new Rule(List.of(Rule.OWN), PLAIN, 0.85, 0.7)),
              List.of(new Rule(List.of(Rule.OWN), PLAIN, 0.95, 0.95))),
          product(
              "sgemm, square",
              List.of(
                  "sgemm/nn/256x256x256",
                  "sgemm/nn/512x512x512",
                  "sgemm/nn/1024x1024x1024",
                  "sgemm/nn/2048x2048x2048")),
          product(
              "sgemm, the networks' shapes",
              List.of(
                  "sgemm/nt/100x784x1200",
                  "sgemm/tn/1200x100x784",
                  "sgemm/nn/100x1200x784",
                  "sgemm/nt/100x240x1200",
                  "sgemm/nt/100x784x8000",
                  "sgemm/nt/100x1600x8000")),
          new Line(
              "sgemm with 10 outputs: forward, weight gradient, input gradient",
              List.of("sgemm/nt/100x240x10", "sgemm/tn/10x100x240", "sgemm/nn/100x10x240"),
              List.of(Rule.best(0.8, 0.8)),
              List.of(Rule.best(1, 1))),
          rate(
              "training step, maxout 784–240×5–240×5–10, batch 100, dropout, momentum, clean",
              List.of("maxout/240/clean/dense", "maxout/240/clean/digits"),
              Rule.best(1.5, 2),
              Rule.best(2.5, 2.5)),
          rate(
              "the same, FGSM adversarial training, α 0.5",
              List.of("maxout/240/adversarial/dense", "maxout/240/adversarial/digits"),
              Rule.best(1.5, 2),
              Rule.best(2.5, 2.5)),
          rate(
              "the same with 1600 units, clean and adversarial",
              List.of(
                  "maxout/1600/clean/dense",
                  "maxout/1600/clean/digits",
                  "maxout/1600/adversarial/dense",
                  "maxout/1600/adversarial/digits"),
              Rule.best(1.3, 1.3),
              Rule.best(2, 2)),
          rate(
              "FGSM on softmax regression, 10,000×784",
              List.of("softmax-fgsm/10000"),
              Rule.best(1.5, 2.3),
              Rule.best(3, 3)),
          rate(
              "MNIST network with convolutions, forward and backward, batch 50",
              List.of("cnn-step/50"),
              Rule.best(1.1, 1.15),
              Rule.best(1.3, 1.3)),
          rate(
              "PGD, 40 steps, on that network, 200 images",
              List.of("cnn-pgd/200"),
              Rule.best(1.2, 1.2),
              Rule.best(1.4, 1.4)));

  private static Line product(String title, List<String> subjects) {
    return new Line(
        title,
        subjects,
        List.of(
            new Rule(List.of(Rule.OWN), PLAIN, 0.9, 0.9),
            new Rule(List.of(Rule.OWN), List.of("openblas", "mkl"), 1, 1)),
        List.of(
            new Rule(List.of(Rule.OWN, "advx-packed"), List.of("onednn-packed"), 0.95, 0.95),
            new Rule(List.of(Rule.OWN, "advx-packed"), List.of(Rule.PEAK), 0.92, 0.92)));
  }

  private static Line rate(String title, List<String> subjects, Rule must, Rule goal) {
    return new Line(title, subjects, List.of(must), List.of(goal));
  }
}
