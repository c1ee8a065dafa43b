package advx.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
  @TempDir Path folder;

  @Test
  void theBytesAreThoseOfTheFormat() throws IOException {
    var tensors = new LinkedHashMap<String, Tensor>();
    tensors.put("w", Tensor.of(new float[] {1, -2, 0.5f}, 1, 3));
    tensors.put("b", Tensor.of(new float[] {Float.MIN_VALUE}, 1));
    Path file = folder.resolve("golden");
    SafeTensors.write(file, new SafeTensors.Contents(tensors, Map.of("seed", "1", "a", "é\"<")));
    String header =
        "{\"__metadata__\":{\"a\":\"é\\\"<\",\"seed\":\"1\"},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,3],\"data_offsets\":[4,16]}}";
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    assertEquals(150, text.length);
    String expected =
        "9800000000000000"
            + HexFormat.of().formatHex(text)
            + "2020"
            + "01000000"
            + "0000803f"
            + "000000c0"
            + "0000003f";
    assertEquals(expected, HexFormat.of().formatHex(Files.readAllBytes(file)));
  }

  @Test
  void whatIsWrittenIsReadBackBitForBit() {
    var random = new RandomStream(1, Purpose.TEST, 0, 0, 0);
    var tensors = new LinkedHashMap<String, Tensor>();
    tensors.put("scalar", Tensor.of(new float[] {Float.NaN}));
    tensors.put("empty", Tensor.zeros(0, 5));
    Tensor large = Tensor.zeros(7, 11, 613);
    for (int i = 0; i < large.size(); i++) {
      large.data()[i] = Float.intBitsToFloat(random.nextInt() & 0x7F7FFFFF);
    }
    tensors.put("large", large);
    Path file = folder.resolve("sub/model.safetensors");
    SafeTensors.write(file, new SafeTensors.Contents(tensors, Map.of("k", "v")));
    SafeTensors.Contents read = SafeTensors.read(file);
    assertEquals(List.of("empty", "large", "scalar"), List.copyOf(read.tensors().keySet()));
    assertEquals(Map.of("k", "v"), read.metadata());
    read.tensors()
        .forEach(
            (name, tensor) -> {
              assertArrayEquals(tensors.get(name).shape(), tensor.shape());
              assertArrayEquals(tensors.get(name).data(), tensor.data());
            });
  }

  @Test
  void readsHalfAndBrainFloats() throws IOException {
    Path file =
        file(
            "{\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4],\"note\":[1]},"
                + "\"g\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[4,8]}}",
            "003c" + "01fc" + "803f" + "49c0");
    var tensors = SafeTensors.read(file).tensors();
    assertArrayEquals(
        new float[] {1, Float.float16ToFloat((short) 0xfc01)}, tensors.get("h").data());
    assertArrayEquals(new float[] {1, -3.140625f}, tensors.get("g").data());
  }

  @Test
  void refusesNumbersThatAreNotFinite() {
    var w = Tensor.of(new float[] {0, 1, Float.NEGATIVE_INFINITY}, 3);
    var contents = new SafeTensors.Contents(Map.of("w", w), Map.of());
    var e = assertThrows(InputException.class, () -> contents.requireFinite("m.safetensors"));
    assertEquals(
        "m.safetensors: tensor w holds -Infinity at element 2; train or fetch the model again.",
        e.getMessage());
    w.data()[2] = 3;
    assertEquals(contents, contents.requireFinite("m.safetensors"));
  }

  /** Header (′ stands for a double quote) | bytes of data | part of the sentence. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{′a′:{′dtype′:′F32′,′shape′:[1],′data_offsets′:[0,4]}|4|header is not proper JSON",
        "{'a':{}}|0|header is not proper JSON",
        "[]|0|does not hold one object a tensor",
        "{′a′:3}|0|does not hold one object a tensor",
        "{} {}|0|header is not proper JSON",
        "{′a′:{′shape′:[1],′data_offsets′:[0,4]}}|4|tensor a lacks the dtype",
        "{′a′:{′dtype′:′F32′,′data_offsets′:[0,4]}}|4|tensor a lacks the shape",
        "{′a′:{′dtype′:′F32′,′shape′:[1]}}|4|tensor a lacks the pair of numbers data_offsets",
        "{′a′:{′dtype′:′F32′,′shape′:[1],′data_offsets′:[0]}}|4|lacks the pair of numbers",
        "{′a′:{′dtype′:′F32′,′shape′:[1],′data_offsets′:[0,2,4]}}|4|more than 2 numbers",
        "{′a′:{′dtype′:′I64′,′shape′:[1],′data_offsets′:[0,8]}}|8|tensor a has type I64, but only",
        "{′a′:{′dtype′:4,′shape′:[1],′data_offsets′:[0,4]}}|4|tensor a has type no text",
        "{′a′:{′dtype′:′F32′,′shape′:[-1],′data_offsets′:[0,4]}}|4|shape of tensor a hold -1",
        "{′a′:{′dtype′:′F32′,′shape′:[1.0],′data_offsets′:[0,4]}}|4|shape of tensor a hold 1.0",
        "{′a′:{′dtype′:′F32′,′shape′:[′1′],′data_offsets′:[0,4]}}|4|hold no number",
        "{′a′:{′dtype′:′F32′,′shape′:[1],′data_offsets′:[-4,0]}}|4|data_offsets of tensor a hold"
            + " -4",
        "{′a′:{′dtype′:′F32′,′shape′:[1],′data_offsets′:[4,0]}}|4|tensor a leave a gap before it",
        "{′a′:{′dtype′:′F32′,′shape′:[1],′data_offsets′:[4,8]}}|8|tensor a leave a gap before it",
        "{′a′:{′dtype′:′F32′,′shape′:[2],′data_offsets′:[0,8]},"
            + "′b′:{′dtype′:′F32′,′shape′:[2],′data_offsets′:[4,12]}}|12|tensor b overlap another",
        "{′a′:{′dtype′:′F32′,′shape′:[2],′data_offsets′:[0,8]}}|7|tensor a ends at byte 8, but",
        "{′a′:{′dtype′:′F32′,′shape′:[2],′data_offsets′:[0,8]}}|9|1 bytes follow its last tensor",
        "{′a′:{′dtype′:′F32′,′shape′:[3],′data_offsets′:[0,8]}}|8|which needs other than its 8",
        "{′a′:{′dtype′:′F32′,′shape′:[2147483647,2147483647,4],′data_offsets′:[0,0]}}|0|too large",
        "{′a′:{′dtype′:′F32′,′shape′:[1],′data_offsets′:[0,4]},"
            + "′a′:{′dtype′:′F32′,′shape′:[1],′data_offsets′:[4,8]}}|8|names a twice",
        "{′a′:{′dtype′:′F32′,′dtype′:′F32′,′shape′:[0],′data_offsets′:[0,0]}}|0|field dtype twice",
        "{′__metadata__′:{′k′:1}}|0|its metadata k is not a text",
        "{′__metadata__′:{′k′:′1′,′k′:′2′}}|0|its metadata names k twice",
      })
  void refusesADamagedHeader(String header, int dataBytes, String part) throws IOException {
    Path file = file(header.replace('′', '"'), "00".repeat(dataBytes));
    refused(file, part);
  }

  @Test
  void refusesFilesThatAreTooShort() throws IOException {
    refused(bytes("0000"), "it has only 2 bytes");
    refused(bytes("0800000000000000" + "7b7d"), "header claims 8 bytes, but only 2 follow");
    refused(bytes("0000000000000080" + "7b7d"), "claims more than the 100,000,000 bytes");
    refused(bytes("01e1f50500000000" + "7b7d"), "claims more than the 100,000,000 bytes");
    refused(bytes("0200000000000000" + "c328"), "header is not UTF-8 text");
    refused(bytes("0000000000000000"), "header is not proper JSON");
    refused(folder.resolve("none"), "there is no such file; check the path");
    refused(folder, "check the file and the disk");
  }

  /** A file cut anywhere is refused; none is taken for a whole one. */
  @Test
  void refusesEveryPrefixOfAFile() throws IOException {
    Path whole = folder.resolve("whole");
    SafeTensors.write(
        whole, new SafeTensors.Contents(Map.of("w", Tensor.zeros(2, 3)), Map.of("a", "b")));
    byte[] all = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut");
    for (int n = 0; n < all.length; n++) {
      Files.write(cut, Arrays.copyOf(all, n));
      refused(cut, "write or fetch the file again.");
    }
  }

  private static void refused(Path file, String part) {
    var e = assertThrows(InputException.class, () -> SafeTensors.read(file));
    assertTrue(e.getMessage().startsWith("Cannot read " + file + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(e.getMessage().endsWith("."), e.getMessage());
  }

  private Path file(String header, String dataHex) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array();
    return bytes(HexFormat.of().formatHex(length) + HexFormat.of().formatHex(text) + dataHex);
  }

  private Path bytes(String hex) throws IOException {
    return Files.write(folder.resolve("damaged.safetensors"), HexFormat.of().parseHex(hex));
  }
}
