package advx.nn.layer;

import advx.engine.Tensor;
import advx.engine.kernel.Window;
import advx.nn.Architecture;
import advx.nn.InitialLaw;
import advx.nn.Parameter;
import advx.nn.SampleShape;

/** What stands in a layer's brackets, and where in the network the layer stands. */
record Settings(
    Architecture.Part part, int position, SampleShape inputs, int parameters, long seed) {
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

  /** The setting name=n, a whole number from 1 up, or a default. */
  int counted(String name, int otherwise) {
    int value = whole(name, otherwise);
    if (value < 1) {
      throw new IllegalArgumentException(
          "its %s has to be a whole number from 1 up".formatted(name));
    }
    return value;
  }

  /** The setting name=n, a whole number from 0 up, or a default. */
  int whole(String name, int otherwise) {
    return sizes(name, named(name, Integer.toString(otherwise)), "", 1)[0];
  }

  /** The image that comes in. */
  SampleShape image() {
    if (!inputs.image()) {
      throw new IllegalArgumentException(
          "it needs an image but gets %s; put image(channels,height,width) before it"
              .formatted(inputs));
    }
    return inputs;
  }

  /**
   * A window: its size, the n-th setting ({@code 5} or {@code 5x3}, height first), stride=… (the
   * same), and pad=…: {@code same}, one border for all sides, or {@code top:left:bottom:right}.
   *
   * @param stride the default; 0 for the size
   */
  Window window(int n, String what, int stride) {
    if (n >= part.settings().size() || part.settings().get(n).contains("=")) {
      throw new IllegalArgumentException("it needs a size of its " + what);
    }
    int[] size = pair(what, part.settings().get(n));
    String defaultStride = stride == 0 ? size[0] + "x" + size[1] : Integer.toString(stride);
    int[] steps = pair("stride", named("stride", defaultStride));
    String pad = named("pad", "0");
    if (pad.equals("same")) {
      return Window.same(size[0], size[1], steps[0], steps[1], inputs.height(), inputs.width());
    }
    int[] border = sizes("pad", pad, ":", pad.contains(":") ? 4 : 1);
    int last = border.length - 1;
    return new Window(
        size[0],
        size[1],
        steps[0],
        steps[1],
        border[0],
        border[Math.min(1, last)],
        border[Math.min(2, last)],
        border[last]);
  }

  /** Two sizes from 1 up, written 5x3, or 5 for 5x5. */
  private static int[] pair(String what, String text) {
    int[] sizes = sizes(what, text, "x", text.contains("x") ? 2 : 1);
    if (sizes[0] < 1 || sizes[sizes.length - 1] < 1) {
      throw new IllegalArgumentException(
          "its %s '%s' has to be 1 or more each way".formatted(what, text));
    }
    return new int[] {sizes[0], sizes[sizes.length - 1]};
  }

  private static int[] sizes(String what, String text, String separator, int count) {
    String[] parts = separator.isEmpty() ? new String[] {text} : text.split(separator, -1);
    int[] sizes = new int[parts.length];
    for (int i = 0; i < sizes.length; i++) {
      if (!parts[i].matches("[0-9]{1,6}")) {
        throw new IllegalArgumentException(
            "its %s '%s' is not a whole number, or several with '%s' between them"
                .formatted(what, text, separator.isEmpty() ? "x" : separator));
      }
      sizes[i] = Integer.parseInt(parts[i]);
    }
    if (sizes.length != count) {
      throw new IllegalArgumentException(
          "its %s '%s' has %d numbers instead of %d".formatted(what, text, sizes.length, count));
    }
    return sizes;
  }

  /** Weights [rows][…] by the layer's initial law and norm limit: init=…, limit=…. */
  Parameter weights(int... shape) {
    return weights("weight", 0, real("limit", Double.POSITIVE_INFINITY), shape);
  }

  /** Weights of this name at this place among the layer's own, by its initial law: init=…. */
  Parameter weights(String name, int place, double limit, int... shape) {
    Tensor value = Tensor.zeros(shape);
    InitialLaw.parse(named("init", "glorot")).fill(value, seed, parameters + place);
    if (!(limit > 0)) {
      throw new IllegalArgumentException("its limit has to be above 0");
    }
    return new Parameter("layer" + position + "." + name, parameters + place, value, (float) limit);
  }

  /** The setting name=a:b:…, this many numbers, or one for all of them, or a default. */
  double[] reals(String name, int count, double otherwise) {
    String[] parts = named(name, Double.toString(otherwise)).split(":", -1);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      try {
        numbers[i] = Double.parseDouble(parts[parts.length == 1 ? 0 : i]);
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "its %s '%s' is not a number, nor %d with ':' between them"
                .formatted(name, named(name, ""), count),
            e);
      }
    }
    if (parts.length > 1 && parts.length != count) {
      throw new IllegalArgumentException(
          "its %s has %d numbers instead of %d".formatted(name, parts.length, count));
    }
    return numbers;
  }

  /** A bias [rows], all the same number: bias=…, 0 unless given. */
  Parameter bias(int rows) {
    return constant("bias", 1, real("bias", 0), rows);
  }

  /** A parameter that begins as one number everywhere, at this place among the layer's own. */
  Parameter constant(String name, int place, double number, int... shape) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("its %s has to be a finite number".formatted(name));
    }
    return new Parameter(
        "layer" + position + "." + name,
        parameters + place,
        Tensor.zeros(shape).fill((float) number),
        Float.POSITIVE_INFINITY);
  }

  /** The setting name=number, or a default. */
  double real(String name, double otherwise) {
    String text = named(name, Double.toString(otherwise));
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("its %s '%s' is not a number".formatted(name, text), e);
    }
  }
}
