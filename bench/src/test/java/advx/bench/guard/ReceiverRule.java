package advx.bench.guard;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A vector that a loop carries is an argument, never the receiver: {@code m = v.max(m)}, not {@code
 * m = m.max(v)}. Where a kernel is inlined before it was profiled, the compiler knows the class of
 * what was just loaded or broadcast. That of m would follow from the call's result, and the result
 * from the class of m: it knows neither, and puts every vector of the loop on the heap.
 *
 * <p>On bytecode: a loop is what lies between a label and a branch back to it. It carries a local
 * variable that it stores, and that can be loaded after the loop's start with no store before. On
 * one so loaded, no method may be called that returns a vector or a mask.
 */
final class ReceiverRule {
  private final List<String> violations = new ArrayList<>();

  private ReceiverRule() {}

  /** One sentence for each place of these classes that breaks the rule. */
  static List<String> violations(Map<ClassDesc, ClassModel> classes) {
    ReceiverRule rule = new ReceiverRule();
    classes.values().forEach(rule::check);
    return rule.violations;
  }

  private void check(ClassModel type) {
    for (MethodModel method : type.methods()) {
      if (method.code().isPresent()) {
        String where =
            "%s, method %s"
                .formatted(
                    type.thisClass().asInternalName().replace('/', '.'), method.methodName());
        check(where, method.code().get().elementList());
      }
    }
  }

  private void check(String where, List<CodeElement> code) {
    Flow flow = new Flow(code);
    OperandStack stack = new OperandStack(where, code);
    int line = 0;
    for (int i = 0; i < code.size(); i++) {
      if (code.get(i) instanceof LineNumber number) {
        line = number.line();
      }
      if (code.get(i) instanceof InvokeInstruction call && isOfVectors(call)) {
        int load = stack.below(call.typeSymbol());
        if (load != OperandStack.OTHER && flow.isCarried(load)) {
          violations.add(
              "%s, calls %s() on what a loop carries, line %d."
                  .formatted(where, call.name(), line));
        }
      }
      stack.step();
    }
  }

  private static boolean isOfVectors(InvokeInstruction call) {
    return call.opcode() != Opcode.INVOKESTATIC
        && isVector(call.owner().asSymbol())
        && isVector(call.typeSymbol().returnType());
  }

  private static boolean isVector(ClassDesc type) {
    return type.packageName().equals("jdk.incubator.vector")
        && (type.displayName().endsWith("Vector") || type.displayName().equals("VectorMask"));
  }
}
