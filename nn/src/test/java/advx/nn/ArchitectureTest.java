package advx.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {
  private static final String MAXOUT =
      "dropout(0.8,unscaled) maxout(6,5,init=uniform:0.005,limit=1.9365) dropout(0.5)"
          + " dense(10) softmax";

  @Test
  void writesWhatItReads() {
    assertEquals(MAXOUT, Architecture.parse(MAXOUT).toString());
    assertEquals(MAXOUT, Architecture.parse("  " + MAXOUT.replace(" ", "   ") + " ").toString());
  }

  @Test
  void buildsTheNetwork() {
    Network network = Architecture.parse(MAXOUT).network(784, 1);
    assertEquals(10, network.classes());
    assertEquals(Top.SOFTMAX, network.top());
    assertEquals(4, network.parameters().size());
    assertEquals(30 * 784 + 30 + 60 + 10, network.size());
    Parameter weight = network.parameters().getFirst();
    assertEquals("layer1.weight", weight.name());
    assertArrayEquals(new int[] {30, 784}, weight.value().shape());
    assertEquals(1.9365f, weight.limit());
    for (float w : weight.value().data()) {
      assertTrue(Math.abs(w) <= 0.005f, "initial weight " + w);
    }
  }

  @Test
  void equalSeedsGiveEqualWeights() {
    String a = Trained.fingerprint(Architecture.parse(MAXOUT).network(20, 1));
    assertEquals(a, Trained.fingerprint(Architecture.parse(MAXOUT).network(20, 1)));
    assertTrue(!a.equals(Trained.fingerprint(Architecture.parse(MAXOUT).network(20, 2))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          softmax | it needs at least one layer
          dense(10) | it needs at least one layer and, last, one of softmax, sigmoids
          dense(10) softmax relu | comes after the top
          dense(ten) softmax | its number of units 'ten' is not a number
          dense(0) softmax | has to be a whole number from 1 up
          dense softmax | it needs a number of units
          dense(10,limits=2) softmax | the setting 'limits=2' is not known
          dense(10,limit=-1) softmax | its limit has to be above 0
          dense(10,init=wide) softmax | Initial weights 'wide' are not known
          maxout(10) softmax | it needs a number of pieces
          dropout(1.5) dense(2) softmax | its probability to keep
          conversion(3) softmax | the known layers are [aside, averagepool, batchnorm
          relu(3) softmax | it takes no settings
          dense(10 softmax | is not a layer
          """)
  void refusesInOneSentence(String text, String part) {
    InputException e =
        assertThrows(InputException.class, () -> Architecture.parse(text).network(4, 0));
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(e.getMessage().endsWith("."), e.getMessage());
    assertTrue(!e.getMessage().contains("\n"));
  }
}
