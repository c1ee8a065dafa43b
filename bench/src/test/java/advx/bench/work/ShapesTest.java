package advx.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import advx.engine.InputException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShapesTest {
  private static List<Shape> parse(String... lines) {
    return Shapes.parse(List.of(lines));
  }

  private static String sentence(String... lines) {
    return assertThrows(InputException.class, () -> parse(lines)).getMessage();
  }

  @Test
  void readsNamesSizesAndReaders() {
    List<Shape> shapes =
        parse("# head", "", "dense small  in=3 out=4 also=fresh,guard # tail", "sum big n=9");
    assertEquals(
        List.of(
            new Shape("dense", "small", Map.of("in", "3", "out", "4"), Set.of("fresh", "guard")),
            new Shape("sum", "big", Map.of("n", "9"), Set.of())),
        shapes);
    assertEquals(3, shapes.getFirst().size("in"));
  }

  @Test
  void saysWhichLineIsWrongAndWhy() {
    assertEquals(
        "shapes.txt, line 2: give a subject, a name and key=value pairs.",
        sentence("# head", "dense in=3"));
    assertEquals("shapes.txt, line 1: 'n' is no key=value.", sentence("sum a n"));
    assertEquals("shapes.txt, line 1: 'n' stands there twice.", sentence("sum a n=1 n=2"));
    assertEquals(
        "shapes.txt, line 2: the name 'a' is taken already.", sentence("sum a n=1", "dot a n=1"));
    assertEquals("shapes.txt, line 1: 'jmh' reads no shapes.", sentence("sum a also=jmh"));
  }

  @Test
  void saysWhichValueIsWrong() {
    Shape shape = parse("sum a n=0 keep=1.5").getFirst();
    assertEquals(
        "shapes.txt: 'a' has n=0: give a whole number from 1 up.",
        assertThrows(InputException.class, () -> shape.size("n")).getMessage());
    assertEquals(
        "shapes.txt: 'a' has keep=1.5: give a number above 0 and up to 1.",
        assertThrows(InputException.class, () -> shape.share("keep")).getMessage());
    assertEquals(
        "shapes.txt: 'a' needs m=….",
        assertThrows(InputException.class, () -> shape.size("m")).getMessage());
  }

  @Test
  void theFileKnowsEverySubjectAndFeedsEveryReader() {
    assertEquals(
        Works.subjects(), Shapes.all().stream().map(Shape::subject).collect(Collectors.toSet()));
    for (String reader : List.of("roofline", "fresh", "guard")) {
      assertFalse(Shapes.of(reader).isEmpty(), reader);
    }
    assertEquals("product", Shapes.named("product-512").subject());
    assertThrows(InputException.class, () -> Shapes.named("product-513"));
  }
}
