package advx.cli.rows;

import advx.attacks.boundary.BoundaryAnalysis;
import advx.attacks.boundary.BoundaryProfile;
import advx.attacks.boundary.BoundarySettings;
import advx.attacks.boundary.Directions;
import advx.engine.Numerics;
import advx.engine.Tensor;
import advx.nn.io.Canonical;
import advx.nn.io.Checksums;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Boundary analyses of one model along one set of directions. The profile of each image is kept
 * beside the model, found again by the image's bits: rows share it, a larger run goes on with those
 * of a smaller one, and an interrupted run loses a few images.
 */
final class KeptProfiles {
  /** Images analysed at a time: enough to keep batches full, few enough to lose. */
  private static final int TOGETHER = 8;

  private final Session session;
  private final BoundaryModels.Model model;
  private final BoundarySettings settings;
  private final Path folder;
  private BoundaryAnalysis analysis;

  KeptProfiles(Session session, BoundaryModels.Model model, BoundarySettings settings) {
    this.session = session;
    this.model = model;
    this.settings = settings;
    Map<String, Object> key =
        Map.of(
            "model", model.trained().fingerprint(),
            "boundary", settings.describe(),
            "numerics", Numerics.VERSION);
    Path file = session.models().file(model.name() + "-boundary", Canonical.sha256(key));
    String base = file.getFileName().toString().replace(".safetensors", ".profiles");
    folder = file.resolveSibling(base);
  }

  BoundarySettings settings() {
    return settings;
  }

  /** The analysis itself, for what is not to be kept; its directions are drawn when first asked. */
  BoundaryAnalysis analysis() {
    if (analysis == null) {
      Directions directions = Directions.draw(settings, model.trained().network().features());
      analysis =
          new BoundaryAnalysis(model.trained().network(), settings, directions, session.workers());
    }
    return analysis;
  }

  /**
   * The profiles of images, in their order.
   *
   * @param work the part of the run that progress is shown for
   * @param what the images are, for the reader
   */
  List<BoundaryProfile> of(Tensor images, String work, String what) {
    String title = "%s network, boundary around %s".formatted(model.title(), what);
    KeptExamples keeper = new KeptExamples(folder, session.listener().apply(work), title);
    BoundaryProfile[] found = new BoundaryProfile[images.rows()];
    String[] names = new String[found.length];
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      names[i] = name(images, i);
      byte[] kept = keeper.read(names[i]);
      found[i] = kept == null ? null : read(kept);
      if (found[i] == null) {
        open.add(i);
      }
    }
    for (int from = 0; from < open.size(); from += TOGETHER) {
      int[] some =
          open.subList(from, Math.min(from + TOGETHER, open.size())).stream()
              .mapToInt(i -> i)
              .toArray();
      double before = (double) from / open.size();
      double share = (double) some.length / open.size();
      List<BoundaryProfile> made =
          analysis()
              .of(
                  BoundaryExamples.rows(images, some),
                  reached -> keeper.progress(before + share * reached));
      for (int k = 0; k < some.length; k++) {
        found[some[k]] = made.get(k);
        keeper.write(names[some[k]], bytes(made.get(k)));
      }
    }
    return Arrays.asList(found);
  }

  private static String name(Tensor images, int row) {
    int n = images.columns();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * n);
    bytes.asFloatBuffer().put(images.data(), row * n, n);
    return "profile-" + Checksums.sha256(bytes.array()).substring(0, 32);
  }

  private static byte[] bytes(BoundaryProfile profile) {
    ByteBuffer out = ByteBuffer.allocate(Integer.BYTES * (1 + 2 * profile.ways()));
    out.putInt(profile.prediction());
    for (int way = 0; way < profile.ways(); way++) {
      out.putInt(profile.steps()[way]).putInt(profile.adjacent()[way]);
    }
    return out.array();
  }

  private BoundaryProfile read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int prediction = in.getInt();
    int[] steps = new int[settings.ways()];
    int[] adjacent = new int[settings.ways()];
    for (int way = 0; way < steps.length; way++) {
      steps[way] = in.getInt();
      adjacent[way] = in.getInt();
    }
    return new BoundaryProfile(settings, prediction, steps, adjacent);
  }
}
