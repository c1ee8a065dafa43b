package advx.peers.run;

import java.util.Locale;

/** The platform as the classifiers of native artefacts name it, such as {@code linux-x86_64}. */
final class Platform {
  private Platform() {}

  static String classifier(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "macosx" : "linux";
    String arch =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm64";
          default -> osArch;
        };
    return system + "-" + arch;
  }
}
