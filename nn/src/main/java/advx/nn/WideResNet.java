package advx.nn;

import advx.engine.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Wide residual networks for CIFAR-10 (Zagoruyko, Komodakis 2016), as Madry et al. (2018) built
 * them: per-image standardisation, a convolution of 16 filters, three stages of n units with
 * 16·width, 32·width and 64·width channels at 32×32, 16×16 and 8×8 pixels, a mean over the pixels,
 * a dense layer. Depth = 6n + 2; w32-10, depth 32 and width 10, is the network of He, Li, Song:
 * Decision Boundary Analysis of Adversarial Examples (2018).
 *
 * <p>Convolutions begin normal with σ = √(2/(9·filters)), the dense layer uniform with √(3/inputs).
 *
 * @param depth 8, 14, 20, 26, 32 …
 * @param width how many times wider than the plain residual network
 */
public record WideResNet(int depth, int width) {
  private static final Pattern NAME = Pattern.compile("w([0-9]{1,3})-([0-9]{1,2})");
  private static final int STEM = 16;
  private static final String NORM = "epsilon=0.001";

  public WideResNet {
    if (depth < 8 || depth % 6 != 2 || width < 1) {
      throw new InputException(
          "The wide residual network w%d-%d cannot be built: its depth has to be 8, 14, 20, 26, 32 and so on, its width 1 or more."
              .formatted(depth, width));
    }
  }

  /** The network of a name such as w32-10; empty if it is not one. */
  public static Optional<WideResNet> named(String name) {
    Matcher found = NAME.matcher(name);
    return found.matches()
        ? Optional.of(
            new WideResNet(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
        : Optional.empty();
  }

  /** Its layers, for colour images of 32×32. */
  public Architecture architecture() {
    return architecture(32);
  }

  /** Its layers for colour images of this size, a multiple of 4. */
  public Architecture architecture(int side) {
    List<String> layers = new ArrayList<>();
    layers.add("standardise image(3,%d,%d)".formatted(side, side));
    layers.add("conv(%d,3,pad=same,unbiased,%s)".formatted(STEM, initial(STEM)));
    int units = (depth - 2) / 6;
    for (int stage = 0; stage < 3; stage++) {
      int channels = (STEM * width) << stage;
      for (int unit = 0; unit < units; unit++) {
        String first = unit > 0 ? "" : stage == 0 ? "shared," : "stride=2,";
        layers.add("residual(%d,%s%s,%s)".formatted(channels, first, NORM, initial(channels)));
      }
    }
    layers.add("batchnorm(%s) leaky(0.1) averagepool(%d)".formatted(NORM, side / 4));
    double range = StrictMath.sqrt(3.0 / (4 * STEM * width));
    layers.add("dense(10,init=uniform:%s) softmax".formatted(range));
    return Architecture.parse(String.join(" ", layers));
  }

  private static String initial(int filters) {
    return "init=normal:" + StrictMath.sqrt(2.0 / (9 * filters));
  }

  /** For example {@code w32-10}. */
  @Override
  public String toString() {
    return "w%d-%d".formatted(depth, width);
  }
}
