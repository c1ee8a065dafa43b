package advx.attacks;

import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.Extremes;

/** The search of {@link OnePixel}, one sample after the other; its buffers are used again. */
final class PixelSearch {
  /** Genes before the colours: column, row. */
  private static final int PLACE = 2;

  private OnePixel attack;
  private Batch batch;
  private ImageGrid grid = new ImageGrid(0, 0, 0);
  private int genes;
  private Tape tape;
  private RandomStream random;
  private long randomSeed;
  private Tensor images = Tensor.zeros(0, 0);
  private double[] parents = {};
  private double[] children = {};
  private double[] fitness = {};
  private double[] colour = {};
  private int[] aimed = {};
  private boolean reached;
  private double best;

  void open(OnePixel newAttack, Batch newBatch) {
    attack = newAttack;
    batch = newBatch;
    if (grid.features() != batch.x().columns()) {
      grid = ImageGrid.of(batch.x().columns());
    }
    genes = PLACE + grid.channels();
    if (tape == null || tape.workers() != batch.tape().workers()) {
      tape = new Tape(batch.tape().workers());
    }
    if (random == null || randomSeed != attack.seed()) {
      randomSeed = attack.seed();
      random = new RandomStream(randomSeed, Purpose.EVOLUTION, 0, 0, 0);
    }
    int n = attack.population();
    if (images.rows() != n || images.columns() != batch.x().columns()) {
      images = Tensor.zeros(n, batch.x().columns());
      parents = new double[n * genes];
      children = new double[n * genes];
      fitness = new double[n];
      colour = new double[grid.channels()];
      aimed = new int[n];
    }
  }

  /** Leaves the best image of one sample in the batch. */
  void sample(int row) {
    int label = batch.labels()[row];
    int wanted = attack.aim().label(label, batch.predictions()[row], batch.classifier().classes());
    java.util.Arrays.fill(aimed, wanted);
    int d = images.columns();
    for (int i = 0; i < aimed.length; i++) {
      System.arraycopy(batch.x().data(), row * d, images.data(), i * d, d);
    }
    best = Double.NEGATIVE_INFINITY;
    reached = reaches(row, batch.predictions()[row]);
    for (int generation = 0; generation <= attack.generations() && !reached; generation++) {
      random.restart(generation, batch.samples()[row]);
      if (generation == 0) {
        draw();
      } else {
        breed();
      }
      visit(row, generation);
    }
  }

  private boolean reaches(int row, int prediction) {
    return attack.aim().targeted()
        ? prediction == aimed[0]
        : prediction >= 0 && prediction != batch.labels()[row];
  }

  private void draw() {
    Box box = attack.threat().box();
    double middle = ((double) box.low() + box.high()) / 2;
    double half = ((double) box.high() - box.low()) / 2;
    for (int i = 0; i < children.length; i += genes) {
      children[i] = random.uniform() * grid.width();
      children[i + 1] = random.uniform() * grid.height();
      for (int c = PLACE; c < genes; c++) {
        children[i + c] = keep(c, middle + half * random.normal());
      }
    }
  }

  private double keep(int gene, double value) {
    return switch (gene) {
      case 0 -> Math.clamp(value, 0, grid.width() - 1e-9);
      case 1 -> Math.clamp(value, 0, grid.height() - 1e-9);
      default -> Math.clamp(value, attack.threat().box().low(), attack.threat().box().high());
    };
  }

  private void breed() {
    int n = fitness.length;
    for (int i = 0; i < n; i++) {
      int a = another(n, i, i, i);
      int b = another(n, i, a, a);
      int c = another(n, i, a, b);
      for (int gene = 0; gene < genes; gene++) {
        double difference = parents[b * genes + gene] - parents[c * genes + gene];
        double value = parents[a * genes + gene] + attack.factor() * difference;
        children[i * genes + gene] = keep(gene, value);
      }
    }
  }

  private int another(int n, int i, int j, int k) {
    int drawn;
    do {
      drawn = random.nextInt(n);
    } while (drawn == i || drawn == j || drawn == k);
    return drawn;
  }

  /** Shows the model all children; the better of child and parent is the next parent. */
  private void visit(int row, int generation) {
    int d = images.columns();
    for (int i = 0; i < fitness.length; i++) {
      paint(row, i);
    }
    tape.rewind();
    Var logits = batch.classifier().logits(tape, tape.constant(images));
    float[] loss = attack.loss().of(batch.classifier().top(), logits, aimed).data();
    for (int i = 0; i < fitness.length; i++) {
      double value = judge(row, i, attack.aim().sign() * (double) loss[i], logits.data());
      if (generation == 0 || value > fitness[i]) {
        fitness[i] = value;
        System.arraycopy(children, i * genes, parents, i * genes, genes);
      }
      if (generation > 0 && reached && batch.firstStep()[row] < generation) {
        batch.firstStep()[row] = generation;
      }
      clear(row, i, d);
    }
  }

  /** Returns the child's fitness, and keeps its image if it is the best so far. */
  private double judge(int row, int i, double value, float[] logits) {
    int classes = batch.classifier().classes();
    boolean named = Float.isFinite(Extremes.max(logits, i * classes, classes));
    if (!named || Double.isNaN(value)) {
      return Double.NEGATIVE_INFINITY;
    }
    boolean reaches = reaches(row, Extremes.argmax(logits, i * classes, classes));
    if ((reaches && !reached) || (reaches == reached && value > best)) {
      reached = reaches;
      best = value;
      int d = images.columns();
      System.arraycopy(images.data(), i * d, batch.adversarial().data(), row * d, d);
    }
    return value;
  }

  /** Gives the child's pixel its colour, or the nearest one that the budget allows. */
  private void paint(int row, int i) {
    int x = (int) children[i * genes];
    int y = (int) children[i * genes + 1];
    int d = images.columns();
    for (int c = 0; c < colour.length; c++) {
      colour[c] = children[i * genes + PLACE + c] - batch.x().data()[row * d + grid.at(c, y, x)];
    }
    Projection.onto(attack.threat().norm(), attack.threat().epsilon(), colour);
    for (int c = 0; c < colour.length; c++) {
      int at = grid.at(c, y, x);
      float made = Steps.add(batch.x().data()[row * d + at], colour[c]);
      images.data()[i * d + at] = attack.threat().box().clip(made);
    }
  }

  private void clear(int row, int i, int d) {
    int x = (int) children[i * genes];
    int y = (int) children[i * genes + 1];
    for (int c = 0; c < colour.length; c++) {
      int at = grid.at(c, y, x);
      images.data()[i * d + at] = batch.x().data()[row * d + at];
    }
  }
}
