package advx.launch;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Finds a JDK that fits: version 25.0.1 or a later 25, with the module jdk.incubator.vector.
 *
 * <p>Looked at in this order: the running JVM; {@code ADVX_JAVA} (a JDK's folder or its java
 * program); {@code JAVA25_HOME} and {@code JAVA_HOME}; the java programs on the {@code PATH}; the
 * folders where installers put JDKs, of these the newest. A JDK is judged by the file {@code
 * release} in its folder; none is started to be asked.
 */
final class Jdks {
  private static final String MODULE = "jdk.incubator.vector";
  private static final String WANTED =
      "JDK 25 (25.0.1 or a later 25, with the module " + MODULE + ")";

  /** Below the root of the file system. */
  private static final List<String> SYSTEM_FOLDERS =
      Arrays.asList(
          "usr/lib/jvm/*",
          "usr/lib64/jvm/*",
          "usr/java/*",
          "usr/local/*jdk*",
          "opt/*jdk*",
          "opt/*java*",
          "opt/java/*",
          "Library/Java/JavaVirtualMachines/*/Contents/Home",
          "opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
          "usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
          "Program Files/Java/*",
          "Program Files/Eclipse Adoptium/*",
          "Program Files/Microsoft/jdk*",
          "Program Files/Zulu/*",
          "Program Files/Amazon Corretto/*",
          "Program Files/BellSoft/*");

  /** Below the user's home. */
  private static final List<String> USER_FOLDERS =
      Arrays.asList(
          ".sdkman/candidates/java/*",
          ".jdks/*",
          ".asdf/installs/java/*",
          ".local/share/mise/installs/java/*",
          "Library/Java/JavaVirtualMachines/*/Contents/Home",
          "AppData/Local/Programs/Eclipse Adoptium/*");

  private final Path running;
  private final Map<String, String> environment;
  private final Path root;
  private final Path userHome;

  Jdks(Path running, Map<String, String> environment, Path root, Path userHome) {
    this.running = running;
    this.environment = environment;
    this.root = root;
    this.userHome = userHome;
  }

  static Jdks ofThisMachine() {
    Path running = Paths.get(System.getProperty("java.home"));
    Path home = Paths.get(System.getProperty("user.home"));
    return new Jdks(running, System.getenv(), running.toAbsolutePath().getRoot(), home);
  }

  /** The java program of the first JDK that fits; a sentence saying what to do if there is none. */
  Path find() throws LaunchException {
    if (fits(running)) {
      return java(running);
    }
    String chosen = environment.get("ADVX_JAVA");
    if (chosen != null && !chosen.isEmpty()) {
      for (Path home : homesOf(chosen)) {
        if (fits(home)) {
          return java(home);
        }
      }
      throw new LaunchException(
          "ADVX_JAVA names " + chosen + ", which is not a " + WANTED + ": correct it or unset it.");
    }
    for (Path home : candidates()) {
      if (fits(home)) {
        return java(home);
      }
    }
    throw new LaunchException(
        "found no "
            + WANTED
            + ": install one, for example Eclipse Temurin 25, or set ADVX_JAVA to its folder.");
  }

  private List<Path> candidates() {
    List<Path> homes = new ArrayList<Path>();
    for (String variable : Arrays.asList("JAVA25_HOME", "JAVA_HOME")) {
      homes.addAll(homesOf(environment.get(variable)));
    }
    String path = environment.get("PATH");
    if (path == null) {
      path = environment.get("Path"); // Windows' spelling, where this map is not its own
    }
    for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
      homes.addAll(homesOf(folder + File.separator + "java"));
      homes.addAll(homesOf(folder + File.separator + "java.exe"));
    }
    homes.addAll(installed());
    return homes;
  }

  /** All JDKs in the usual folders, the newest first. */
  List<Path> installed() {
    List<Path> homes = new ArrayList<Path>();
    for (String pattern : SYSTEM_FOLDERS) {
      homes.addAll(expand(root, pattern));
    }
    for (String pattern : USER_FOLDERS) {
      homes.addAll(expand(userHome, pattern));
    }
    Collections.sort(homes);
    Collections.sort(homes, (a, b) -> compare(version(release(b)), version(release(a))));
    return homes;
  }

  /** The JDK folder that a variable or a PATH entry means: itself, or that of its java program. */
  private static List<Path> homesOf(String name) {
    if (name == null || name.isEmpty()) {
      return Collections.emptyList();
    }
    try {
      Path path = Paths.get(name);
      if (Files.isDirectory(path)) {
        return Arrays.asList(path, path.resolve("Contents").resolve("Home"));
      }
      Path bin = path.toRealPath().getParent(); // links lead from /usr/bin to the JDK
      return bin == null || bin.getParent() == null
          ? Collections.<Path>emptyList()
          : Collections.singletonList(bin.getParent());
    } catch (IOException | InvalidPathException e) {
      return Collections.emptyList(); // names nothing
    }
  }

  private static boolean fits(Path home) {
    Properties release = release(home);
    List<Integer> version = version(release);
    return !version.isEmpty()
        && version.get(0) == 25
        && compare(version, Arrays.asList(25, 0, 1)) >= 0
        && Arrays.asList(value(release, "MODULES").split(" ")).contains(MODULE)
        && Files.isExecutable(java(home));
  }

  private static Path java(Path home) {
    Path program = home.resolve("bin").resolve("java");
    return Files.exists(program) ? program : home.resolve("bin").resolve("java.exe");
  }

  /** The numbers of a version such as 25.0.3; those of an early-access build end at the hyphen. */
  private static List<Integer> version(Properties release) {
    List<Integer> numbers = new ArrayList<Integer>();
    String version = value(release, "JAVA_VERSION").split("[-+_]", 2)[0];
    for (String number : version.split("\\.")) {
      if (!number.matches("[0-9]{1,9}")) {
        return numbers;
      }
      numbers.add(Integer.valueOf(number));
    }
    return numbers;
  }

  private static int compare(List<Integer> a, List<Integer> b) {
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      int order = Integer.compare(i < a.size() ? a.get(i) : 0, i < b.size() ? b.get(i) : 0);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static Properties release(Path home) {
    Properties release = new Properties();
    try (InputStream in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    } catch (IOException | IllegalArgumentException e) {
      release.clear(); // no JDK, or a damaged one: fits nothing
    }
    return release;
  }

  private static String value(Properties release, String key) {
    return release.getProperty(key, "").replace("\"", "").trim();
  }

  private static List<Path> expand(Path base, String pattern) {
    List<Path> found = Collections.singletonList(base);
    for (String name : pattern.split("/")) {
      List<Path> next = new ArrayList<Path>();
      for (Path folder : found) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, name)) {
          for (Path entry : entries) {
            next.add(entry);
          }
        } catch (IOException | DirectoryIteratorException e) {
          continue; // a folder that is absent or closed to us holds no JDK for us
        }
      }
      found = next;
    }
    return found;
  }
}
