package advx.testing;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Prints each test that was skipped, disabled or ended by a failed assumption, by name and with its
 * reason: a count of skipped tests tells nobody what was not checked.
 */
public final class SkippedTests implements TestExecutionListener {
  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    print(test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      print(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
    }
  }

  private static void print(TestIdentifier test, String reason) {
    System.out.println("SKIPPED " + name(test) + ": " + reason);
  }

  private static String name(TestIdentifier test) {
    String shown = test.getDisplayName();
    return switch (test.getSource().orElse(null)) {
      case MethodSource method ->
          method.getClassName() + "." + method.getMethodName() + " " + shown;
      case ClassSource type -> type.getClassName() + " " + shown;
      case null, default -> shown;
    };
  }
}
