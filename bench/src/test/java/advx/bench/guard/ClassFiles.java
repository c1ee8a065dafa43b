package advx.bench.guard;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.constant.ClassDesc;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The bytecode that the rules are checked on. */
final class ClassFiles {
  private ClassFiles() {}

  /** The classes of this package, from the folder or the jar that a class of it came from. */
  static Map<ClassDesc, ClassModel> classes(Class<?> from, String folder)
      throws IOException, URISyntaxException {
    URI source = from.getProtectionDomain().getCodeSource().getLocation().toURI();
    if (Files.isDirectory(Path.of(source))) {
      return read(Path.of(source).resolve(folder));
    }
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(source))) {
      return read(jar.getPath(folder));
    }
  }

  private static Map<ClassDesc, ClassModel> read(Path folder) throws IOException {
    Map<ClassDesc, ClassModel> classes = new HashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        ClassModel model = ClassFile.of().parse(Files.readAllBytes(file));
        classes.put(model.thisClass().asSymbol(), model);
      }
    }
    return classes;
  }
}
