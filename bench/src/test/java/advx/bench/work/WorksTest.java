package advx.bench.work;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import advx.engine.Workers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorksTest {
  static Stream<Shape> quick() {
    return Stream.concat(
        Shapes.of("fresh").stream(),
        Shapes.parse(
            List.of(
                "step small-clean objective=clean units=16 batch=20 pixels=sparse",
                "step small-adversarial objective=adversarial units=16 batch=20 pixels=dense",
                "product odd m=3 k=5 n=7 form=TT"))
            .stream());
  }

  /** What is measured is right, and its costs are numbers to divide by. */
  @ParameterizedTest
  @MethodSource("quick")
  void isRight(Shape shape) {
    try (Workers workers = new Workers(2)) {
      Work work = Works.make(shape, workers);
      work.warm();
      assertDoesNotThrow(work::check);
      work.check();
      assertTrue(work.flops() > 0 && work.bytes() > 0);
    }
  }

  /** The canary: a check that finds nothing wrong would pass every kernel. */
  @Test
  void aWrongElementIsFound() {
    IllegalStateException wrong =
        assertThrows(
            IllegalStateException.class, () -> Numbers.expect("product", 3, 1.0, 1.01f, 1e-3));
    assertEquals("product: element 3 is 1.01, by its definition 1.0", wrong.getMessage());
    assertThrows(
        IllegalStateException.class, () -> Numbers.expect("product", 3, 1.0, Float.NaN, 1e-3));
  }

  @Test
  void costsAreThoseOfTheFormula() {
    try (Workers workers = new Workers(1)) {
      Work product = Works.make(Shapes.named("product-784x1200"), workers);
      assertEquals(2.0 * 100 * 784 * 1200, product.flops());
      assertEquals(4.0 * (100 * 784 + 784 * 1200 + 100 * 1200), product.bytes());
      Work dot = Works.make(Shapes.named("dot-784"), workers);
      assertEquals(0.25, dot.intensity());
      Work gradient = Works.make(Shapes.named("winner-input-784x240"), workers);
      assertEquals(2.0 * 100 * 240 * 0.5 * 784, gradient.flops());
    }
  }

  @Test
  void saysWhatIsNotKnown() {
    try (Workers workers = new Workers(1)) {
      Shape subject = new Shape("cube", "a", Map.of(), Set.of());
      assertTrue(
          assertThrows(InputException.class, () -> Works.make(subject, workers))
              .getMessage()
              .startsWith("shapes.txt: 'a' has the subject 'cube': give one of adam, attack,"));
      Shape form = Shapes.parse(List.of("product a m=1 k=1 n=1 form=NX")).getFirst();
      assertEquals(
          "shapes.txt: 'a' has form=NX: give NN, NT, TN or TT.",
          assertThrows(InputException.class, () -> Works.make(form, workers)).getMessage());
    }
  }
}
