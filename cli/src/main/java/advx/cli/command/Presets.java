package advx.cli.command;

import advx.nn.Architecture;
import advx.nn.MnistCnn;
import advx.nn.WideResNet;
import java.util.Map;
import java.util.TreeMap;

/** Names for networks that are asked for often: one line each. */
final class Presets {
  private static final Map<String, String> TABLE =
      new TreeMap<>(
          Map.of(
              "softmax",
              "dense(10,init=zero) softmax",
              "relu",
              "dense(256,init=he) relu dense(10) softmax",
              // The network of Goodfellow et al. 2013 but for wider initial weights, which learn
              // sooner.
              "maxout",
              "dropout(0.8,unscaled) maxout(240,5,init=uniform:0.05,limit=1.9365)"
                  + " dropout(0.5) maxout(240,5,init=uniform:0.05,limit=1.9365)"
                  + " dropout(0.5) dense(10,init=uniform:0.05,limit=1.9365) softmax",
              "cnn",
              MnistCnn.published().toString()));

  private Presets() {}

  /** The network of this name, of the family w32-10, or the one that the text describes. */
  static Architecture parse(String text) {
    return WideResNet.named(text)
        .map(WideResNet::architecture)
        .orElseGet(() -> Architecture.parse(TABLE.getOrDefault(text, text)));
  }
}
