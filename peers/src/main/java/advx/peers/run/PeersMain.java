package advx.peers.run;

import advx.nn.data.Dataset;
import advx.nn.data.Mnist;
import advx.peers.table.Line;
import advx.peers.table.Markdown;
import advx.peers.table.Results;
import advx.peers.work.Inputs;
import advx.peers.work.Subject;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Measures this engine beside its peers and writes the table. Settings are system properties:
 *
 * <pre>
 *  peers.home         folder of the peers' folders
 *  peers.build        where everything goes: classes, logs, peers.json, peers.md
 *  peers.maven        the command that runs Maven
 *  peers.repository   Maven's local repository; its own choice if empty
 *  peers.offline      "true" to let Maven fetch nothing
 *  peers.only         these peers beside this engine, by comma; all if empty
 *  peers.subjects     the subjects whose key begins so, by comma; all if empty
 *  peers.threads      numbers of threads, by comma; 1,2 if empty
 *  peers.rounds       how often the peers take turns; 5 if empty
 *  peers.seconds      length of a turn; 0.3 if empty
 *  peers.again        "true" to measure anew what is known already
 * </pre>
 */
public final class PeersMain {
  private static final int DIGITS = 10_000;

  private final Path home = Path.of(System.getProperty("peers.home"));
  private final Path build = Path.of(System.getProperty("peers.build"));
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final String contract = System.getProperty("java.class.path");
  private final Map<String, List<Path>> classPaths = new HashMap<>();

  private PeersMain() {}

  public static void main(String[] args) throws Exception {
    new PeersMain().run();
  }

  private static List<String> list(String property, String otherwise) {
    String value = System.getProperty(property, "");
    String[] parts = (value.isBlank() ? otherwise : value).split(",", -1);
    return Stream.of(parts).map(String::strip).filter(part -> !part.isEmpty()).toList();
  }

  private void run() throws Exception {
    Files.createDirectories(build.resolve("logs"));
    Path file = build.resolve("peers.json");
    Results results = Results.read(file, engine(contract), machine());
    List<PeerDefinition> peers = fetch(results);
    Measuring measuring =
        new Measuring(
            results,
            file,
            this::start,
            Integer.parseInt(list("peers.rounds", "5").getFirst()),
            Double.parseDouble(list("peers.seconds", "0.3").getFirst()),
            out);
    boolean digits = digits(results);
    boolean again = Boolean.getBoolean("peers.again");
    for (Map.Entry<String, List<Subject>> group : groups(digits).entrySet()) {
      List<PeerDefinition> asked =
          peers.stream().filter(peer -> peer.groups().contains(group.getKey())).toList();
      for (String number : list("peers.threads", "1,2")) {
        int threads = Integer.parseInt(number);
        List<Subject> open =
            group.getValue().stream()
                .filter(s -> again || !known(results, s, threads, asked))
                .toList();
        if (!open.isEmpty() && cores(threads)) {
          measuring.group(asked, open, threads);
        }
      }
    }
    results.write(file);
    Path page = build.resolve("peers.md");
    Files.writeString(page, Markdown.of(results, Line.TABLE));
    out.println(Markdown.of(results, Line.TABLE));
    out.println("The table: " + page);
    out.println("All figures: " + file);
  }

  private boolean cores(int threads) {
    int cores = Runtime.getRuntime().availableProcessors();
    if (threads > cores) {
      out.printf("%d threads are left out: this machine has %d processor(s)%n", threads, cores);
    }
    return threads <= cores;
  }

  /** Whether an earlier run has asked all of these peers. */
  private static boolean known(
      Results results, Subject subject, int threads, List<PeerDefinition> peers) {
    Optional<Results.Item> item = results.item(subject.key(), threads);
    return item.isPresent()
        && peers.stream()
            .allMatch(
                peer ->
                    item.get().rates().containsKey(peer.id())
                        || item.get().refused().containsKey(peer.id())
                        || results.leftOut().containsKey(peer.id()));
  }

  /** This engine and the peers that can be had. */
  private List<PeerDefinition> fetch(Results results) throws InterruptedException {
    List<String> only = list("peers.only", "");
    PeerFolder.Maven maven = maven();
    List<PeerDefinition> there = new ArrayList<>();
    for (PeerDefinition peer : PeerDefinition.LIST) {
      if (!peer.own() && !only.isEmpty() && !only.contains(peer.id())) {
        continue;
      }
      try {
        if (!peer.own() && !classPaths.containsKey(peer.folder())) {
          PeerFolder folder =
              new PeerFolder(
                  home.resolve(peer.folder()), build.toAbsolutePath().resolve(peer.folder()));
          classPaths.put(peer.folder(), folder.classPath(maven, contract));
        }
        there.add(peer);
      } catch (Unavailable e) {
        results.leftOut().put(peer.id(), e.getMessage());
        out.printf("%s is left out: %s%n", peer.id(), e.getMessage());
      }
    }
    return there;
  }

