package advx.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds all modules to the house rules, and each rule to its purpose: the packages below {@code
 * canary} break every one of them.
 */
class HouseRulesTest {
  private static JavaClasses house;
  private static JavaClasses canary;

  @BeforeAll
  static void readClasses() {
    house =
        new ClassFileImporter()
            .withImportOption(
                location ->
                    !location.contains("/test-classes/") && !location.contains("-tests.jar"))
            .importPackages("advx");
    canary = new ClassFileImporter().importPackages("canary");
  }

  static Stream<String> rules() {
    return HouseRules.of("advx").keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(String rule) {
    ArchRule checked = HouseRules.of("advx").get(rule);
    checked.check(house);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void canFail(String rule) {
    assertTrue(HouseRules.of("canary").get(rule).evaluate(canary).hasViolation());
  }

  @Test
  void seesAllModules() {
    for (String type :
        Set.of(
            "advx.engine.Tensor",
            "advx.nn.package-info",
            "advx.attacks.package-info",
            "advx.launch.Launcher",
            "advx.bench.package-info")) {
      assertTrue(house.contain(type), type);
    }
  }

  @Test
  void everyPackageIsExplained() throws IOException {
    Path project = Path.of("").toAbsolutePath().getParent();
    assertTrue(Files.exists(project.resolve("engine/src/main/java/advx/engine/package-info.java")));
    assertEquals(Set.of(), HouseRules.unexplainedPackages(project));
  }

  @Test
  void anUnexplainedPackageIsFound(@TempDir Path project) throws IOException {
    Path explained = Files.createDirectories(project.resolve("nn/src/main/java/advx/nn"));
    Files.createFile(explained.resolve("package-info.java"));
    Files.createFile(explained.resolve("Layer.java"));
    Path forgotten = Files.createDirectories(explained.resolve("io"));
    Files.createFile(forgotten.resolve("Reader.java"));
    assertEquals(
        Set.of(Path.of("advx", "nn", "io").toString()), HouseRules.unexplainedPackages(project));
  }
}
