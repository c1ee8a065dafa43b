package advx.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;

/** The list in the jar is written by an annotation processor; without it JMH finds no benchmark. */
class BenchmarkListTest {
  @Test
  void holdsEveryBenchmark() throws IOException {
    List<JavaMethod> benchmarks =
        new ClassFileImporter()
            .importPackages("advx.bench").stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Benchmark.class))
                .toList();
    assertFalse(benchmarks.isEmpty());
    String list;
    try (var in = getClass().getResourceAsStream("/META-INF/BenchmarkList")) {
      list = new String(in.readAllBytes(), UTF_8);
    }
    for (JavaMethod benchmark : benchmarks) {
      String entry = benchmark.getOwner().getFullName() + "_" + benchmark.getName() + "_jmhTest";
      String generated = entry.replace("advx.bench.", "advx.bench.jmh_generated.");
      assertTrue(list.contains(generated), generated + " in " + list);
    }
  }
}
