package advx.cli;

import advx.engine.Workers;
import advx.engine.kernel.Lanes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the program runs on: printed beside results, never part of them. */
public final class Machine {
  private Machine() {}

  /** The program's version, from the jar; "unpackaged" outside of one. */
  public static String version() {
    String version = Machine.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  /** "25.0.1+8-LTS (Eclipse Adoptium)". */
  public static String jdk() {
    return Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
  }

  /** "Linux 6.8, amd64". */
  public static String system() {
    return "%s %s, %s"
        .formatted(
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"));
  }

  /** The processor's name where the system tells it, else its architecture. */
  public static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try (Stream<String> lines = Files.lines(info)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .findFirst()
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .orElse(System.getProperty("os.arch"));
      } catch (IOException e) {
        return System.getProperty("os.arch");
      }
    }
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    return windows == null ? System.getProperty("os.arch") : windows;
  }

  /** All of it by name, for the report. */
  public static SortedMap<String, String> describe(Workers workers) {
    SortedMap<String, String> machine = new TreeMap<>();
    machine.put("processor", processor());
    machine.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    machine.put("threads", Integer.toString(workers.threads()));
    machine.put("vectors", Lanes.describe());
    machine.put("jdk", jdk());
    machine.put("system", system());
    return machine;
  }
}
