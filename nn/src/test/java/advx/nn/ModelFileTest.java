package advx.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import advx.engine.Tensor;
import advx.nn.io.SafeTensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  @TempDir private Path folder;
  private Path file;
  private Trained trained;

  @BeforeEach
  void write() {
    file = folder.resolve("model.safetensors");
    Network network = Architecture.parse("maxout(4,2) dense(3) softmax").network(5, 1);
    trained =
        new Trained(network, List.of(new Epoch(1, 0.3, 0.1), new Epoch(2, 0.1, 1 / 3.0, 0.7)), 2);
    ModelFile.write(file, trained, Map.of("seed", "1"));
  }

  @Test
  void readsWhatItWrote() {
    Trained read = ModelFile.read(file);
    assertEquals(trained.fingerprint(), read.fingerprint());
    assertEquals(trained.history(), read.history());
    assertEquals(2, read.keptEpoch());
    assertEquals("1", ModelFile.notes(file).get("seed"));
    assertEquals("maxout(4,2) dense(3) softmax", read.network().architecture().toString());
  }

  @Test
  void oneFlippedBitChangesTheFingerprint() {
    float[] w = trained.network().parameters().getFirst().value().data();
    String before = trained.fingerprint();
    w[7] = Float.intBitsToFloat(Float.floatToRawIntBits(w[7]) ^ 1);
    assertTrue(!before.equals(trained.fingerprint()));
  }

  private void refused(
      java.util.function.BiConsumer<Map<String, Tensor>, Map<String, String>> damage,
      String sentence) {
    SafeTensors.Contents contents = SafeTensors.read(file);
    Map<String, Tensor> tensors = new TreeMap<>(contents.tensors());
    Map<String, String> metadata = new TreeMap<>(contents.metadata());
    damage.accept(tensors, metadata);
    Path damaged = folder.resolve("damaged.safetensors");
    SafeTensors.write(damaged, new SafeTensors.Contents(tensors, metadata));
    InputException e = assertThrows(InputException.class, () -> ModelFile.read(damaged));
    assertTrue(e.getMessage().contains(sentence), e.getMessage());
    assertTrue(e.getMessage().contains("damaged.safetensors"), e.getMessage());
  }

  @Test
  void refusesAModelThatIsNotWhole() {
    refused((t, m) -> t.remove("layer1.bias"), "has no weights 'layer1.bias'");
    refused((t, m) -> t.put("layer1.bias", Tensor.zeros(4)), "have shape [4]");
    refused((t, m) -> t.get("layer0.weight").data()[3] = Float.NaN, "holds NaN at element 3");
    refused((t, m) -> m.remove("advx.architecture"), "has no advx.architecture");
    refused((t, m) -> m.put("advx.features", "many"), "its metadata are damaged");
    refused((t, m) -> m.put("advx.features", "-3"), "its metadata are damaged");
    refused((t, m) -> m.put("advx.history", "1 x"), "its metadata are damaged");
  }
}
