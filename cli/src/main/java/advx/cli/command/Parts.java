package advx.cli.command;

import advx.engine.InputException;
import advx.nn.data.Dataset;
import advx.nn.data.Splits;
import java.util.Locale;

/** Parts of a data set, and how they are asked for. */
enum Parts {
  TEST,
  VALIDATION,
  TRAIN;

  Dataset of(Splits splits) {
    return switch (this) {
      case TEST -> splits.test();
      case VALIDATION -> splits.validation();
      case TRAIN -> splits.train();
    };
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The first images, as many as {@code --images} says; all of them for null. */
  static Dataset first(Dataset data, Integer count) {
    if (count == null) {
      return data;
    }
    if (count < 1 || count > data.size()) {
      throw new InputException(
          "--images is %d, but %s has %d images to take them from: give a number from 1 to %d."
              .formatted(count, data.name(), data.size(), data.size()));
    }
    return data.subset(0, count);
  }

  /** The line that stands above figures on other data than the papers'. */
  static String note(DataOptions.Chosen chosen) {
    return chosen.note().isEmpty() ? "" : chosen.note() + "\n";
  }
}
