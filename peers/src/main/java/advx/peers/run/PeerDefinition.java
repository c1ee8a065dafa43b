package advx.peers.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A peer as the harness knows it.
 *
 * @param id how the table and {@code -Dpeers.only} name it
 * @param folder where its class path and its source lie; empty for this engine
 * @param type its class below advx.peers
 * @param variant which way to use the library; "-" for the only one
 * @param options of its JVM
 * @param variables added to its environment
 * @param groups the groups of subjects it is asked for
 */
public record PeerDefinition(
    String id,
    String folder,
    String type,
    String variant,
    List<String> options,
    Map<String, String> variables,
    Set<String> groups) {
  /** This engine. */
  public static final String OWN = "advx";

  private static final String SGEMM = "sgemm";
  private static final Set<String> NETWORKS =
      Set.of("maxout-240", "maxout-1600", "softmax-fgsm", "cnn");
  private static final Set<String> ALL =
      Set.of(SGEMM, "maxout-240", "maxout-1600", "softmax-fgsm", "cnn");

  /** All peers, this engine first. */
  public static final List<PeerDefinition> LIST =
      List.of(
          new PeerDefinition(OWN, "", "own.AdvxPeer", "-", List.of(), Map.of(), ALL),
          sgemm("openblas", "openblas", "openblas.OpenBlas", "-"),
          sgemm("mkl", "mkl", "mkl.Mkl", "-"),
          sgemm("onednn", "onednn", "onednn.OneDnn", "sgemm"),
          sgemm("onednn-matmul", "onednn", "onednn.OneDnn", "matmul"),
          sgemm("onednn-packed", "onednn", "onednn.OneDnn", "packed"),
          new PeerDefinition(
              "pytorch",
              "pytorch",
              "pytorch.PyTorch",
              "-",
              // The preset's own switch: products by MKL, as in the usual builds of PyTorch.
              List.of("-Dorg.bytedeco.openblas.load=mkl_rt"),
              // One pool of threads: with one of MKL's own, each would wait awake in the other's
              // way.
              Map.of("MKL_THREADING_LAYER", "GNU"),
              ALL),
          new PeerDefinition(
              "tensorflow",
              "tensorflow",
              "tensorflow.TensorFlow",
              "-",
              List.of(),
              Map.of(),
              NETWORKS),
          new PeerDefinition(
              "nd4j",
              "nd4j",
              "nd4j.Nd4jPeer",
              "-",
              // Room outside the heap: where it is short, each allocation asks for a collection.
              List.of(
                  "-Dorg.bytedeco.javacpp.maxbytes=4G",
                  "-Dorg.bytedeco.javacpp.maxphysicalbytes=8G"),
              Map.of(),
              NETWORKS));

  private static PeerDefinition sgemm(String id, String folder, String type, String variant) {
    return new PeerDefinition(id, folder, type, variant, List.of(), Map.of(), Set.of(SGEMM));
  }

  public boolean own() {
    return folder.isEmpty();
  }

  /**
   * What this peer's process finds in its environment: as many threads as wanted, which wait awake
   * for longer than the gap between two parallel loops, but fall asleep before the next peer's
   * turn.
   */
  public Map<String, String> environment(int threads) {
    Map<String, String> environment = common(threads);
    environment.putAll(variables);
    return environment;
  }

  /** The part of the environment that all processes share. */
  public static Map<String, String> common(int threads) {
    String n = Integer.toString(threads);
    Map<String, String> environment = new TreeMap<>();
    environment.put("OMP_NUM_THREADS", n);
    environment.put("OMP_DYNAMIC", "FALSE");
    environment.put("OMP_WAIT_POLICY", "active");
    environment.put("GOMP_SPINCOUNT", "1000000");
    environment.put("KMP_BLOCKTIME", "50");
    environment.put("MKL_NUM_THREADS", n);
    environment.put("MKL_DYNAMIC", "FALSE");
    environment.put("OPENBLAS_NUM_THREADS", n);
    environment.put("TF_ENABLE_ONEDNN_OPTS", "1");
    environment.put("TF_CPP_MIN_LOG_LEVEL", "2");
    return environment;
  }
}
