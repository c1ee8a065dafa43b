package advx.bench.guard;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operand stack of a method, followed from its first instruction to its last: for each slot,
 * which instruction loaded its value from a local variable. What it cannot follow, it refuses.
 */
final class OperandStack {
  /** A value that no local variable holds, or one of several. */
  static final int OTHER = -1;

  private final String where;
  private final List<CodeElement> code;
  private final Map<Label, List<Integer>> arriving = new HashMap<>();
  private List<Integer> slots = new ArrayList<>();
  private boolean reached = true;
  private int at;

  OperandStack(String where, List<CodeElement> code) {
    this.where = where;
    this.code = code;
    for (CodeElement element : code) {
      if (element instanceof ExceptionCatch handler) {
        arriving.put(handler.handler(), List.of(OTHER));
      }
    }
  }

  /** The place of the load that the receiver of this call, the next element, comes from. */
  int below(MethodTypeDesc call) {
    return top(1 + width(call)).getFirst();
  }

  /** Past the next element. */
  void step() {
    switch (code.get(at)) {
      case LabelTarget target -> arrive(target.label());
      case Instruction instruction -> {
        if (!reached) {
          throw refusal("an instruction that nothing before it leads to");
        }
        execute(instruction);
        Flow.targets(instruction).forEach(this::depart);
        reached = !Flow.isLast(instruction);
      }
      default -> {}
    }
    at++;
  }

  private void execute(Instruction instruction) {
    switch (instruction) {
      case LoadInstruction load -> push(load.typeKind(), place(load));
      case StoreInstruction store -> pop(store.typeKind().slotSize());
      case ConstantInstruction constant -> push(constant.typeKind());
      case ArrayLoadInstruction load -> {
        pop(2);
        push(load.typeKind());
      }
      case ArrayStoreInstruction store -> pop(2 + store.typeKind().slotSize());
      case ConvertInstruction conversion -> {
        pop(conversion.fromType().slotSize());
        push(conversion.toType());
      }
      case OperatorInstruction operator -> operate(operator);
      case StackInstruction copy -> copy(copy);
      case FieldInstruction field -> access(field);
      case InvokeInstruction call ->
          call(call.typeSymbol(), call.opcode() == Opcode.INVOKESTATIC ? 0 : 1);
      case InvokeDynamicInstruction call -> call(call.typeSymbol(), 0);
      case TypeCheckInstruction check -> {
        if (check.opcode() == Opcode.INSTANCEOF) {
          pop(1);
          push(TypeKind.INT);
        }
      }
      case NewObjectInstruction _ -> push(TypeKind.REFERENCE);
      case NewPrimitiveArrayInstruction _, NewReferenceArrayInstruction _ -> {
        pop(1);
        push(TypeKind.REFERENCE);
      }
      case NewMultiArrayInstruction array -> {
        pop(array.dimensions());
        push(TypeKind.REFERENCE);
      }
      case BranchInstruction branch -> pop(conditions(branch.opcode()));
      case TableSwitchInstruction _, LookupSwitchInstruction _, MonitorInstruction _ -> pop(1);
      case ReturnInstruction result -> pop(result.typeKind().slotSize());
      case ThrowInstruction _ -> pop(1);
      case IncrementInstruction _, NopInstruction _ -> {}
      default -> throw refusal("an instruction of an unknown kind");
    }
  }

  private int place(LoadInstruction load) {
    return load.typeKind() == TypeKind.REFERENCE ? at : OTHER;
  }

