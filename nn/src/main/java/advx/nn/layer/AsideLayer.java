package advx.nn.layer;

import advx.engine.Var;
import advx.engine.op.Slice;
import advx.nn.Architecture;
import advx.nn.Layer;
import advx.nn.Pass;
import advx.nn.SampleShape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * {@code aside(numbers)}: lays the last numbers of a row aside, past the layers that follow, until
 * {@code join(numbers)} puts them behind what those made ({@link JoinLayer}).
 */
record AsideLayer(SampleShape output) implements Layer {
  static Layer make(Settings s) {
    int numbers = s.only(1).count(0, "number of numbers");
    if (s.inputs().image() || s.inputs().size() <= numbers) {
      throw new IllegalArgumentException(
          "it lays %d numbers of a row aside and needs more than that, but gets %s"
              .formatted(numbers, s.inputs()));
    }
    return new AsideLayer(SampleShape.row(s.inputs().size() - numbers));
  }

  @Override
  public Var forward(Pass pass, Var x) {
    int all = x.value().columns();
    pass.lay(Slice.slice(x, 1, output.size(), all));
    return Slice.slice(x, 1, 0, output.size());
  }

  /** Fails unless every aside(n) has its join(n), the last one first. */
  static void checkPairs(List<Architecture.Part> parts) {
    Deque<Architecture.Part> open = new ArrayDeque<>();
    for (Architecture.Part part : parts) {
      if (part.word().equals("aside")) {
        open.push(part);
      } else if (part.word().equals("join")) {
        if (open.isEmpty() || !open.pop().settings().equals(part.settings())) {
          throw new IllegalArgumentException(
              "'%s' has no aside of as many numbers before it".formatted(part));
        }
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' has no join of as many numbers after it".formatted(open.peek()));
    }
  }
}
