package advx.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;

/** A program for the launcher to start: says what reached it, in ASCII. */
public final class EchoMain {
  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.println("java " + Runtime.version().feature());
    System.out.println(
        "vector " + ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    System.out.println("property " + System.getProperty("test.property"));
    System.out.println("stdout " + System.getProperty("advx.stdout.terminal"));
    System.out.println("stderr " + System.getProperty("advx.stderr.terminal"));
    System.out.println("heap " + Runtime.getRuntime().maxMemory());
    System.out.println(
        "huge "
            + ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.endsWith("UseTransparentHugePages"))
                .toList());
    System.out.println("pid " + ProcessHandle.current().pid());
    for (String arg : args) {
      System.out.println("arg " + HexFormat.of().formatHex(arg.getBytes(UTF_8)));
    }
    System.out.println("input " + HexFormat.of().formatHex(input(args)));
    System.err.print("WARNING: this one stays\nprogress\rno end of line");
    System.err.flush();
    System.out.println("ready");
    if (args.length > 0 && args[0].equals("sleep")) {
      Runtime.getRuntime().addShutdownHook(new Thread(EchoMain::sayGoodbye));
      System.out.println("asleep");
      Thread.sleep(60_000);
    }
    System.exit(args.length > 0 && args[0].equals("exit") ? Integer.parseInt(args[1]) : 0);
  }

  private static void sayGoodbye() {
    System.out.println("ended in good order");
    System.err.print(", and said so");
  }

  private static byte[] input(String[] args) throws IOException {
    return args.length > 0 && args[0].equals("read") ? System.in.readAllBytes() : new byte[0];
  }

  private EchoMain() {}
}
