package advx.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Op;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of {@link OpCases} at every awkward size. */
class OpCasesTest {
  private static final int[] SIZES = {1, 3, 16, 17, 100, 207};

  static Stream<Arguments> casesAndSizes() {
    return OpCases.ALL.stream()
        .flatMap(op -> IntStream.of(SIZES).mapToObj(n -> Arguments.of(op, n)));
  }

  static Stream<Arguments> batches() {
    return casesAndSizes().filter(a -> ((OpCase) a.get()[0]).hasBatch());
  }

  static Stream<OpCase> refusing() {
    return OpCases.ALL.stream().filter(op -> !op.refused().isEmpty());
  }

  @ParameterizedTest(name = "{0}, n = {1}")
  @MethodSource("casesAndSizes")
  void value(OpCase op, int n) {
    new OpChecks(op, n).value();
  }

  @ParameterizedTest(name = "{0}, n = {1}")
  @MethodSource("casesAndSizes")
  void firstDerivative(OpCase op, int n) {
    new OpChecks(op, n).firstDerivative();
  }

  @ParameterizedTest(name = "{0}, n = {1}")
  @MethodSource("casesAndSizes")
  void secondDerivative(OpCase op, int n) {
    new OpChecks(op, n).secondDerivative();
  }

  @ParameterizedTest(name = "{0}, n = {1}")
  @MethodSource("batches")
  void rowAloneEqualsRowInBatch(OpCase op, int n) {
    new OpChecks(op, n).rowsAlone();
  }

  @ParameterizedTest
  @MethodSource("refusing")
  void shapeMistakesGiveTheOperationAndTheShapes(OpCase op) {
    var tape = new Tape(new Workers(1));
    Var[] x =
        op.refused().stream().map(shape -> tape.constant(Tensor.zeros(shape))).toArray(Var[]::new);
    var error =
        assertThrows(IllegalArgumentException.class, () -> op.tape().apply(x, 0), op.name());
    assertTrue(error.getMessage().startsWith(op.opName()), error.getMessage());
    long named =
        op.refused().stream().filter(s -> error.getMessage().contains(Arrays.toString(s))).count();
    assertTrue(named >= Math.min(2, x.length), error.getMessage());
  }

  @Test
  void everyOperationHasALineInTheTable() throws IOException, ClassNotFoundException {
    Path classes = Path.of(Op.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    List<Path> files;
    try (Stream<Path> found = Files.list(classes.resolve("advx/engine/op"))) {
      files = found.toList();
    }
    Set<String> operations = new TreeSet<>();
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".class", "");
      if (!name.contains("$")
          && Op.class.isAssignableFrom(Class.forName("advx.engine.op." + name))) {
        operations.add(name);
      }
    }
    Set<String> inTable = OpCases.ALL.stream().map(OpCase::opName).collect(Collectors.toSet());
    operations.removeAll(inTable);
    assertEquals(Set.of(), operations, "operations without a line in OpCases");
  }
}
