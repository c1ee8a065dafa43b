package advx.nn.layer;

import advx.engine.Tensor;
import advx.nn.Architecture;
import advx.nn.InitialLaw;
import advx.nn.Parameter;

/** What stands in a layer's brackets, and where in the network the layer stands. */
record Settings(Architecture.Part part, int position, int inputs, int parameters, long seed) {
  /** The n-th setting without a name, a number. */
  double number(int n, String what) {
    if (n >= part.settings().size() || part.settings().get(n).contains("=")) {
      throw new IllegalArgumentException("it needs a " + what);
    }
    try {
      double value = Double.parseDouble(part.settings().get(n));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is not finite.
    }
    throw new IllegalArgumentException(
        "its " + what + " '" + part.settings().get(n) + "' is not a number");
  }

  /** The n-th setting without a name, a whole number from 1 up. */
  int count(int n, String what) {
    double value = number(n, what);
    if (value < 1 || value != Math.rint(value) || value > 1_000_000) {
      throw new IllegalArgumentException("its " + what + " has to be a whole number from 1 up");
    }
    return (int) value;
  }

  /** Whether this word stands among the settings. */
  boolean has(String word) {
    return part.settings().contains(word);
  }

  /** The setting name=value, or a default. */
  String named(String name, String otherwise) {
    for (String setting : part.settings()) {
      if (setting.startsWith(name + "=")) {
        return setting.substring(name.length() + 1);
      }
    }
    return otherwise;
  }

  /** Fails if there is any setting. */
  Settings noMore() {
    if (!part.settings().isEmpty()) {
      throw new IllegalArgumentException("it takes no settings");
    }
    return this;
  }

  /** Fails if a setting is none of the first {@code positional} ones nor of these names. */
  Settings only(int positional, String... names) {
    for (int i = positional; i < part.settings().size(); i++) {
      String setting = part.settings().get(i);
      String name = setting.substring(0, (setting + "=").indexOf('='));
      if (!java.util.List.of(names).contains(name)) {
        throw new IllegalArgumentException("the setting '" + setting + "' is not known");
      }
    }
    return this;
  }

  /** Weights [rows][inputs] by the layer's initial law and norm limit: init=…, limit=…. */
  Parameter weights(int rows) {
    Tensor value = Tensor.zeros(rows, inputs);
    InitialLaw.parse(named("init", "glorot")).fill(value, seed, parameters);
    String limit = named("limit", "Infinity");
    float norm;
    try {
      norm = Float.parseFloat(limit);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("its limit '" + limit + "' is not a number", e);
    }
    if (!(norm > 0)) {
      throw new IllegalArgumentException("its limit has to be above 0");
    }
    return new Parameter("layer" + position + ".weight", parameters, value, norm);
  }

  /** A bias [rows] of zeros. */
  Parameter bias(int rows) {
    return new Parameter(
        "layer" + position + ".bias", parameters + 1, Tensor.zeros(rows), Float.POSITIVE_INFINITY);
  }
}
