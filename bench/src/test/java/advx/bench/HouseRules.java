package advx.bench;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules that all main code keeps, stated for the packages below a root such as {@code advx}.
 */
final class HouseRules {
  /** From the lowest module up; each may use those before it and none after it. */
  private static final List<String> LAYERS = List.of("engine", "nn", "attacks", "cli", "bench");

  private static final Set<String> PLATFORM_MATHS =
      Set.of(
          "acos", "asin", "atan", "atan2", "cbrt", "cos", "cosh", "exp", "expm1", "hypot", "log",
          "log10", "log1p", "pow", "sin", "sinh", "tan", "tanh");

  private static final Set<String> PLATFORM_LANES =
      Set.of(
          "ACOS", "ASIN", "ATAN", "ATAN2", "CBRT", "COS", "COSH", "EXP", "EXPM1", "HYPOT", "LOG",
          "LOG10", "LOG1P", "POW", "SIN", "SINH", "TAN", "TANH");

  private static final String VECTORS = "jdk.incubator.vector";

  /** All rules on compiled classes, by name. */
  static Map<String, ArchRule> of(String root) {
    var rules = new LinkedHashMap<String, ArchRule>();
    for (int i = 0; i + 1 < LAYERS.size(); i++) {
      rules.put(LAYERS.get(i) + " uses no module above it", layer(root, i));
    }
    rules.put("only engine.kernel uses the vector module", vectorsInKernels(root));
    rules.put("attacks use no file, network or terminal", attacksAreSilent(root));
    rules.put("no function of Math that differs between platforms", noPlatformMaths(root));
    rules.put("no vector function that differs between platforms", noPlatformLanes(root));
    rules.put("no reduction of lanes in an unspecified order", noUnorderedReduction(root));
    rules.put("no parallel stream", noParallelStream(root));
    rules.put("every species is a constant", speciesAreConstants(root));
    return rules;
  }

  private static ArchRule layer(String root, int index) {
    String[] above =
        LAYERS.stream()
            .skip(index + 1)
            .map(name -> root + "." + name + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(root + "." + LAYERS.get(index) + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above)
        .allowEmptyShould(true);
  }

  private static ArchRule vectorsInKernels(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".engine.kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(VECTORS + "..")
        .allowEmptyShould(true);
  }

  private static ArchRule attacksAreSilent(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".attacks..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net.."))
        .orShould()
        .accessTargetWhere(
            access("System.out, err or in", System.class, Set.of("out", "err", "in")))
        .allowEmptyShould(true);
  }

  private static ArchRule noPlatformMaths(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .accessTargetWhere(access("Math's " + PLATFORM_MATHS, Math.class, PLATFORM_MATHS))
        .because("StrictMath, or a polynomial of ours, gives the same bits everywhere")
        .allowEmptyShould(true);
  }

  private static ArchRule noPlatformLanes(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .accessTargetWhere(
            access(
                "VectorOperators' " + PLATFORM_LANES, VECTORS + ".VectorOperators", PLATFORM_LANES))
        .because("they differ between platforms")
        .allowEmptyShould(true);
  }

  private static ArchRule noUnorderedReduction(String root) {
    Set<String> reduce = Set.of("reduceLanes", "reduceLanesToLong");
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .accessTargetWhere(
            access("reduceLanes of floats", VECTORS + ".FloatVector", reduce)
                .or(access("reduceLanes of doubles", VECTORS + ".DoubleVector", reduce)))
        .because("its order is unspecified; reduce the 64 logical lanes by the fixed tree")
        .allowEmptyShould(true);
  }

  private static ArchRule noParallelStream(String root) {
    var parallel =
        DescribedPredicate.<JavaAccess<?>>describe(
            "parallel streams",
            access ->
                access.getTargetOwner().getPackageName().startsWith("java.util")
                    && Set.of("parallel", "parallelStream").contains(access.getTarget().getName()));
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .accessTargetWhere(parallel)
        .because("work is cut by the problem, not by the threads")
        .allowEmptyShould(true);
  }

  private static ArchRule speciesAreConstants(String root) {
    return fields()
        .that()
        .areDeclaredInClassesThat(resideInAPackage(root + ".."))
        .and()
        .haveRawType(VECTORS + ".VectorSpecies")
        .should()
        .beStatic()
        .andShould()
        .beFinal()
        .because("the compiler knows a species only as a constant; else vectors are objects")
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaAccess<?>> access(
      String what, Class<?> owner, Set<String> members) {
    return access(what, owner.getName(), members);
  }

  private static DescribedPredicate<JavaAccess<?>> access(
      String what, String owner, Set<String> members) {
    return DescribedPredicate.describe(
        what,
        access -> {
          JavaClass target = access.getTargetOwner();
          return target.getName().equals(owner) && members.contains(access.getTarget().getName());
        });
  }

  /**
   * The packages of the modules below {@code project} that no {@code package-info.java} explains.
   * It is looked for in all source roots of the module.
   */
  static Set<String> unexplainedPackages(Path project) throws IOException {
    var unexplained = new TreeSet<String>();
    for (String module : LAYERS) {
      var packages = new TreeSet<String>();
      var explained = new TreeSet<String>();
      for (Path file : sources(project.resolve(module).resolve("src/main"))) {
        // ROOT/advx/engine/Tensor.java below src/main: the first name is the source root
        var name = file.subpath(1, file.getNameCount() - 1).toString();
        (file.endsWith("package-info.java") ? explained : packages).add(name);
      }
      packages.removeAll(explained);
      unexplained.addAll(packages);
    }
    return unexplained;
  }

  private static List<Path> sources(Path main) throws IOException {
    if (!Files.exists(main)) {
      return List.of();
    }
    try (var files = Files.walk(main)) {
      return files.filter(file -> file.toString().endsWith(".java")).map(main::relativize).toList();
    }
  }

  private HouseRules() {}
}
