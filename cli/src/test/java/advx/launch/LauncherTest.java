package advx.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LauncherTest {
  @Test
  void passesJvmOptionsButAgents() {
    assertEquals(
        List.of("-Xmx1g", "-XX:+UseSerialGC", "-Dname=a b", "--add-modules=java.sql", "-ea"),
        Launcher.jvmOptions(
            List.of(
                "-Xmx1g",
                "-javaagent:coverage.jar=destfile=x",
                "-XX:+UseSerialGC",
                "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
                "-agentpath:/opt/profiler.so",
                "-Xdebug",
                "-Xrunjdwp:transport=dt_socket",
                "-Dname=a b",
                "-Dcom.sun.management.jmxremote.port=9010",
                "--add-modules=jdk.incubator.vector",
                "--add-modules=java.sql",
                "-ea")));
  }
}
