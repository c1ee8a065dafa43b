package advx.peers.table;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Figures that no machine measured. */
final class Samples {
  private Samples() {}

  static Results.Rates rates(double... rounds) {
    return new Results.Rates(Arrays.stream(rounds).boxed().toList(), 1e-6);
  }

  static Results.Item item(
      String subject, int threads, double peak, Map<String, Results.Rates> rates) {
    return new Results.Item(
        subject, threads, "GFLOP/s", peak, new TreeMap<>(rates), new TreeMap<>());
  }

  static Results results() {
    Results results = Results.none("engine", Map.of("processor", "a sample"));
    results.put(
        item(
            "sgemm/nn/1024x1024x1024",
            1,
            200,
            Map.of(
                "advx", rates(150, 171, 160),
                "onednn", rates(180, 179, 178),
                "onednn-matmul", rates(190),
                "onednn-packed", rates(195),
                "openblas", rates(140),
                "mkl", rates(160))));
    results.put(
        item(
            "maxout/240/clean/dense",
            2,
            400,
            Map.of("advx", rates(300), "pytorch", rates(100), "tensorflow", rates(160))));
    results.settings().put("pytorch, threads 2", Map.of("OMP_NUM_THREADS", "2"));
    results.leftOut().put("nd4j", "no artefact for this platform");
    return results;
  }
}
