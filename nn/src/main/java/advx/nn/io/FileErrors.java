package advx.nn.io;

import advx.engine.InputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;

/** The sentences for files that cannot be read or written: which file, why, what to do. */
public final class FileErrors {
  private FileErrors() {}

  /** The error for a file that could not be read. */
  public static InputException cannotRead(Path file, IOException cause) {
    String sentence =
        switch (cause) {
          case NoSuchFileException e -> "there is no such file; check the path.";
          case AccessDeniedException e -> "permission is missing; make the file readable.";
          default -> reason(cause) + "; check the file and the disk it lies on.";
        };
    return new InputException("Cannot read " + file + ": " + sentence, cause);
  }

  /** The error for a file or folder that could not be written. */
  public static InputException cannotWrite(Path target, IOException cause) {
    return new InputException("Cannot write " + target + ": " + whyNotWritten(cause), cause);
  }

  private static String whyNotWritten(IOException cause) {
    String reason = reason(cause);
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("no space") || lower.contains("not enough space")) {
      return "the disk is full; free some space or choose a folder on another disk.";
    }
    if (lower.contains("quota")) {
      return "the disk quota is used up; free some space or choose another folder.";
    }
    if (cause instanceof AccessDeniedException || lower.contains("permission denied")) {
      return "permission is missing; choose a folder that you may write to.";
    }
    if (lower.contains("read-only")) {
      return "the file system is read-only; choose another folder.";
    }
    if (cause instanceof NotDirectoryException || lower.contains("not a directory")) {
      return "a regular file stands where a folder is needed; choose another path.";
    }
    if (lower.contains("is a directory")) {
      return "there is a folder of that name; choose another name.";
    }
    if (cause instanceof NoSuchFileException) {
      return "the folder is gone or takes no files; choose another folder.";
    }
    return reason + "; choose another folder or try again.";
  }

  /** The operating system's words without the path that Java puts in front of them. */
  private static String reason(IOException cause) {
    if (cause instanceof FileSystemException e) {
      return e.getReason() == null ? plainName(e) : e.getReason();
    }
    if (cause.getCause() instanceof ReadOnlyFileSystemException) {
      return "Read-only file system";
    }
    return cause.getMessage() == null ? plainName(cause) : cause.getMessage();
  }

  private static String plainName(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "");
  }
}