  private void operate(OperatorInstruction operator) {
    switch (operator.opcode()) {
      case ARRAYLENGTH -> {
        pop(1);
        push(TypeKind.INT);
      }
      case LCMP, DCMPL, DCMPG -> {
        pop(4);
        push(TypeKind.INT);
      }
      case FCMPL, FCMPG -> {
        pop(2);
        push(TypeKind.INT);
      }
      case INEG, LNEG, FNEG, DNEG -> {
        pop(operator.typeKind().slotSize());
        push(operator.typeKind());
      }
      case ISHL, ISHR, IUSHR, LSHL, LSHR, LUSHR -> {
        pop(1 + operator.typeKind().slotSize());
        push(operator.typeKind());
      }
      case IADD, ISUB, IMUL, IDIV, IREM, IAND, IOR, IXOR -> binary(operator.typeKind());
      case LADD, LSUB, LMUL, LDIV, LREM, LAND, LOR, LXOR -> binary(operator.typeKind());
      case FADD, FSUB, FMUL, FDIV, FREM, DADD, DSUB, DMUL, DDIV, DREM ->
          binary(operator.typeKind());
      default -> throw refusal("an unknown operator");
    }
  }

  private void binary(TypeKind kind) {
    pop(2 * kind.slotSize());
    push(kind);
  }

  private void copy(StackInstruction copy) {
    switch (copy.opcode()) {
      case POP -> pop(1);
      case POP2 -> pop(2);
      case DUP -> copy(1, 0);
      case DUP_X1 -> copy(1, 1);
      case DUP_X2 -> copy(1, 2);
      case DUP2 -> copy(2, 0);
      case DUP2_X1 -> copy(2, 1);
      case DUP2_X2 -> copy(2, 2);
      case SWAP -> {
        copy(1, 1);
        pop(1);
      }
      default -> throw refusal("an unknown copy");
    }
  }

  /** The topmost slots once more, below so many others. */
  private void copy(int count, int below) {
    List<Integer> copied = List.copyOf(top(count));
    top(count + below);
    slots.addAll(slots.size() - count - below, copied);
  }

  private void access(FieldInstruction field) {
    TypeKind kind = TypeKind.from(field.typeSymbol());
    switch (field.opcode()) {
      case GETSTATIC -> push(kind);
      case PUTSTATIC -> pop(kind.slotSize());
      case GETFIELD -> {
        pop(1);
        push(kind);
      }
      case PUTFIELD -> pop(1 + kind.slotSize());
      default -> throw refusal("an unknown access");
    }
  }

  private void call(MethodTypeDesc type, int receivers) {
    pop(receivers + width(type));
    push(TypeKind.from(type.returnType()));
  }

  private static int width(MethodTypeDesc call) {
    int width = 0;
    for (ClassDesc parameter : call.parameterList()) {
      width += TypeKind.from(parameter).slotSize();
    }
    return width;
  }

  /** How many values a branch is decided by. */
  private int conditions(Opcode opcode) {
    return switch (opcode) {
      case GOTO, GOTO_W -> 0;
      case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL -> 1;
      case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE -> 2;
      case IF_ACMPEQ, IF_ACMPNE -> 2;
      default -> throw refusal("an unknown branch");
    };
  }

  private void push(TypeKind kind) {
    push(kind, OTHER);
  }

  private void push(TypeKind kind, int value) {
    slots.addAll(Collections.nCopies(kind.slotSize(), value));
  }

  private void pop(int count) {
    top(count).clear();
  }

  private List<Integer> top(int count) {
    if (count > slots.size()) {
      throw refusal("more values than the stack has");
    }
    return slots.subList(slots.size() - count, slots.size());
  }

  private void depart(Label target) {
    arriving.merge(target, List.copyOf(slots), this::merged);
  }

  private void arrive(Label label) {
    List<Integer> others = arriving.get(label);
    if (others != null) {
      slots = new ArrayList<>(reached ? merged(slots, others) : others);
      reached = true;
    }
  }

  private List<Integer> merged(List<Integer> one, List<Integer> another) {
    if (one.size() != another.size()) {
      throw refusal("stacks of two heights that meet");
    }
    List<Integer> both = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      both.add(one.get(i).equals(another.get(i)) ? one.get(i) : OTHER);
    }
    return both;
  }

  private IllegalStateException refusal(String why) {
    return new IllegalStateException(
        "%s, element %d, %s: %s.".formatted(where, at, code.get(at), why));
  }
}
