package advx.bench.guard;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The compiler turns vectors into registers only where it knows their species as a constant. On
 * bytecode that is:
 *
 * <ul>
 *   <li>a field that holds a species is {@code static final};
 *   <li>no method takes or returns one;
 *   <li>but for static initialisers, a species comes from no instruction but the reading of such a
 *       field, right where it is used: it is not stored, not chosen by a branch, not asked for.
 * </ul>
 */
final class SpeciesRule {
  private static final ClassDesc SPECIES = ClassDesc.of("jdk.incubator.vector.VectorSpecies");

  private final Map<ClassDesc, ClassModel> classes;
  private final List<String> violations = new ArrayList<>();

  private SpeciesRule(Map<ClassDesc, ClassModel> classes) {
    this.classes = classes;
  }

  /** One sentence for each place of these classes that breaks the rule. */
  static List<String> violations(Map<ClassDesc, ClassModel> classes) {
    SpeciesRule rule = new SpeciesRule(classes);
    classes.values().forEach(rule::check);
    return rule.violations;
  }

  private void check(ClassModel type) {
    String name = type.thisClass().asInternalName().replace('/', '.');
    for (FieldModel field : type.fields()) {
      if (field.fieldTypeSymbol().equals(SPECIES)
          && !(field.flags().has(AccessFlag.STATIC) && field.flags().has(AccessFlag.FINAL))) {
        say(name, "field " + field.fieldName(), "holds a species and is not static final");
      }
    }
    for (MethodModel method : type.methods()) {
      String where = "method " + method.methodName();
      if (method.methodTypeSymbol().parameterList().contains(SPECIES)
          || method.methodTypeSymbol().returnType().equals(SPECIES)) {
        say(name, where, "takes or returns a species");
      }
      if (!method.methodName().equalsString("<clinit>") && method.code().isPresent()) {
        check(name, where, method.code().get().elementList());
      }
    }
  }

  private void check(String name, String where, List<CodeElement> code) {
    Set<Object> targets = new HashSet<>();
    for (CodeElement element : code) {
      if (element instanceof BranchInstruction branch) {
        targets.add(branch.target());
      }
    }
    for (int i = 0; i < code.size(); i++) {
      switch (code.get(i)) {
        case FieldInstruction field when field.typeSymbol().equals(SPECIES) -> {
          if (field.opcode() != Opcode.GETSTATIC || !isConstant(field)) {
            say(name, where, "reads or writes the species " + field.name() + ", no constant");
          } else if (!usedAtOnce(code, i + 1, targets)) {
            say(name, where, "stores or chooses the species " + field.name());
          }
        }
        case InvokeInstruction call when call.typeSymbol().returnType().equals(SPECIES) ->
            say(name, where, "asks " + call.name() + "() for a species");
        case TypeCheckInstruction cast when cast.type().asSymbol().equals(SPECIES) ->
            say(name, where, "casts something to a species");
        default -> {}
      }
    }
  }

  /** Fields of the vector module's own are constants all. */
  private boolean isConstant(FieldInstruction field) {
    ClassModel owner = classes.get(field.owner().asSymbol());
    return owner == null
        ? field.owner().asInternalName().startsWith("jdk/incubator/vector/")
        : owner.fields().stream()
            .filter(f -> f.fieldName().equalsString(field.name().stringValue()))
            .allMatch(f -> f.flags().has(AccessFlag.STATIC) && f.flags().has(AccessFlag.FINAL));
  }

  /** What follows the reading is neither a jump, nor where one ends, nor a store. */
  private static boolean usedAtOnce(List<CodeElement> code, int next, Set<Object> targets) {
    for (int i = next; i < code.size(); i++) {
      switch (code.get(i)) {
        case LabelTarget label when targets.contains(label.label()) -> {
          return false;
        }
        case StoreInstruction store when store.typeKind() == TypeKind.REFERENCE -> {
          return false;
        }
        case BranchInstruction branch when branch.opcode().name().startsWith("GOTO") -> {
          return false;
        }
        case Instruction instruction -> {
          return instruction.sizeInBytes() > 0;
        }
        default -> {}
      }
    }
    return true;
  }

  private void say(String type, String where, String what) {
    violations.add("%s, %s, %s.".formatted(type, where, what));
  }
}
