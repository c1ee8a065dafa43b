package advx.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Drops the one line with which a JVM greets the incubating vector module, and passes every other
 * byte on at once.
 *
 * <p>Only the start of a line that still agrees with the warning is held back, and nothing any more
 * once the warning was seen: a progress line without an end, a byte order mark, broken UTF-8 arrive
 * as they were written.
 */
final class WarningFilter {
  private static final byte[] WARNING =
      "WARNING: Using incubator modules: jdk.incubator.vector".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(WARNING.length + 2);
  private boolean comparing = true;
  private boolean dropped;

  WarningFilter(OutputStream out) {
    this.out = out;
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    ByteArrayOutputStream passed = new ByteArrayOutputStream(length + held.size());
    int end = offset + length;
    int i = offset;
    while (i < end && !dropped) {
      pass(bytes[i++], passed);
    }
    passed.write(bytes, i, end - i);
    passed.writeTo(out);
    out.flush();
  }

  /** Passes on what was held back: the stream ended inside what could have been the warning. */
  void finish() throws IOException {
    held.writeTo(out);
    held.reset();
    out.flush();
  }

  private void pass(byte b, ByteArrayOutputStream passed) throws IOException {
    if (comparing) {
      int position = held.size();
      held.write(b);
      if (position >= WARNING.length && b == '\n') {
        held.reset();
        dropped = true;
        return;
      }
      if (position < WARNING.length
          ? b == WARNING[position]
          : position == WARNING.length && b == '\r') {
        return;
      }
      held.writeTo(passed);
      held.reset();
    } else {
      passed.write(b);
    }
    comparing = b == '\n';
  }
}
