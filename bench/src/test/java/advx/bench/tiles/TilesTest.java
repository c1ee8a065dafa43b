package advx.bench.tiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import advx.engine.kernel.Lanes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class TilesTest {
  static boolean vectors() {
    return Lanes.VECTOR;
  }

  /** What is timed is what runs: kills a change of the engine's loops that the sweep lacks. */
  @Test
  void theEnginesLoopsAreWrittenAlike() throws IOException {
    Path kernels =
        Path.of("").toAbsolutePath().getParent().resolve("engine/src/main/java/advx/engine/kernel");
    int found = 0;
    for (String file : List.of("WideTiles.java", "NarrowTiles.java")) {
      String engine = bare(Files.readString(kernels.resolve(file)));
      Matcher names = Pattern.compile("voidtile(\\d+x\\d+)\\(").matcher(engine);
      for (; names.find(); found++) {
        String loop = loop(bare(TileSource.method(TileShape.parse(names.group(1)))), 0);
        assertTrue(loop.length() > 200, loop);
        assertEquals(loop, loop(engine, names.end()), names.group(1));
      }
    }
    assertEquals(6, found);
  }

  /** The first loop over k from here on, up to its first brace: it has none inside. */
  private static String loop(String source, int from) {
    int begin = source.indexOf("for(intp=0;p<kc;p++){", from);
    return source.substring(begin, source.indexOf('}', begin));
  }

  private static String bare(String source) {
    return source.replaceAll("\\s", "");
  }

  /** Kills a wrong index of any variant, and a check that never fails. */
  @Test
  @EnabledIf("vectors")
  void computesByTheDefinition() {
    TileShape shape = TileShape.of(3, 2);
    TileShape packed = shape.withPackedA();
    TileShape strided = shape.withoutPanel();
    Map<TileShape, Tile> tiles =
        TileCompiler.compile(new LinkedHashSet<>(Set.of(shape, packed, strided)));
    int width = shape.width();
    new TileWork(shape, tiles.get(shape), 5, 7, 0, 3).check();
    new TileWork(packed, tiles.get(packed), 5, 0, 0, 0).check();
    new TileWork(strided, tiles.get(strided), 5, 7, width + 1, 0).check();
    new BlockedWork(shape, tiles.get(shape), 12, 2 * width, 10, 6, 5, 2).check();
    new BlockedWork(packed, tiles.get(packed), 12, 2 * width, 10, 6, 5, 0).check();
    new BlockedWork(strided, tiles.get(strided), 12, 2 * width, 10, 6, 5, 0).check();
    Tile idle = (kc, a, aAt, lda, b, bAt, ldb, c, at, ldc) -> {};
    assertThrows(IllegalStateException.class, () -> new TileWork(shape, idle, 5, 7, 0, 0).check());
    assertThrows(
        IllegalStateException.class,
        () -> new BlockedWork(shape, idle, 12, 2 * width, 10, 6, 5, 0).check());
  }

  /** The twelve rows of the README's sweep are among them, and no tile that must spill by half. */
  @Test
  void triesWhatTheRegistersCanHold() {
    Set<TileShape> many = TilesCommand.tried(32);
    assertTrue(many.contains(TileShape.of(6, 4)));
    assertTrue(many.contains(TileShape.of(14, 2)));
    assertFalse(many.contains(TileShape.of(12, 3)));
    assertFalse(TilesCommand.tried(16).contains(TileShape.of(6, 3)));
    assertEquals(29, TileShape.of(6, 4).registers());
  }

  @Test
  void printsOneTileAndSaysWhatIsNone() {
    if (Lanes.VECTOR) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
      assertEquals(0, TilesCommand.run(new String[] {"--print", "2x1"}, out));
      String text = bytes.toString(StandardCharsets.UTF_8);
      assertTrue(text.contains("s10 = x1.fma(b0, s10);"), text);
    }
    assertEquals(
        "tiles: 'big' is no tile: give rows and vectors, for example 6x4.",
        assertThrows(InputException.class, () -> TileShape.parse("big")).getMessage());
    assertEquals(
        "tiles: '9x9' has 81 accumulators: give a tile of at most 32.",
        assertThrows(InputException.class, () -> TileShape.parse("9x9")).getMessage());
  }
}
