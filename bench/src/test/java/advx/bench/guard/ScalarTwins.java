package advx.bench.guard;

import advx.engine.kernel.Lanes;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The scalar twins in the same JVM: all classes once more, by another class loader, for which
 * {@link Lanes} has decided against vectors. So both can be timed in turns, by the same call.
 */
final class ScalarTwins {
  private final Class<?> works;

  ScalarTwins() throws ReflectiveOperationException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      try {
        urls.add(Path.of(entry).toUri().toURL());
      } catch (MalformedURLException e) {
        throw new IllegalStateException(e);
      }
    }
    URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    String before = System.getProperty(Lanes.PROPERTY);
    System.setProperty(Lanes.PROPERTY, "none");
    try {
      Class<?> lanes = Class.forName(Lanes.class.getName(), true, loader);
      if (lanes == Lanes.class || lanes.getField("VECTOR").getBoolean(null)) {
        throw new IllegalStateException("the twins have vectors");
      }
    } finally {
      if (before == null) {
        System.clearProperty(Lanes.PROPERTY);
      } else {
        System.setProperty(Lanes.PROPERTY, before);
      }
    }
    works = Class.forName("advx.bench.work.Works", true, loader);
  }

  /** The scalar twin of this shape's work, on one thread and warmed up. */
  Runnable twin(String shape) {
    try {
      return (Runnable) works.getMethod("warmed", String.class).invoke(null, shape);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
