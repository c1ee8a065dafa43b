package advx.cli.command;

import advx.cli.console.Console;
import advx.cli.report.ResultsFolder;
import advx.cli.report.ResultsJson;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import advx.engine.InputException;
import advx.nn.io.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What an earlier run left in a folder, so far as this run may go on with it. */
final class Earlier {
  private static final String KEPT = "results.earlier.json";

  private Earlier() {}

  /**
   * The rows that were measured with the same program, data and profile. Others are set aside in a
   * file of their own, and the reason is said.
   */
  static List<RowResult> of(Path folder, Results now, Console console) {
    Path file = folder.resolve(ResultsFolder.JSON);
    if (!Files.exists(file)) {
      return List.of();
    }
    String why;
    try {
      Results earlier = ResultsJson.read(file);
      why = difference(earlier, now);
      if (why.isEmpty()) {
        return earlier.rows();
      }
    } catch (InputException e) {
      why = e.getMessage();
    }
    try {
      Files.move(file, folder.resolve(KEPT), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(folder.resolve(KEPT), e);
    }
    console.progress(
        "The results in %s are not gone on with, all is measured anew: %s The old ones are kept in %s."
            .formatted(folder, why, KEPT));
    return List.of();
  }

  /** Why results may not be put together, in a sentence; "" if they may. */
  static String difference(Results one, Results other) {
    if (!one.version().equals(other.version())) {
      return "they are of version %s, and these of %s.".formatted(one.version(), other.version());
    }
    if (!one.build().equals(other.build())) {
      return "they are of another build of the program.";
    }
    if (!one.checksum().equals(other.checksum())) {
      return "they are measured on other data (%s).".formatted(one.dataset());
    }
    if (!one.profile().equals(other.profile())) {
      return "they are of the profile %s, and these of %s."
          .formatted(one.profile(), other.profile());
    }
    return "";
  }
}
