package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import advx.testing.Forks;
import advx.testing.Forks.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same bits with 512, 256 and 128 bits, with none, and without the vector module. */
@Timeout(900)
class KernelWidthsTest {
  private static final Pattern LOADED =
      Pattern.compile(".*advx\\.engine\\.kernel\\.(\\w+\\$Simd) .*");

  /**
   * A line of the compilation log: time, number, flags, level 4 for the second compiler, method.
   */
  private static final Pattern COMPILED =
      Pattern.compile(
          " *\\d+ +\\d+ [ %sbn!]*4 +advx\\.engine\\.kernel\\.(\\w+\\$Simd)::.*bytes\\)");

  private static final Pattern DIGEST = Pattern.compile("([a-z0-9 ]+)=([0-9a-f]{64})");

  /** The vector bodies that a JVM with vectors must have loaded, and any other must not. */
  private static final Set<String> BODIES =
      Set.of(
          "Exp$Simd",
          "Log$Simd",
          "Tanh$Simd",
          "Sigmoid$Simd",
          "Softplus$Simd",
          "Sums$Simd",
          "Extremes$Simd",
          "DropoutMask$Simd",
          "BallStep$Simd",
          "SignStep$Simd",
          "BoundedStep$Simd",
          "Rectifier$Simd",
          "Addition$Simd",
          "Hadamard$Simd",
          "ChannelMaps$Simd",
          "ChannelSums$Simd",
          "ColumnSums$Simd");

  /**
   * Compiles the kernels alone, early and at once: six rounds end in the second compiler's code.
   */
  private static final List<String> EARLY =
      List.of(
          "-Xbatch",
          "-XX:CompileThresholdScaling=0.003",
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=compileonly,advx.engine.*::*",
          "-XX:+PrintCompilation");

  @Test
  void sameBits() {
    Map<String, String> expected = new TreeMap<>();
    for (Vectors vectors : Vectors.values()) {
      // Vectors wider than the CPU's are objects of the Java library: correct, and slow.
      boolean direct = vectors.lanes() <= Lanes.COUNT;
      List<String> options = new ArrayList<>(direct ? EARLY : List.of());
      options.add("-Xlog:class+load=info");
      String rounds = direct ? "6" : "1";
      Forks.Output output = Forks.run(KernelDigest.class, vectors, options, rounds);

      assertEquals(Integer.toString(vectors.lanes()), output.value("lanes"), vectors + " lanes");
      boolean vector = vectors.lanes() > 1;
      assertEquals(vector ? "vector" : "scalar", output.value("kind"), vectors + " kind");
      assertEquals(vector ? BODIES : Set.of(), bodies(LOADED, output.lines()), vectors + " bodies");
      if (direct && vector) {
        assertEquals(BODIES, bodies(COMPILED, output.lines()), vectors + " compiled bodies");
      }

      Map<String, String> digests = digests(output.lines());
      if (expected.isEmpty()) {
        expected.putAll(digests);
        assertEquals(
            5 + 6 * 9, Set.copyOf(digests.values()).size(), "one digest a kernel and size");
      }
      assertEquals(expected, digests, vectors + " digests");
    }
  }

  private static Map<String, String> digests(List<String> lines) {
    Map<String, String> digests = new TreeMap<>();
    for (String line : lines) {
      var digest = DIGEST.matcher(line);
      if (digest.matches()) {
        digests.put(digest.group(1), digest.group(2));
      }
    }
    return digests;
  }

  private static Set<String> bodies(Pattern pattern, List<String> lines) {
    Set<String> bodies = new TreeSet<>();
    for (String line : lines) {
      var body = pattern.matcher(line);
      if (body.matches()) {
        bodies.add(body.group(1));
      }
    }
    return bodies;
  }
}
