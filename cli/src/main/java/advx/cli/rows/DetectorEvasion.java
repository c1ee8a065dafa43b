package advx.cli.rows;

import advx.attacks.Norm;
import advx.attacks.OrthogonalDirections;
import advx.attacks.OrthogonalDirections.Use;
import advx.attacks.ThreatModel;
import advx.attacks.boundary.BoundarySettings;
import advx.attacks.detector.AdaptiveAttack;
import advx.attacks.detector.BoundaryDetector;
import advx.attacks.detector.RobustMargin;
import advx.attacks.measure.Mean;
import advx.attacks.measure.Rate;
import advx.engine.Numerics;
import advx.engine.Tensor;
import advx.nn.Network;
import advx.nn.data.Dataset;
import advx.nn.io.Canonical;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Examples made by somebody who knows the boundary classifier, on the first test images that the
 * network gets right. Each is kept as soon as it is made, so that an interrupted run goes on with
 * the same bits.
 *
 * @param places of the attacked images among the detector's
 * @param inputs what was found, a row each; the clean image where nothing was
 * @param evaded whether the network is wrong about it and the detector silent
 * @param rms how far it is
 */
record DetectorEvasion(int[] places, Tensor inputs, boolean[] evaded, double[] rms) {
  /** Of the detector's own directions those that an example is to keep its class along. */
  private static final int DIRECTIONS = 25;

  private static final int STEPS = 60;

  /** Six radii, each half as long again, two bisections of the radius, three of the way. */
  private static AdaptiveAttack attack(DetectorSettings settings, int features) {
    return new AdaptiveAttack(
        family(settings, features), settings.evasion().radius(), 1.5, 6, 2, 3);
  }

  /** The share of the attacked images. */
  Rate rate() {
    return share(evaded);
  }

  /**
   * The share for which this attack, or one that does not know the detector, has one that passes.
   */
  Rate anyRate(Session session, DetectorModels.Detector detector) {
    boolean[] any = evaded.clone();
    for (DetectorData.Kind kind : detector.data().attacks()) {
      boolean[] passes = detector.passes(session, kind, places);
      for (int i = 0; i < any.length; i++) {
        any[i] |= passes[i];
      }
    }
    return share(any);
  }

  private static Rate share(boolean[] all) {
    int count = 0;
    for (boolean one : all) {
      count += one ? 1 : 0;
    }
    return new Rate(count, all.length);
  }

  /** How far the examples that pass are, in the mean. */
  Mean distance() {
    return Mean.of(
        java.util.stream.IntStream.range(0, rms.length)
            .filter(i -> evaded[i])
            .mapToDouble(i -> rms[i])
            .toArray());
  }

  /** For the settings. */
  static String describe(DetectorSettings settings, int features) {
    return attack(settings, features).describe();
  }

  /** In words, along how many of them. */
  static String ways(DetectorSettings settings) {
    return Math.min(DIRECTIONS, settings.boundary().directions())
        + " of the detector's directions"
        + (settings.boundary().negatives() ? " and their negatives" : "");
  }

  /** All points along the first few of the detector's directions are to be misclassified. */
  private static AdaptiveAttack.Family family(DetectorSettings settings, int features) {
    BoundarySettings boundary = settings.boundary();
    int count = Math.min(DIRECTIONS, boundary.directions());
    float[][] some = OrthogonalDirections.draw(Use.BOUNDARY, count, features, boundary.seed());
    float[][] ways = new float[boundary.negatives() ? 2 * count : count][features];
    float root = (float) Math.sqrt(features);
    for (int k = 0; k < ways.length; k++) {
      for (int i = 0; i < features; i++) {
        ways[k][i] = (k < count ? root : -root) * some[k % count][i];
      }
    }
    ThreatModel threat = new ThreatModel(Norm.L2, ThreatModel.UNLIMITED, boundary.box());
    RobustMargin margin = new RobustMargin(threat, ways, 0, settings.evasion().step(), STEPS);
    return margin::withRadius;
  }

  /** Attacks, or reads what is kept. */
  static DetectorEvasion of(Session session, DetectorModels.Detector detector) {
    DetectorData data = detector.data();
    Dataset images = data.images();
    Network network = data.model().trained().network();
    AdaptiveAttack attack = attack(data.settings(), network.features());
    int[] right = data.kind(DetectorData.BENIGN).test();
    int[] places = Arrays.copyOf(right, Math.min(right.length, data.settings().adaptive()));
    KeptExamples keeper = keeper(session, detector, attack);
    Tensor inputs = Tensor.zeros(places.length, network.features());
    boolean[] evaded = new boolean[places.length];
    double[] rms = new double[places.length];
    BoundaryDetector knowing = null;
    for (int i = 0; i < places.length; i++) {
      keeper.progress((double) i / places.length);
      String name = "evasion-" + images.index(places[i]);
      byte[] kept = keeper.read(name);
      if (kept == null) {
        if (knowing == null) {
          knowing = new BoundaryDetector(data.profiles().analysis(), detector.classifier(session));
        }
        AdaptiveAttack.Result found =
            attack.run(
                network,
                knowing,
                images.images(places[i], places[i] + 1),
                new int[] {images.label(places[i])},
                session.workers());
        kept = bytes(found);
        keeper.write(name, kept);
      }
      ByteBuffer in = ByteBuffer.wrap(kept);
      evaded[i] = in.get() != 0;
      rms[i] = in.getDouble();
      in.asFloatBuffer().get(inputs.data(), i * inputs.columns(), inputs.columns());
    }
    return new DetectorEvasion(places, inputs, evaded, rms);
  }

  private static KeptExamples keeper(
      Session session, DetectorModels.Detector detector, AdaptiveAttack attack) {
    DetectorData data = detector.data();
    Map<String, Object> settings =
        Map.of(
            "model", data.model().trained().fingerprint(),
            "detector", detector.trained().fingerprint(),
            "boundary", data.profiles().settings().describe(),
            "attack", attack.describe(),
            "data", data.images().checksum(),
            "numerics", Numerics.VERSION);
    Path file =
        session.models().file(data.model().name() + "-adaptive", Canonical.sha256(settings));
    String base = file.getFileName().toString().replace(".safetensors", ".examples");
    return new KeptExamples(
        file.resolveSibling(base),
        session.listener().apply(data.work()),
        data.model().title() + " network, attack on the detector");
  }

  private static byte[] bytes(AdaptiveAttack.Result found) {
    int n = found.inputs().size();
    ByteBuffer out = ByteBuffer.allocate(1 + Double.BYTES + Float.BYTES * n);
    out.put((byte) (found.evaded()[0] ? 1 : 0)).putDouble(found.rms()[0]);
    out.asFloatBuffer().put(found.inputs().data());
    return out.array();
  }
}
