package advx.cli.rows;

import advx.attacks.detector.BoundaryClassifier;
import advx.attacks.detector.DetectorEvaluation;
import advx.attacks.detector.DetectorTraining;
import advx.attacks.detector.Surroundings;
import advx.engine.Numerics;
import advx.engine.Tensor;
import advx.nn.Architecture;
import advx.nn.ModelFile;
import advx.nn.Network;
import advx.nn.Trained;
import advx.nn.io.Canonical;
import advx.nn.io.Checksums;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The boundary classifiers of one network, trained on the examples of one attack each. */
final class DetectorModels {
  private static final int SHOWN_STEPS = 100;

  private DetectorModels() {}

  /**
   * A trained boundary classifier.
   *
   * @param attack the examples that it was trained on
   */
  record Detector(DetectorData data, DetectorData.Kind attack, Trained trained) {
    BoundaryClassifier classifier(Session session) {
      return new BoundaryClassifier(trained.network(), session.workers());
    }

    /** How it tells the test images of this kind from benign ones; empty if there are none. */
    Optional<DetectorEvaluation> judge(Session session, DetectorData.Kind kind) {
      Optional<Surroundings> benign = data.kind(DetectorData.BENIGN).surroundings(true);
      Optional<Surroundings> adversarial = kind.surroundings(true);
      return benign.isEmpty() || adversarial.isEmpty()
          ? Optional.empty()
          : Optional.of(classifier(session).evaluate(benign.get(), adversarial.get()));
    }

    /** Whether the example of this kind at each place passes; false where there is none. */
    boolean[] passes(Session session, DetectorData.Kind kind, int[] places) {
      boolean[] passes = new boolean[places.length];
      Optional<Surroundings> test = kind.surroundings(true);
      if (test.isPresent()) {
        double[] scores = classifier(session).scores(test.get());
        for (int i = 0; i < places.length; i++) {
          int at = Arrays.binarySearch(kind.test(), places[i]);
          passes[i] = at >= 0 && !advx.attacks.detector.Detector.flags(scores[at]);
        }
      }
      return passes;
    }
  }

  /** That of one attack: read if it is kept, else trained; empty if the attack never succeeds. */
  static Optional<Detector> trained(Session session, DetectorData data, String attack) {
    DetectorData.Kind kind = data.kind(attack);
    Optional<Surroundings> benign = data.kind(DetectorData.BENIGN).surroundings(false);
    Optional<Surroundings> adversarial = kind.surroundings(false);
    if (benign.isEmpty() || adversarial.isEmpty()) {
      return Optional.empty();
    }
    DetectorTraining learning = data.settings().learning();
    Architecture architecture = data.settings().classifier();
    Map<String, Object> settings = new TreeMap<>();
    settings.put("architecture", architecture.toString());
    settings.put("training", learning.describe());
    settings.put("benign", checksum(benign.get().x()));
    settings.put("adversarial", checksum(adversarial.get().x()));
    settings.put("numerics", Numerics.VERSION);
    String name = data.model().name() + "-detector-" + attack;
    Path file = session.models().file(name, Canonical.sha256(settings));
    if (!Files.isRegularFile(file)) {
      String what = "%s network, classifier on %s".formatted(data.model().title(), kind.title());
      var listener = session.listener().apply(data.work());
      Network network =
          learning.train(
              architecture,
              benign.get(),
              adversarial.get(),
              session.workers(),
              (step, cost) -> {
                if (step % SHOWN_STEPS == 0) {
                  listener.note("%s, step %d of %d".formatted(what, step, learning.steps()));
                }
              });
      ModelFile.write(file, new Trained(network, List.of(), 0), Map.of());
    }
    return Optional.of(new Detector(data, kind, ModelFile.read(file)));
  }

  private static String checksum(Tensor x) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * x.size());
    bytes.asFloatBuffer().put(x.data());
    return Checksums.sha256(bytes.array());
  }
}
