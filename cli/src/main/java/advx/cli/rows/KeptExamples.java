package advx.cli.rows;

import advx.attacks.RunKeeper;
import advx.nn.TrainingListener;
import advx.nn.io.AtomicFile;
import advx.nn.io.SealedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Keeps what an attack has made in a folder beside the models, so that rows share it and an
 * interrupted run goes on with the same bits.
 */
final class KeptExamples implements RunKeeper {
  private static final long NANOS = 2_000_000_000L;

  private static final long SHOWN_NANOS = 10_000_000_000L;

  /** How many times as long as a writing took nothing is written. */
  private static final int PAUSE = 50;

  private final Path folder;
  private final TrainingListener listener;
  private final String what;
  private long next = System.nanoTime() + NANOS;
  private long shown = System.nanoTime();

  KeptExamples(Path folder, TrainingListener listener, String what) {
    this.folder = folder;
    this.listener = listener;
    this.what = what;
    if (Files.isDirectory(folder)) {
      AtomicFile.sweep(folder);
    }
  }

  @Override
  public byte[] read(String name) {
    return SealedFile.read(folder.resolve(name));
  }

  @Override
  public void write(String name, byte[] bytes) {
    long before = System.nanoTime();
    AtomicFile.createFolders(folder);
    SealedFile.write(folder.resolve(name), bytes);
    long after = System.nanoTime();
    next = after + Math.max(NANOS, PAUSE * (after - before));
  }

  @Override
  public boolean due() {
    return System.nanoTime() >= next;
  }

  @Override
  public void progress(double share) {
    long now = System.nanoTime();
    if (now - shown >= SHOWN_NANOS) {
      shown = now;
      listener.note(String.format(Locale.ROOT, "%s, %.0f %%", what, 100 * share));
    }
  }
}
