package advx.peers.work;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
  @TempDir Path folder;

  @Test
  void numbersDependOnSeedAndPlaceAlone() {
    float[] x = Inputs.uniform(1, 1000, -1, 1);
    assertArrayEquals(x, Inputs.uniform(1, 1000, -1, 1));
    assertEquals(x[7], Inputs.uniform(1, 8, -1, 1)[7]);
    double mean = 0;
    for (float f : x) {
      assertTrue(f >= -1 && f < 1);
      mean += f / 1000.0;
    }
    assertEquals(0, mean, 0.1);
    assertTrue(Inputs.uniform(2, 1, -1, 1)[0] != x[0]);
  }

  @Test
  void imagesSurviveTheirFile() throws IOException {
    Inputs.Images images = Inputs.dense(3);
    Path file = folder.resolve("digits.bin");
    Inputs.write(file, images);
    Inputs.Images again = Inputs.digits(file);
    assertArrayEquals(images.x(), again.x());
    assertArrayEquals(images.labels(), again.labels());
  }

  @Test
  void samplesAndChanges() {
    assertArrayEquals(new float[] {1, 2}, Inputs.sample(new float[] {1, 2}));
    assertEquals(1000, Inputs.sample(new float[4000]).length);
    assertArrayEquals(new float[] {1, 0}, Inputs.change(new float[] {1, 2}, new float[] {2, 2}));
    assertArrayEquals(new float[] {1, 2, 3}, Inputs.join(new float[] {1}, new float[] {2, 3}));
  }

  @Test
  void anAttackStartsWithinItsBallAndTheBox() {
    float[] x = Inputs.dense(1).x();
    float[] start = Inputs.start(x);
    for (int i = 0; i < x.length; i++) {
      assertTrue(start[i] >= 0 && start[i] <= 1);
      assertTrue(Math.abs(start[i] - x[i]) <= Subject.CnnPgd.EPSILON + 1e-6);
    }
  }

  @Test
  void whatIsComparedHasNoRandomNumbers() {
    Subject.Maxout step = new Subject.Maxout(240, true, false, true);
    assertEquals("maxout/240/adversarial/dense/plain", step.checked().key());
    assertEquals(step.checked(), Subject.parse(step.checked().key()));
  }
}
