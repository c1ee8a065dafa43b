package advx.attacks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static Evaluation said(int[] labels, int... predictions) {
    List<Decision> decisions =
        Arrays.stream(predictions).mapToObj(p -> new Decision(p, 0.5, 0)).toList();
    return new Evaluation(3, labels, decisions);
  }

  /**
   * The source errs on the last six: the other gives the same class on two, another wrong one on
   * one, is right on two, and names none on one; where the source is right nothing counts.
   */
  @Test
  void countsSharedMistakes() {
    int[] labels = {0, 0, 0, 0, 0, 0, 0, 0};
    Evaluation source = said(labels, 0, 0, 1, 2, 1, 2, 1, 1);
    Evaluation other = said(labels, 1, 0, 1, 2, 2, 0, 0, -1);
    Agreement agreement = new Agreement(source, other);
    assertEquals(new Rate(4, 6), agreement.alsoWrong());
    assertEquals(new Rate(2, 6), agreement.sameClass());
    assertEquals(new Rate(2, 3), agreement.sameClassWhereBothWrong());
  }

  @Test
  void aSourceThatNamesNoClassMadeNoMistakeToShare() {
    int[] labels = {0, 0};
    Agreement agreement = new Agreement(said(labels, -1, 1), said(labels, -1, 1));
    assertEquals(new Rate(1, 1), agreement.sameClass());
    assertEquals(new Rate(1, 1), agreement.sameClassWhereBothWrong());
  }

  @Test
  void bothHaveToBeOfTheSameSamples() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Agreement(said(new int[] {0}, 0), said(new int[] {1}, 0)));
  }
}
