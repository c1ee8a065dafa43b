package advx.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.kernel.Lanes;
import canary.species.CarryingKernel;
import java.lang.classfile.ClassModel;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No vector that a loop carries is a receiver, by the bytecode of all kernels. */
class ReceiverTest {
  @Test
  void noReceiverIsCarried() throws Exception {
    Map<ClassDesc, ClassModel> kernels = ClassFiles.classes(Lanes.class, "advx");
    assertTrue(kernels.containsKey(ClassDesc.of("advx.engine.kernel.Extremes$Simd")));
    List<String> violations = ReceiverRule.violations(kernels);
    assertTrue(violations.isEmpty(), String.join("\n", violations));
  }

  /** Each method of the canary breaks the rule in its own way, and the good example in none. */
  @Test
  void theCanariesAreFound() throws Exception {
    TreeSet<String> places = new TreeSet<>();
    for (String sentence :
        ReceiverRule.violations(ClassFiles.classes(CarryingKernel.class, "canary/species"))) {
      places.add(sentence.replaceFirst(", line \\d+\\.$", ""));
    }
    String carrying = "canary.species.CarryingKernel, method ";
    assertEquals(
        List.of(
            carrying + "last, calls abs() on what a loop carries",
            carrying + "max, calls max() on what a loop carries",
            carrying + "positive, calls and() on what a loop carries",
            carrying + "powers, calls mul() on what a loop carries",
            carrying + "rows, calls add() on what a loop carries"),
        List.copyOf(places));
  }
}
