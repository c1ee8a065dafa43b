package advx.bench.guard;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the instructions of a method lead to. */
final class Flow {
  private final List<CodeElement> code;
  private final Map<Label, Integer> places = new HashMap<>();
  private final List<Loop> loops = new ArrayList<>();

  private record Loop(int start, int end) {}

  Flow(List<CodeElement> code) {
    this.code = code;
    for (int i = 0; i < code.size(); i++) {
      if (code.get(i) instanceof LabelTarget target) {
        places.put(target.label(), i);
      }
    }
    for (int i = 0; i < code.size(); i++) {
      for (Label target : targets(code.get(i))) {
        if (places.get(target) < i) {
          loops.add(new Loop(places.get(target), i));
        }
      }
    }
  }

  /** Whether a loop around this load carries the variable. */
  boolean isCarried(int load) {
    int variable = ((LoadInstruction) code.get(load)).slot();
    return loops.stream()
        .filter(loop -> loop.start() < load && load < loop.end())
        .filter(loop -> isStored(variable, loop))
        .anyMatch(loop -> isReached(load, variable, loop));
  }

  private boolean isStored(int variable, Loop loop) {
    return code.subList(loop.start(), loop.end()).stream()
        .anyMatch(element -> isStore(element, variable));
  }

  /** Whether a path leads from the loop's start to the load, past no store. */
  private boolean isReached(int load, int variable, Loop loop) {
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>(List.of(loop.start()));
    while (!open.isEmpty()) {
      int at = open.pop();
      if (at == load) {
        return true;
      }
      boolean inside = loop.start() <= at && at <= loop.end();
      if (!inside || seen.get(at) || isStore(code.get(at), variable)) {
        continue;
      }
      seen.set(at);
      targets(code.get(at)).forEach(target -> open.push(places.get(target)));
      for (CodeElement element : code) {
        if (element instanceof ExceptionCatch handler && places.get(handler.tryStart()) == at) {
          open.push(places.get(handler.handler()));
        }
      }
      if (!isLast(code.get(at))) {
        open.push(at + 1);
      }
    }
    return false;
  }

  private static boolean isStore(CodeElement element, int variable) {
    return element instanceof StoreInstruction store && store.slot() == variable;
  }

  /** Where this instruction jumps to. */
  static List<Label> targets(CodeElement element) {
    return switch (element) {
      case BranchInstruction branch -> List.of(branch.target());
      case TableSwitchInstruction choice -> targets(choice.cases(), choice.defaultTarget());
      case LookupSwitchInstruction choice -> targets(choice.cases(), choice.defaultTarget());
      default -> List.of();
    };
  }

  private static List<Label> targets(List<SwitchCase> cases, Label otherwise) {
    List<Label> targets = new ArrayList<>(List.of(otherwise));
    cases.forEach(one -> targets.add(one.target()));
    return targets;
  }

  /** Whether what follows this instruction is reached by jumps only. */
  static boolean isLast(CodeElement element) {
    return switch (element) {
      case BranchInstruction branch ->
          branch.opcode() == Opcode.GOTO || branch.opcode() == Opcode.GOTO_W;
      case TableSwitchInstruction _,
          LookupSwitchInstruction _,
          ReturnInstruction _,
          ThrowInstruction _ ->
          true;
      default -> false;
    };
  }
}