  private static PeerFolder.Maven maven() {
    List<String> options = new ArrayList<>();
    if (Boolean.getBoolean("peers.offline")) {
      options.add("-o");
    }
    String repository = System.getProperty("peers.repository", "");
    if (!repository.isEmpty()) {
      options.add("-Dmaven.repo.local=" + repository);
    }
    return new PeerFolder.Maven(System.getProperty("peers.maven", "mvn"), options);
  }

  private PeerClient start(PeerDefinition peer, int threads)
      throws IOException, Unavailable, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(peer.options());
    if (peer.own()) {
      command.add("--add-modules=jdk.incubator.vector");
      if (hugePagesOnRequest()) {
        command.add("-XX:+UseTransparentHugePages");
      }
      command.add("-cp");
      command.add(contract);
    } else {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("-Dorg.bytedeco.javacpp.cachedir=" + build.toAbsolutePath().resolve("native"));
      command.add("-cp");
      command.add(PeerFolder.join(classPaths.get(peer.folder())) + File.pathSeparator + work());
    }
    command.add("advx.peers.work.PeerProcess");
    command.add("advx.peers." + peer.type());
    command.add(peer.variant());
    command.add(Integer.toString(threads));
    command.add(build.resolve("digits.bin").toString());
    Path log = build.resolve("logs").resolve(peer.id() + "-" + threads + ".log");
    return new PeerClient(command, peer.environment(threads), log);
  }

  /** As the program's own launcher decides it. */
  private static boolean hugePagesOnRequest() throws IOException {
    Path choice = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    return Files.exists(choice) && Files.readString(choice).contains("[madvise]");
  }

  /** Where the contract's classes lie: all that a peer sees of this project. */
  private static String work() {
    try {
      return Path.of(Subject.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The subjects asked for, by group, in the table's order. */
  private Map<String, List<Subject>> groups(boolean digits) {
    List<String> wanted = list("peers.subjects", "");
    Map<String, List<Subject>> groups = new LinkedHashMap<>();
    for (Line line : Line.TABLE) {
      for (String key : line.subjects()) {
        Subject subject = Subject.parse(key);
        boolean missing = subject instanceof Subject.Maxout maxout && maxout.digits() && !digits;
        if (!missing && (wanted.isEmpty() || wanted.stream().anyMatch(key::startsWith))) {
          groups.computeIfAbsent(subject.group(), _ -> new ArrayList<>()).add(subject);
        }
      }
    }
    return groups;
  }

  /** Writes the real images for the peers' processes; false if there are none. */
  private boolean digits(Results results) throws IOException {
    Mnist.Found found = Mnist.find(Mnist.DIGITS, Mnist.Search.ofProcess(Optional.empty()));
    if (found.folder().isEmpty()) {
      results.leftOut().put("digits", found.sentence());
      out.printf("MNIST is left out: %s%n", found.sentence());
      return false;
    }
    results.leftOut().remove("digits");
    Dataset test = Mnist.load(Mnist.DIGITS, found.folder().get()).test();
    int n = Math.min(DIGITS, test.size());
    Inputs.write(
        build.resolve("digits.bin"),
        new Inputs.Images(test.images(0, n).data(), test.subset(0, n).labels()));
    return true;
  }

  private static Map<String, String> machine() throws IOException {
    Map<String, String> machine = new TreeMap<>();
    machine.put("processor", processor());
    machine.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    machine.put(
        "system",
        "%s %s, %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    machine.put("jdk", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
    return machine;
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(info)) {
      List<String> all = lines.toList();
      return Stream.of("model name", "model\t", "stepping")
          .flatMap(word -> all.stream().filter(line -> line.startsWith(word)).limit(1))
          .map(line -> line.replaceAll("\\s+", " ").replaceFirst("model name : ", ""))
          .reduce((a, b) -> a + ", " + b)
          .orElse(System.getProperty("os.arch"));
    }
  }

  /** A checksum of the engine's own archives or folders of classes, in class-path order. */
  static String engine(String classPath) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String entry : classPath.split(File.pathSeparator, -1)) {
        Path path = Path.of(entry);
        if (Files.isDirectory(path)) {
          try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
              digest.update(Files.readAllBytes(file));
            }
          }
        } else if (path.getFileName().toString().startsWith("advx-")) {
          digest.update(Files.readAllBytes(path));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
