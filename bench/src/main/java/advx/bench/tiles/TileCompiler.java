package advx.bench.tiles;

import static java.nio.charset.StandardCharsets.UTF_8;

import advx.engine.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles tiles in memory: all at once, since the compiler's start is what takes time. */
final class TileCompiler {
  private TileCompiler() {}

  /** A tile for each of the shapes. */
  static Map<TileShape, Tile> compile(Set<TileShape> shapes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new InputException(
          "tiles: this Java has no compiler: start it with a JDK, not with a runtime alone.");
    }
    List<JavaFileObject> sources = new ArrayList<>();
    shapes.forEach(shape -> sources.add(new Source(shape)));
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"));
    try (var files = new Memory(compiler.getStandardFileManager(null, null, UTF_8))) {
      if (!compiler.getTask(messages, files, null, options, null, sources).call()) {
        throw new IllegalStateException("the tiles do not compile: " + messages);
      }
      Loader loader = new Loader(files.classes);
      Map<TileShape, Tile> tiles = new LinkedHashMap<>();
      for (TileShape shape : shapes) {
        Class<?> type = loader.loadClass(TileSource.PACKAGE + "." + shape.type());
        tiles.put(shape, (Tile) type.getConstructor().newInstance());
      }
      return tiles;
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the compiler reads. */
  private static final class Source extends SimpleJavaFileObject {
    private final TileShape shape;

    Source(TileShape shape) {
      super(
          URI.create(
              "memory:///" + TileSource.PACKAGE.replace('.', '/') + "/" + shape.type() + ".java"),
          Kind.SOURCE);
      this.shape = shape;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return TileSource.type(shape);
    }
  }

  /** Keeps what the compiler writes. */
  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    Memory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          classes.put(name, bytes);
          return bytes;
        }
      };
    }
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, ByteArrayOutputStream> classes;

    Loader(Map<String, ByteArrayOutputStream> classes) {
      super(TileCompiler.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      ByteArrayOutputStream bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes.toByteArray(), 0, bytes.size());
    }
  }
}
