package advx.cli;

import advx.attacks.Attack;
import advx.engine.Tensor;
import advx.nn.Network;
import advx.nn.io.Checksums;
import advx.nn.io.FileErrors;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which program this is: the SHA-256 over the names and contents of its own classes and resources,
 * wherever they lie, in one jar or in the folders of a build. Results are gone on with by the same
 * program only; a jar that is packed anew from the same classes is the same program.
 */
public final class Build {
  private static final String CHECKSUM = compute();

  private Build() {}

  /** In lower-case hexadecimal; computed once. */
  public static String checksum() {
    return CHECKSUM;
  }

  private static String compute() {
    // One class a module, each from its own place where they are not in one jar.
    Set<Path> places = new LinkedHashSet<>();
    for (Class<?> type : List.of(Tensor.class, Network.class, Attack.class, Build.class)) {
      places.add(place(type));
    }
    return of(places);
  }

  /** The checksum of what lies below {@code advx} in these folders and jars. */
  static String of(Iterable<Path> places) {
    MessageDigest sha = Checksums.sha256();
    for (Path place : places) {
      add(sha, place);
    }
    return Checksums.hex(sha.digest());
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The classes have no place", e);
    }
  }

  private static void add(MessageDigest sha, Path place) {
    try {
      if (Files.isDirectory(place)) {
        addTree(sha, place);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
          addTree(sha, jar.getPath("/"));
        }
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(place, e);
    }
  }

  private static void addTree(MessageDigest sha, Path root) throws IOException {
    Path own = root.resolve("advx");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(own)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    List<String> names =
        files.stream()
            .map(file -> own.relativize(file).toString().replace('\\', '/'))
            .sorted()
            .toList();
    for (String name : names) {
      byte[] bytes = Files.readAllBytes(own.resolve(name));
      sha.update(name.getBytes(StandardCharsets.UTF_8));
      sha.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).flip());
      sha.update(bytes);
    }
  }
}
