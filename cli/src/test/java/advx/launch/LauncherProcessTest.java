package advx.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import advx.testing.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The launcher in processes of its own, from a jar that holds it and a small program. */
class LauncherProcessTest {
  /** The Java that the user types. */
  enum Start {
    OLDER,
    FITTING
  }

  private static final Path THIS_JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir static Path folder;
  private static Path jar;

  private final List<Process> started = new ArrayList<>();

  @BeforeAll
  static void makeJar() throws IOException {
    jar = folder.resolve("a jar with spaces.jar");
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Launcher.class.getName());
    manifest.getMainAttributes().putValue("Advx-Main", EchoMain.class.getName());
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Class<?> type :
          List.of(
              Launcher.class,
              LaunchException.class,
              Jdks.class,
              WarningFilter.class,
              ChildMain.class,
              ParentWatch.class,
              EchoMain.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(out);
        }
      }
    }
  }

  @AfterEach
  void killWhatIsLeft() {
    started.forEach(Process::destroyForcibly);
  }

  private static Path java(Start start) throws IOException {
    if (start == Start.FITTING) {
      return THIS_JAVA;
    }
    for (Path home : Jdks.ofThisMachine().installed()) {
      var release = new Properties();
      if (Files.exists(home.resolve("release"))) {
        try (InputStream in = Files.newInputStream(home.resolve("release"))) {
          release.load(in);
        }
      }
      if (release.getProperty("JAVA_VERSION", "25").matches("\"?(1\\.8|11|17|21)\\b.*")
          && Files.isExecutable(home.resolve("bin/java"))) {
        return home.resolve("bin/java");
      }
    }
    assumeTrue(false, "needs an older Java (8, 11, 17 or 21) beside the JDK 25");
    throw new AssertionError("the assumption ends the test");
  }

  private ProcessBuilder command(Start start, List<String> jvmOptions, String... args)
      throws IOException {
    var command = new ArrayList<>(List.of(java(start).toString()));
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(Arrays.asList(args));
    var builder = new ProcessBuilder(Signals.interruptible(command));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("ADVX_JAVA", THIS_JAVA.toString());
    return builder;
  }

  private Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private record Result(int status, List<String> out, String err) {
    boolean said(String line) {
      return out.contains(line);
    }
  }

  private Result run(ProcessBuilder builder) throws IOException, InterruptedException {
    Path err = Files.createTempFile(folder, "stderr", "");
    Process process = start(builder.redirectError(err.toFile()));
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertTrue(process.waitFor(60, SECONDS));
    return new Result(process.exitValue(), out, Files.readString(err));
  }

  @ParameterizedTest
  @EnumSource
  void startsTheProgramInAFittingJdk(Start start) throws Exception {
    Result result = run(command(start, List.of("-Xmx77m", "-Dtest.property=a b\"c")));
    assertEquals(0, result.status, result.err);
    assertTrue(result.said("java 25"), result.out::toString);
    assertTrue(result.said("vector true"), result.out::toString);
    assertTrue(result.said("property a b\"c"), result.out::toString);
    assertTrue(result.said("stdout false"), result.out::toString);
    assertTrue(result.said("stderr false"), result.out::toString);
    String heap = result.out.stream().filter(line -> line.startsWith("heap ")).findFirst().get();
    assertEquals(77, Long.parseLong(heap.substring(5)) / 1e6, 6, "megabytes");
  }

  @ParameterizedTest
  @EnumSource
  void passesArgumentsUnchanged(Start start) throws Exception {
    String[] args = {
      "a b",
      "",
      "\"quoted\"",
      "it's",
      "\\",
      "*",
      "$HOME",
      "@file",
      "-Xmx",
      "--",
      "ε≤1/255",
      "數字\t",
      ""
    };
    Result result = run(command(start, List.of(), args));
    assertEquals(
        Arrays.stream(args).map(arg -> HexFormat.of().formatHex(arg.getBytes(UTF_8))).toList(),
        result.out.stream()
            .filter(line -> line.startsWith("arg "))
            .map(line -> line.substring(4))
            .toList());
  }

  @ParameterizedTest
  @EnumSource
  void passesTheExitCode(Start start) throws Exception {
    assertEquals(37, run(command(start, List.of(), "exit", "37")).status);
  }

  @ParameterizedTest
  @EnumSource
  void dropsTheIncubatorWarningAlone(Start start) throws Exception {
    Result result = run(command(start, List.of()));
    assertEquals("WARNING: this one stays\nprogress\rno end of line", result.err);
  }

  @Test
  void passesInput() throws Exception {
    Path input = Files.write(folder.resolve("input"), new byte[] {0, 'a', (byte) 0xff, '\n'});
    Process process =
        start(command(Start.FITTING, List.of(), "read").redirectInput(input.toFile()));
    try (BufferedReader out = process.inputReader()) {
      assertTrue(out.lines().toList().contains("input 0061ff0a"));
    }
  }

  /** Where a program has to ask; elsewhere the JVM would warn on its stdout. */
  @Test
  void asksForHugePagesWhereThatHelps() throws Exception {
    Path choice = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    boolean asked = Files.exists(choice) && Files.readString(choice).contains("[madvise]");
    String option = "-XX:+UseTransparentHugePages";
    assertTrue(
        run(command(Start.FITTING, List.of())).said("huge " + (asked ? List.of(option) : "[]")));
    if (asked) {
      String not = "-XX:-UseTransparentHugePages";
      Result refused = run(command(Start.FITTING, List.of(not)));
      assertTrue(refused.said("huge " + List.of(option, not)), "the user's option comes last");
    }
  }

  @Test
  void takesOptionsFromTheEnvironmentOnce() throws Exception {
    var builder = command(Start.FITTING, List.of());
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Dtest.property=tool");
    Result result = run(builder);
    assertTrue(result.said("property tool"), result.out::toString);
    assertEquals(1, result.err.lines().filter(line -> line.contains("JAVA_TOOL_OPTIONS")).count());
  }

  @Test
  void neverStartsALauncherFromALauncher() throws Exception {
    Result result = run(command(Start.FITTING, List.of("-Dadvx.parent=1")));
    assertEquals(2, result.status);
    assertEquals(List.of(), result.out);
    assertEquals(
        "advx: the launcher was started by a launcher; name the program's own main class"
            + " instead.\n",
        result.err);
  }

  @Test
  void saysInOneSentenceThatAdvxJavaDoesNotFit() throws Exception {
    var builder = command(Start.OLDER, List.of());
    builder.environment().put("ADVX_JAVA", "nowhere");
    Result result = run(builder);
    assertEquals(2, result.status);
    assertTrue(result.err.startsWith("advx: ADVX_JAVA names nowhere, which is not a JDK 25"));
    assertEquals(1, result.err.lines().count(), result.err);
  }

  /** Starts a sleeping worker and returns it, while {@code launcher} still runs. */
  private static ProcessHandle worker(Process launcher) throws IOException {
    BufferedReader out = launcher.inputReader();
    long pid = -1;
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("pid ")) {
        pid = Long.parseLong(line.substring(4));
      }
      if (line.equals("asleep")) {
        break;
      }
    }
    ProcessHandle worker = ProcessHandle.of(pid).orElseThrow();
    assertTrue(worker.isAlive() && launcher.isAlive() && pid != launcher.pid());
    return worker;
  }

  private static void assertEnds(ProcessHandle worker) throws Exception {
    for (int i = 0; i < 100 && worker.isAlive(); i++) {
      Thread.sleep(100);
    }
    assertFalse(worker.isAlive(), "the worker is there 10 s after its launcher's end");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("kill -9 of the launcher ends the worker")
  void killEndsTheWorker(Start start) throws Exception {
    Process launcher = start(command(start, List.of(), "sleep"));
    ProcessHandle worker = worker(launcher);
    launcher.destroyForcibly();
    assertEnds(worker);
    assertEquals(137, launcher.waitFor());
  }

  private static void assertEndsInGoodOrder(Process launcher, ProcessHandle worker)
      throws Exception {
    assertEnds(worker);
    try (BufferedReader out = launcher.inputReader();
        BufferedReader err = launcher.errorReader()) {
      assertEquals(List.of("ended in good order"), out.lines().toList());
      assertEquals("no end of line, and said so", err.lines().toList().getLast());
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SIGTERM to the launcher ends the worker")
  void terminationEndsTheWorker(Start start) throws Exception {
    Process launcher = start(command(start, List.of(), "sleep"));
    ProcessHandle worker = worker(launcher);
    launcher.toHandle().destroy(); // Process.destroy would close the streams, too
    assertEndsInGoodOrder(launcher, worker);
    assertEquals(143, launcher.waitFor());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SIGINT to the launcher ends the worker")
  void interruptionEndsTheWorker(Start start) throws Exception {
    Process launcher = start(command(start, List.of(), "sleep"));
    ProcessHandle worker = worker(launcher);
    new ProcessBuilder("kill", "-INT", "" + launcher.pid()).start().waitFor();
    assertEndsInGoodOrder(launcher, worker);
    assertEquals(130, launcher.waitFor());
  }

  @Test
  @DisplayName("a worker that is killed gives its exit code")
  void aKilledWorkerGivesItsExitCode() throws Exception {
    Process launcher = start(command(Start.FITTING, List.of(), "sleep"));
    worker(launcher).destroyForcibly();
    assertTrue(launcher.waitFor(30, SECONDS));
    assertEquals(137, launcher.exitValue());
  }
}
