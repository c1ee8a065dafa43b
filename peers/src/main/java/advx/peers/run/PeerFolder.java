package advx.peers.run;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A peer's folder: a pom.xml with its artefacts, and its source. Maven, in a process of its own,
 * answers with the class path; so a peer that cannot be had fails nothing but itself.
 *
 * @param source the folder
 * @param build where the class path and the classes go
 */
record PeerFolder(Path source, Path build) {
  private static final String GOAL =
      "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";
  private static final long MAVEN_MINUTES = 15;

  /** What runs Maven: its command, and the options of the build this is part of. */
  record Maven(String command, List<String> options) {}

  /**
   * The class path of the peer: its compiled source, then its artefacts.
   *
   * @param contract the class path to compile against, besides the artefacts
   */
  List<Path> classPath(Maven maven, String contract) throws Unavailable, InterruptedException {
    try {
      Files.createDirectories(build);
      List<Path> artefacts = artefacts(maven);
      Path classes = Files.createDirectories(build.resolve("classes"));
      compile(classes, contract + File.pathSeparator + join(artefacts));
      List<Path> all = new ArrayList<>(List.of(classes));
      all.addAll(artefacts);
      return all;
    } catch (IOException e) {
      throw new Unavailable("its class path cannot be made: " + e.getMessage());
    }
  }

  static String join(List<Path> paths) {
    return String.join(File.pathSeparator, paths.stream().map(Path::toString).toList());
  }

  private List<Path> artefacts(Maven maven) throws IOException, Unavailable, InterruptedException {
    Path pom = source.resolve("pom.xml");
    Path list = build.resolve("classpath.txt");
    if (!current(list, pom)) {
      Path log = build.resolve("maven.log");
      List<String> command = new ArrayList<>(List.of(maven.command(), "-B", "-q"));
      command.addAll(maven.options());
      command.add("-f");
      command.add(pom.toString());
      command.add(GOAL);
      command.add("-Dmdep.outputFile=" + list);
      command.add(
          "-Djavacpp.platform="
              + Platform.classifier(System.getProperty("os.name"), System.getProperty("os.arch")));
      Files.deleteIfExists(list);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(MAVEN_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new Unavailable("Maven took longer than %d minutes".formatted(MAVEN_MINUTES));
      }
      if (process.exitValue() != 0 || !Files.exists(list)) {
        throw new Unavailable(reason(Files.readString(log)));
      }
    }
    return Stream.of(Files.readString(list).strip().split(File.pathSeparator, -1))
        .map(Path::of)
        .toList();
  }

  /**
   * A class path that was asked for before is good while the pom is older and its jars lie there.
   */
  private static boolean current(Path list, Path pom) throws IOException {
    return Files.exists(list)
        && Files.getLastModifiedTime(list).compareTo(Files.getLastModifiedTime(pom)) > 0
        && Stream.of(Files.readString(list).strip().split(File.pathSeparator, -1))
            .allMatch(jar -> Files.exists(Path.of(jar)));
  }

  /** Maven's own sentence, without its links to help. */
  static String reason(String log) {
    return log.lines()
        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
        .filter(line -> line.startsWith("[ERROR] "))
        .map(line -> line.substring("[ERROR] ".length()).replaceAll(" -> \\[Help.*", ""))
        .findFirst()
        .orElse("Maven failed without a sentence");
  }

  private void compile(Path classes, String classPath) throws IOException, Unavailable {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        Stream<Path> found = Files.list(source)) {
      List<Path> sources = found.filter(f -> f.toString().endsWith(".java")).sorted().toList();
      List<String> options = List.of("-proc:none", "-d", classes.toString(), "-cp", classPath);
      boolean compiled =
          compiler
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled) {
        throw new Unavailable("it does not compile: " + messages.toString().strip());
      }
    }
  }
}
