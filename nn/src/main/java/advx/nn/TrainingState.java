package advx.nn;

import advx.engine.Tensor;
import advx.nn.io.SafeTensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that the next epoch depends on: weights, the best weights so far, the optimiser's
 * state, the counters. A checkpoint is all of it, so a run that goes on gives the same bits as one
 * that was never interrupted.
 */
final class TrainingState {
  final Network network;
  final Network best;
  final Optimiser optimiser;
  final List<Epoch> history = new ArrayList<>();
  long updates;
  int bestEpoch;
  double bestError = Double.POSITIVE_INFINITY;

  TrainingState(TrainingPlan plan, int features) {
    network = plan.architecture().network(features, plan.seed());
    if (plan.initial() != null) {
      network.set(plan.initial());
    }
    best = network.copy();
    optimiser = plan.optimiser().get();
  }

  int finishedEpochs() {
    return history.size();
  }

  /** Whether the plan's end is reached. */
  boolean finished(TrainingPlan plan) {
    return finishedEpochs() >= plan.epochs()
        || (plan.goal() != null && !history.isEmpty() && plan.goal().reached(history.getLast()))
        || (plan.patience() > 0 && finishedEpochs() - bestEpoch >= plan.patience());
  }

  /** Takes note of a finished epoch. */
  void add(Epoch epoch) {
    history.add(epoch);
    if (epoch.validationError() < bestError) {
      bestError = epoch.validationError();
      bestEpoch = epoch.number();
      best.set(network);
    }
  }

  private Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new TreeMap<>();
    network.parameters().forEach(p -> tensors.put("weight/" + p.name(), p.value()));
    best.parameters().forEach(p -> tensors.put("best/" + p.name(), p.value()));
    optimiser
        .state(network.parameters())
        .forEach((name, state) -> tensors.put("optimiser/" + name, state));
    return tensors;
  }

  void write(Path file, String hash) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("advx.settings", hash);
    metadata.put("advx.updates", Long.toString(updates));
    metadata.put("advx.best_epoch", Integer.toString(bestEpoch));
    metadata.put("advx.best_error", Double.toHexString(bestError));
    metadata.put("advx.history", Epoch.write(history));
    SafeTensors.write(file, new SafeTensors.Contents(tensors(), metadata));
  }

  /** Takes over a checkpoint unless it is one of other settings. Says whether it did. */
  boolean read(Path file, String hash) {
    SafeTensors.Contents contents = SafeTensors.read(file);
    Map<String, String> metadata = contents.metadata();
    Map<String, Tensor> tensors = tensors();
    if (!hash.equals(metadata.get("advx.settings"))
        || !contents.tensors().keySet().equals(tensors.keySet())) {
      return false;
    }
    tensors.forEach((name, tensor) -> tensor.set(contents.tensors().get(name)));
    updates = Long.parseLong(metadata.get("advx.updates"));
    bestEpoch = Integer.parseInt(metadata.get("advx.best_epoch"));
    bestError = Double.parseDouble(metadata.get("advx.best_error"));
    history.addAll(Epoch.read(metadata.get("advx.history")));
    return true;
  }
}
