package advx.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.bench.work.Shape;
import advx.bench.work.Shapes;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;

/** The list in the jar is written by an annotation processor; without it JMH finds no benchmark. */
class BenchmarkListTest {
  private static List<JavaClass> benchmarks() {
    return new ClassFileImporter()
        .importPackages("advx.bench").stream()
            .filter(type -> type.isAssignableTo(WorkBenchmark.class))
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .filter(type -> !type.getPackageName().contains("jmh_generated"))
            .toList();
  }

  @Test
  void holdsEveryBenchmark() throws IOException {
    assertFalse(benchmarks().isEmpty());
    String list;
    try (var in = getClass().getResourceAsStream("/META-INF/BenchmarkList")) {
      list = new String(in.readAllBytes(), UTF_8);
    }
    for (JavaClass benchmark : benchmarks()) {
      for (String method : List.of("vector", "scalar")) {
        String generated =
            "advx.bench.jmh_generated.%s_%s_jmhTest".formatted(benchmark.getSimpleName(), method);
        assertTrue(list.contains(generated), generated + " in " + list);
      }
    }
  }

  /** A line of shapes.txt that no benchmark names would be measured by nobody, and nobody told. */
  @Test
  void everyShapeIsAParameterOfOneBenchmark() throws NoSuchFieldException {
    List<String> parameters = new java.util.ArrayList<>();
    for (JavaClass benchmark : benchmarks()) {
      Param shape = benchmark.reflect().getField("shape").getAnnotation(Param.class);
      parameters.addAll(Arrays.asList(shape.value()));
    }
    assertEquals(
        Shapes.all().stream().map(Shape::name).sorted().toList(),
        parameters.stream().sorted().toList());
  }
}
