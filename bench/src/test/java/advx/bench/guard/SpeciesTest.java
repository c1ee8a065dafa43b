package advx.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.kernel.Lanes;
import canary.species.BoxedKernel;
import java.lang.classfile.ClassModel;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every vector's species is a constant, by the bytecode of all kernels. */
class SpeciesTest {
  @Test
  void everySpeciesIsAConstant() throws Exception {
    Map<ClassDesc, ClassModel> kernels = ClassFiles.classes(Lanes.class, "advx");
    assertTrue(kernels.containsKey(ClassDesc.of("advx.engine.kernel.Gemm$Simd")));
    List<String> violations = SpeciesRule.violations(kernels);
    assertTrue(violations.isEmpty(), String.join("\n", violations));
  }

  /** Each canary breaks the rule in its own way, and the good example in none. */
  @Test
  void theCanariesAreFound() throws Exception {
    List<String> violations =
        SpeciesRule.violations(ClassFiles.classes(BoxedKernel.class, "canary/species"));
    for (String expected :
        List.of(
            "canary.species.BoxedKernel, field species, holds a species and is not static final.",
            "canary.species.BoxedKernel, method use, takes or returns a species.",
            "canary.species.BoxedKernel, method twice, reads or writes the species species, no"
                + " constant.",
            "canary.species.ChoosingKernel, method first, stores or chooses the species NARROW.",
            "canary.species.ChoosingKernel, method first, stores or chooses the species WIDE.",
            "canary.species.ChoosingKernel, method second, stores or chooses the species NARROW.",
            "canary.species.ChoosingKernel, method third, asks species() for a species.",
            "canary.species.PassingKernel, method twice, takes or returns a species.")) {
      assertTrue(violations.contains(expected), expected + " in " + violations);
    }
    assertEquals(
        List.of(),
        violations.stream().filter(sentence -> sentence.contains("ConstantKernel")).toList());
  }
}
