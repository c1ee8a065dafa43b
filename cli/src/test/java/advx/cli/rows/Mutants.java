package advx.cli.rows;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.cli.result.Metric;
import advx.cli.result.RowResult;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.nn.ModelFile;
import advx.nn.ModelStore;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import advx.nn.data.Splits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.AssertionFailedError;

/**
 * Sessions whose results a row's test must not take for the true ones. They differ in data or
 * weights alone: the row that is run on them is the row itself, so that one which printed numbers
 * without measuring would print the same and be found out.
 */
final class Mutants {
  private Mutants() {}

  /** The test images have each other's labels: nothing that was learnt is right. */
  static Session shuffledLabels(Session session) {
    return withTests(session, Mutants::shuffled);
  }

  /**
   * ε of 0: it is a quarter of the pixels' range, and theirs is said to be the smallest number
   * above 0. The pixels are the same.
   */
  static Session withoutEpsilon(Session session) {
    return withTests(session, Mutants::withoutRange);
  }

  /** One model has another's weights, as if it had been trained in that way. */
  static Session planted(Session session, String model, String other) {
    ModelStore copy = copy(session, model + "-is-" + other);
    Path file = file(copy, model);
    ModelFile.write(file, ModelFile.read(file(copy, other)), ModelFile.notes(file));
    return with(session, copy);
  }

  /** One model has no weights but zeros. */
  static Session untaught(Session session, String model) {
    ModelStore copy = copy(session, model + "-is-untaught");
    Path file = file(copy, model);
    Trained blank = ModelFile.read(file);
    blank.network().parameters().forEach(p -> p.value().fill(0));
    ModelFile.write(file, blank, ModelFile.notes(file));
    return with(session, copy);
  }

  /** The result with another value of one metric. */
  static RowResult changed(RowResult result, String metric, double value) {
    List<Metric> metrics =
        result.metrics().stream()
            .map(
                m ->
                    m.name().equals(metric)
                        ? new Metric(m.name(), "", "", m.n(), value, null, null, null, "")
                        : m)
            .toList();
    return new RowResult(
        result.subject(),
        result.seed(),
        result.holds(),
        result.rule(),
        result.cause(),
        result.comparable(),
        metrics,
        result.fingerprints(),
        result.decisions(),
        result.settings(),
        result.figures(),
        result.command(),
        result.seconds(),
        result.skipped());
  }

  /** Fails unless the metric lies above the bound; NaN does not. */
  static void above(double bound, RowResult result, String metric) {
    double value = TinySession.value(result, metric);
    assertTrue(value > bound, () -> metric + " is " + value + ", not above " + bound);
  }

  /** Fails unless the metric lies below the bound; NaN does not. */
  static void below(double bound, RowResult result, String metric) {
    double value = TinySession.value(result, metric);
    assertTrue(value < bound, () -> metric + " is " + value + ", not below " + bound);
  }

  /**
   * Fails unless the check passes on what the row measures in the session, and fails by the metrics
   * named, and the row's own claim does not hold, with shuffled labels and without ε.
   *
   * @return what was measured in the session itself
   */
  static RowResult demand(
      Session session, Row row, Consumer<RowResult> check, String byLabels, String byEpsilon) {
    RowResult result = row.run(session);
    check.accept(result);
    RowResult shuffled = row.run(shuffledLabels(session));
    rejected(byLabels, () -> check.accept(shuffled));
    assertFalse(shuffled.holds(), row.id() + " with shuffled labels");
    RowResult still = row.run(withoutEpsilon(session));
    rejected(byEpsilon, () -> check.accept(still));
    assertFalse(still.holds(), row.id() + " without ε");
    return result;
  }

  /** Fails unless the check fails, and by this metric. */
  static void rejected(String metric, Executable check) {
    AssertionFailedError error = assertThrows(AssertionFailedError.class, check);
    assertTrue(error.getMessage().startsWith(metric + " "), error.getMessage());
  }

  private static Dataset shuffled(Dataset test) {
    int[] labels = test.labels();
    RandomStream random = new RandomStream(5, Purpose.TEST, 0, 0, 0);
    for (int i = labels.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int label = labels[i];
      labels[i] = labels[other];
      labels[other] = label;
    }
    return new Dataset(test.info(), test.images(0, test.size()), labels);
  }

  private static Dataset withoutRange(Dataset test) {
    Dataset.Info info = test.info();
    Dataset.Info none =
        new Dataset.Info(
            info.name(),
            info.classes(),
            info.height(),
            info.width(),
            info.channels(),
            0,
            Float.MIN_VALUE,
            info.comparable());
    return test.withImages(none, test.images(0, test.size()));
  }

  private static Session withTests(Session session, UnaryOperator<Dataset> change) {
    return new Session(
        withTests(session.data(), change),
        () -> withTests(session.cifarSource().get(), change),
        session.scope(),
        session.seed(),
        session.workers(),
        session.models(),
        session.listener());
  }

  private static Splits withTests(Splits data, UnaryOperator<Dataset> change) {
    return new Splits(data.full(), data.train(), data.validation(), change.apply(data.test()));
  }

  private static Session with(Session session, ModelStore models) {
    return new Session(
        session.data(),
        session.cifarSource(),
        session.scope(),
        session.seed(),
        session.workers(),
        models,
        session.listener());
  }

  private static Path folder(ModelStore models) {
    return models.file("any", "0".repeat(16)).getParent();
  }

  private static ModelStore copy(Session session, String name) {
    Path from = folder(session.models());
    try (var files = Files.list(from)) {
      ModelStore copy = new ModelStore(Files.createTempDirectory(from.getParent(), name));
      for (Path file : files.toList()) {
        Files.copy(file, folder(copy).resolve(file.getFileName()));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one file of this model, which must have been trained before. */
  private static Path file(ModelStore models, String model) {
    String name = Pattern.quote(model) + "-[0-9a-f]{16}\\.safetensors";
    try (var files = Files.list(folder(models))) {
      List<Path> found = files.filter(file -> file.getFileName().toString().matches(name)).toList();
      if (found.size() != 1) {
        throw new IllegalStateException("%d files of %s".formatted(found.size(), model));
      }
      return found.getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
