package advx.nn;

import advx.engine.InputException;
import advx.engine.Shapes;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.nn.layer.Flat;
import advx.nn.layer.Fusion;
import java.util.List;
import java.util.Map;

/** A classifier made of layers, described by an {@link Architecture}. */
public final class Network implements Classifier {
  private final Architecture architecture;
  private final int features;
  private final List<Layer> layers;
  private final List<Layer> stages;
  private final List<Parameter> parameters;
  private final boolean[] weighted;

  Network(Architecture architecture, int features, List<Layer> layers) {
    this.architecture = architecture;
    this.features = features;
    this.layers = List.copyOf(layers);
    this.stages = Fusion.fuse(this.layers);
    this.parameters = layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
    this.weighted = new boolean[layers.size()];
    for (int i = 0; i < weighted.length; i++) {
      weighted[i] = !layers.get(i).parameters().isEmpty();
    }
  }

  public Architecture architecture() {
    return architecture;
  }

  /** The layers as they are written; some are computed together. */
  public List<Layer> layers() {
    return layers;
  }

  public List<Parameter> parameters() {
    return parameters;
  }

  /** Whether the i-th layer, counted from 0, has parameters. */
  public boolean hasWeights(int i) {
    return weighted[i];
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int classes() {
    return layers.getLast().output().size();
  }

  @Override
  public Top top() {
    return architecture.top();
  }

  /** Whether it is linear as it predicts: one dense layer, and dropout at most. */
  public boolean linear() {
    return parameters.size() == 2
        && architecture.parts().stream()
            .allMatch(part -> part.word().equals("dense") || part.word().equals("dropout"));
  }

  /** The logits in the given pass: training with dropout, or inference. */
  public Var forward(Pass pass, Var x) {
    if (x.value().rank() < 1 || x.value().columns() != features) {
      Shapes.check(false, "Network", x.value(), "[samples, " + features + "]");
    }
    Var y = x;
    for (int i = 0; i < stages.size(); i++) {
      y = stages.get(i).forward(pass, y);
    }
    return Flat.flat(y);
  }

  @Override
  public Var logits(Tape tape, Var x) {
    Pass pass = tape.scratch(Pass.class, Pass::inference);
    pass.forget();
    return forward(pass, x);
  }

  /** The number of weights. */
  public long size() {
    return parameters.stream().mapToLong(p -> p.value().size()).sum();
  }

  /** A copy with weights of its own. */
  public Network copy() {
    Network copy = architecture.network(features, 0);
    copy.set(this);
    return copy;
  }

  /** Copies all weights of a network of the same architecture. */
  public void set(Network other) {
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).value().set(other.parameters.get(i).value());
    }
  }

  /**
   * Sets all weights by name.
   *
   * @param source where they come from, for the error's sentence
   */
  public void set(Map<String, Tensor> weights, String source) {
    for (Parameter p : parameters) {
      Tensor t = weights.get(p.name());
      if (t == null) {
        throw new InputException(
            "%s has no weights '%s' that its architecture '%s' needs: train or export it again."
                .formatted(source, p.name(), architecture));
      }
      if (!t.sameShape(p.value())) {
        throw new InputException(
            "%s: weights '%s' have shape %s, but its architecture '%s' needs %s: train or export it again."
                .formatted(
                    source, p.name(), t.shapeString(), architecture, p.value().shapeString()));
      }
    }
    for (Parameter p : parameters) {
      p.value().set(weights.get(p.name()));
    }
  }
}
