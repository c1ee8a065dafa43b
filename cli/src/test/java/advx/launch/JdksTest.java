package advx.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Discovery on folders that look like JDKs: a release file and a program that never runs. */
class JdksTest {
  private static final String VECTOR = "java.base jdk.incubator.vector java.xml";

  @TempDir Path root;
  private Path home;
  private Path old;

  @BeforeEach
  void makeRunningJdk() throws IOException {
    home = Files.createDirectories(root.resolve("home/someone"));
    old = jdk("running/jdk-17", "17.0.15", VECTOR);
  }

  private Path jdk(String folder, String version, String modules) throws IOException {
    Path jdk = Files.createDirectories(root.resolve(folder));
    String release = "JAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n";
    Files.writeString(jdk.resolve("release"), release);
    Path program = Files.createDirectories(jdk.resolve("bin")).resolve("java");
    Files.writeString(program, "");
    assertTrue(program.toFile().setExecutable(true));
    return jdk;
  }

  private Path find(Path running, Map<String, String> environment) throws LaunchException {
    return new Jdks(running, environment, root, home).find();
  }

  private void assertFound(Path jdk, Path running, Map<String, String> environment)
      throws LaunchException {
    assertEquals(jdk.resolve("bin/java"), find(running, environment));
  }

  @ParameterizedTest
  @CsvSource({
    "25.0.1, true",
    "25.0.3, true",
    "25.0.10, true",
    "25.1, true",
    "25.0.2-ea, true",
    "25, false",
    "25.0.0.9, false",
    "25-ea, false",
    "26, false",
    "24.0.2, false",
    "1.8.0_412, false",
    "'', false",
    "twenty, false",
  })
  void takesTheRunningJdkByItsVersion(String version, boolean fits) throws Exception {
    Path running = jdk("running/jdk", version, VECTOR);
    Path other = jdk("usr/lib/jvm/other", "25.0.1", VECTOR);
    assertFound(fits ? running : other, running, Map.of());
  }

  @Test
  void wantsTheVectorModule() throws Exception {
    jdk("usr/lib/jvm/minimal", "25.0.9", "java.base jdk.incubator.vector2");
    Path full = jdk("usr/lib/jvm/full", "25.0.2", VECTOR);
    assertFound(full, old, Map.of());
  }

  @Test
  void wantsAProgram() throws Exception {
    Files.delete(jdk("usr/lib/jvm/broken", "25.0.9", VECTOR).resolve("bin/java"));
    Path whole = jdk("usr/lib/jvm/whole", "25.0.2", VECTOR);
    assertFound(whole, old, Map.of());
  }

  @Test
  void asksInOrder() throws Exception {
    Path advx = jdk("a/advx", "25.0.2", VECTOR);
    Path javaHome = jdk("a/java home", "25.0.3", VECTOR);
    Path onPath = jdk("a/path", "25.0.4", VECTOR);
    Path usual = jdk("usr/lib/jvm/x", "25.0.9", VECTOR);
    String path = root.resolve("nothing here") + System.getProperty("path.separator");
    path += onPath.resolve("bin");
    assertFound(
        advx,
        old,
        Map.of("ADVX_JAVA", advx.toString(), "JAVA_HOME", javaHome.toString(), "PATH", path));
    assertFound(javaHome, old, Map.of("JAVA_HOME", javaHome.toString(), "PATH", path));
    assertFound(javaHome, old, Map.of("JAVA25_HOME", javaHome.toString(), "PATH", path));
    assertFound(onPath, old, Map.of("JAVA_HOME", old.toString(), "PATH", path));
    assertFound(usual, old, Map.of("JAVA_HOME", old.toString(), "PATH", ""));
  }

  @Test
  void takesAdvxJavaAsFolderOrProgram() throws Exception {
    Path jdk = jdk("a/jdk", "25.0.2", VECTOR);
    assertFound(jdk, old, Map.of("ADVX_JAVA", jdk.toString()));
    assertEquals(
        jdk.toRealPath().resolve("bin/java"),
        find(old, Map.of("ADVX_JAVA", jdk.resolve("bin/java").toString())));
  }

  @Test
  void refusesAnAdvxJavaThatDoesNotFit() throws Exception {
    jdk("usr/lib/jvm/fits", "25.0.2", VECTOR);
    var e = assertThrows(LaunchException.class, () -> find(old, Map.of("ADVX_JAVA", "" + old)));
    assertEquals(
        "ADVX_JAVA names "
            + old
            + ", which is not a JDK 25 (25.0.1 or a later 25, with the module"
            + " jdk.incubator.vector): correct it or unset it.",
        e.getMessage());
    assertThrows(LaunchException.class, () -> find(old, Map.of("ADVX_JAVA", "/no/such\0file")));
  }

  @Test
  void followsLinksFromThePath() throws Exception {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "needs a file system with links");
    Path jdk = jdk("a/jdk", "25.0.2", VECTOR);
    Path bin = Files.createDirectories(root.resolve("usr/bin"));
    Path alternatives = Files.createDirectories(root.resolve("etc/alternatives"));
    Files.createSymbolicLink(alternatives.resolve("java"), jdk.resolve("bin/java"));
    Files.createSymbolicLink(bin.resolve("java"), alternatives.resolve("java"));
    assertEquals(jdk.toRealPath().resolve("bin/java"), find(old, Map.of("PATH", "" + bin)));
  }

  @Test
  void takesTheNewestOfTheUsualFolders() throws Exception {
    jdk("usr/lib/jvm/a", "25.0.2", VECTOR);
    jdk("usr/lib/jvm/b", "26.0.1", VECTOR);
    Path newest = jdk("opt/some-jdk-25", "25.0.11", VECTOR);
    jdk("home/someone/.jdks/c", "25.0.9", VECTOR);
    assertFound(newest, old, Map.of());
  }

  @Test
  void looksWhereInstallersPutJdks() throws Exception {
    for (String folder :
        List.of(
            "usr/lib/jvm/x",
            "usr/java/x",
            "opt/java/openjdk",
            "home/someone/.sdkman/candidates/java/25.0.3-tem",
            "home/someone/.jdks/temurin-25.0.3",
            "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
            "opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
            "Program Files/Eclipse Adoptium/jdk-25.0.3.9-hotspot")) {
      Path jdk = jdk(folder, "25.0.3", VECTOR);
      assertFound(jdk, old, Map.of());
      Files.delete(jdk.resolve("release"));
    }
  }

  @Test
  void saysWhatToDoWithoutAny() {
    var e = assertThrows(LaunchException.class, () -> find(old, Map.of()));
    assertEquals(
        "found no JDK 25 (25.0.1 or a later 25, with the module jdk.incubator.vector): install one,"
            + " for example Eclipse Temurin 25, or set ADVX_JAVA to its folder.",
        e.getMessage());
  }
}
