package advx.launch;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/** The first class in the launched JVM: ties it to the launcher, then calls the program. */
public final class ChildMain {
  /** Calls the main class {@code args[0]} with the other arguments. */
  public static void main(String[] args) throws Throwable {
    ParentWatch.start(Long.parseLong(System.getProperty(Launcher.PARENT)));
    var main = Class.forName(args[0]).getMethod("main", String[].class);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private ChildMain() {}
}
