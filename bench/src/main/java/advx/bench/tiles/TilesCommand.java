package advx.bench.tiles;

import advx.bench.Options;
import advx.cli.Machine;
import advx.engine.InputException;
import advx.engine.Workers;
import advx.engine.kernel.Lanes;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code tiles}: sweeps the tiles' shapes, then what packing, alignment and blocks bring to the
 * chosen one, on one thread; or prints the source of one tile.
 */
public final class TilesCommand {
  /** Rows that are tried; a product of rows and vectors that has too few accumulators is not. */
  private static final int[] ROWS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20, 24, 28};

  private static final int MOST_VECTORS = 6;
  private static final int FEWEST_ACCUMULATORS = 6;

  /** The depth of a panel of four 512-bit vectors that takes 32 KB. */
  private static final int KC = 128;

  /** The distance between the rows of a layer's weights, one a pixel of MNIST. */
  private static final int PIXELS = 784;

  /** A distance at which all rows meet in the same places of a first cache. */
  private static final int POWER_OF_TWO = 1024;

  private final PrintStream out;
  private final Workers workers;

  private TilesCommand(PrintStream out, Workers workers) {
    this.out = out;
    this.workers = workers;
  }

  /** Runs it and returns the exit code. */
  public static int run(String[] arguments, PrintStream out) {
    Options options = new Options("tiles", List.of("print"), arguments);
    if (!Lanes.VECTOR) {
      throw new InputException(
          "tiles: there are no vectors to try: %s.".formatted(Lanes.describe()));
    }
    if (options.has("print")) {
      out.print(TileSource.method(TileShape.parse(options.word("print", ""))));
      return 0;
    }
    try (Workers workers = new Workers(1)) {
      new TilesCommand(out, workers).all();
    }
    return 0;
  }

  private void all() {
    out.printf(
        "%s, JDK %s, %s, %d registers%n",
        Machine.processor(), Machine.jdk(), Lanes.describe(), Lanes.registers());
    shapes();
    operands();
    blocks();
    road();
  }

  /** The shapes of which a CPU of so many registers can hold the accumulators, about. */
  static Set<TileShape> tried(int registers) {
    Set<TileShape> shapes = new LinkedHashSet<>();
    for (int rows : ROWS) {
      for (int vectors = 1; vectors <= MOST_VECTORS; vectors++) {
        int accumulators = rows * vectors;
        if (accumulators >= FEWEST_ACCUMULATORS && accumulators <= registers) {
          shapes.add(TileShape.of(rows, vectors));
        }
      }
    }
    return shapes;
  }

  private void shapes() {
    Map<TileShape, Tile> tiles = TileCompiler.compile(tried(Lanes.registers()));
    Race race = new Race();
    Map<TileShape, Integer> places = new LinkedHashMap<>();
    tiles.forEach(
        (shape, tile) -> places.put(shape, race.add(new TileWork(shape, tile, KC, PIXELS, 0, 0))));
    race.run(workers);
    title(
        race,
        "Rows × vectors, in cache, kc = %d, rows of A %d apart, B a panel".formatted(KC, PIXELS));
    StringBuilder head = new StringBuilder("rows    ");
    for (int vectors = 1; vectors <= MOST_VECTORS; vectors++) {
      head.append("%8d".formatted(vectors));
    }
    out.println(head.append("   vectors").toString().stripTrailing());
    for (int rows : ROWS) {
      StringBuilder line = new StringBuilder("%4d    ".formatted(rows));
      for (int vectors = 1; vectors <= MOST_VECTORS; vectors++) {
        TileShape shape = TileShape.of(rows, vectors);
        Integer place = places.get(shape);
        boolean spills = shape.registers() > Lanes.registers();
        line.append(
            place == null
                ? " ".repeat(8)
                : "%7s%s".formatted(percent(race.share(place)), spills ? "*" : " "));
      }
      if (!line.substring(4).isBlank()) {
        out.println(line.toString().stripTrailing());
      }
    }
    out.println("* more than the registers: rows · vectors + vectors + 1");
  }

  private void operands() {
    TileShape shape = TileShape.ofEngine();
    Map<TileShape, Tile> tiles =
        TileCompiler.compile(Set.of(shape, shape.withPackedA(), shape.withoutPanel()));
    Tile tile = tiles.get(shape);
    Race race = new Race();
    Map<String, Integer> places = new LinkedHashMap<>();
    places.put(
        "A packed",
        race.add(new TileWork(shape.withPackedA(), tiles.get(shape.withPackedA()), KC, 0, 0, 0)));
    for (int lda : new int[] {KC, PIXELS, POWER_OF_TWO}) {
      places.put("rows of A " + lda + " apart", race.add(new TileWork(shape, tile, KC, lda, 0, 0)));
    }
    Tile strided = tiles.get(shape.withoutPanel());
    for (int ldb : new int[] {shape.width(), PIXELS, POWER_OF_TWO}) {
      places.put(
          "rows of B " + ldb + " apart, no panel",
          race.add(new TileWork(shape.withoutPanel(), strided, KC, PIXELS, ldb, 0)));
    }
    race.run(workers);
    title(race, "What the operands cost, tile " + shape + " in cache, kc = " + KC);
    places.forEach((name, place) -> line(name, race, place));
  }

  private void blocks() {
    TileShape shape = TileShape.ofEngine();
    Tile tile = TileCompiler.compile(Set.of(shape)).get(shape);
    int[] rows = {24, 120, 480};
    int[] depths = {50, 100, 200, 400, 800, 1600};
    Race race = new Race();
    for (int mc : rows) {
      for (int kc : depths) {
        race.add(new BlockedWork(shape, tile, 480, 512, 1600, mc, kc, 0));
      }
    }
    List<Integer> begins = new ArrayList<>();
    for (int begin = 0; begin < Lanes.COUNT; begin += 2) {
      begins.add(race.add(new BlockedWork(shape, tile, 480, 512, 1600, 480, 800, begin)));
    }
    race.run(workers);
    title(race, "Blocks, tile " + shape + ", 480×1600×512, packing of B in the time");
    StringBuilder head = new StringBuilder("MC    ");
    for (int kc : depths) {
      head.append("%8d".formatted(kc));
    }
    out.println(head.append("   KC"));
    int place = 0;
    for (int mc : rows) {
      StringBuilder line = new StringBuilder("%-6d".formatted(mc));
      for (int i = 0; i < depths.length; i++) {
        line.append("%8s".formatted(percent(race.share(place++))));
      }
      out.println(line);
    }
    out.printf(
        "480 and 800, panels off the cache lines: %s to %s; on them: %s%n",
        percent(begins.stream().skip(1).mapToDouble(race::share).min().orElseThrow()),
        percent(begins.stream().skip(1).mapToDouble(race::share).max().orElseThrow()),
        percent(race.share(begins.getFirst())));
  }

  /** One step: what it is, its tile, the rows that share a panel, and the blocks of k. */
  private record Step(String name, TileShape shape, int mc, int blocks) {}

  private void road() {
    int rows = 1200;
    int samples = 192;
    int[] inputs = {PIXELS, 1600};
    List<Step> steps = new ArrayList<>();
    boolean many = Lanes.registers() == 32;
    TileShape first = many ? TileShape.of(5, 4) : TileShape.of(4, 2);
    TileShape packed = many ? TileShape.of(8, 2) : TileShape.of(4, 2);
    TileShape now = TileShape.ofEngine();
    steps.add(new Step("lanes over the samples, no panels", first.withoutPanel(), first.rows(), 1));
    steps.add(new Step("both operands in panels", packed.withPackedA(), 240, 4));
    steps.add(new Step("rows of A where they lie", packed, rows, 4));
    steps.add(new Step("the engine's tile", now, rows, 4));
    steps.add(new Step("deep blocks of k", now, rows, 1));
    Set<TileShape> shapes = new LinkedHashSet<>();
    steps.forEach(step -> shapes.add(step.shape));
    Map<TileShape, Tile> tiles = TileCompiler.compile(shapes);
    Race race = new Race();
    for (Step step : steps) {
      Tile tile = tiles.get(step.shape);
      race.add(new TileWork(step.shape, tile, KC, PIXELS, samples, 0));
      for (int k : inputs) {
        race.add(new BlockedWork(step.shape, tile, rows, samples, k, step.mc, k / step.blocks, 0));
      }
    }
    for (int k : inputs) {
      race.add(new LibraryWork(workers, rows, samples, k));
    }
    race.run(workers);
    title(race, "The road: 1200 rows of weights, 192 samples, one thread, packing in the time");
    out.printf("%-36s%-6s%10s%12s%12s%n", "", "tile", "in cache", "784 inputs", "1600 inputs");
    int place = 0;
    for (Step step : steps) {
      out.printf(
          "%-36s%-6s%10s%12s%12s%n",
          step.name,
          step.shape,
          percent(race.share(place++)),
          percent(race.share(place++)),
          percent(race.share(place++)));
    }
    out.printf(
        "%-36s%-6s%10s%12s%12s%n",
        "Gemm, the engine's own", "", "", percent(race.share(place++)), percent(race.share(place)));
  }

  private void title(Race race, String title) {
    out.printf(Locale.ROOT, "%n%s; peak %.1f GFLOP/s%n", title, race.peak());
  }

  private void line(String name, Race race, int place) {
    out.printf("%-44s %s%n", name, percent(race.share(place)));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
