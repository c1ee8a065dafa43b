package advx.cli.command;

import advx.cli.result.Figure;
import advx.nn.data.Dataset;

/** Images of a data set as pictures of a sheet. */
final class Sheets {
  private Sheets() {}

  /** The image at {@code pixels[at …]}, black to white over the range of the data. */
  static Figure.Picture picture(Dataset data, float[] pixels, int at) {
    Dataset.Info info = data.info();
    return Figure.Picture.ofPlanes(
        "", info.channels(), info.height(), info.width(), pixels, at, info.low(), info.high());
  }
}
