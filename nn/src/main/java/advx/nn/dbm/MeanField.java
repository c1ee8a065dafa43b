package advx.nn.dbm;

import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.op.Add;
import advx.engine.op.Bias;
import advx.engine.op.Dense;
import advx.engine.op.Expand;
import advx.engine.op.Matmul;
import advx.engine.op.Multiply;
import advx.engine.op.Scale;
import advx.engine.op.Sigmoid;
import advx.engine.op.Softmax;

/**
 * Mean-field inference in a deep Boltzmann machine with two hidden layers and a label, unrolled on
 * the tape: each unit's state is its probability given the states of its neighbours,
 *
 * <pre>
 *   h₁ = σ(W₁·v + b₁ + W₂ᵀ·h₂)      v = σ(W₁ᵀ·h₁ + c)
 *   h₂ = σ(W₂·h₁ + b₂ + W₃ᵀ·y)      y = softmax(W₃·h₂ + b₃)
 * </pre>
 *
 * <p>All states start at 0. The first iteration goes upward with doubled weights, which stands in
 * for what would come from above; the last layer has nothing above it and gets them as they are.
 * Then the even layers, h₁ and y, and the odd one, h₂, take turns. So the label of the last
 * iteration is that of the last but one's h₂.
 *
 * <p>Source: Goodfellow, Mirza, Courville, Bengio: Multi-Prediction Deep Boltzmann Machines; NIPS
 * 2013, with the order of updates of the authors' code.
 *
 * @param visible c [features]
 * @param w1 [first, features]; b1 [first]
 * @param w2 [second, first]; b2 [second]
 * @param w3 [classes, second]; b3 [classes]
 */
public record MeanField(Var visible, Var w1, Var b1, Var w2, Var b2, Var w3, Var b3) {
  /**
   * What the inference makes of a partly hidden sample.
   *
   * @param pixels logits of v [samples, features]
   * @param label logits of y [samples, classes]
   * @param first h₁ after the last iteration
   * @param second h₂ after the last iteration, or null if nobody asked for it
   */
  record Prediction(Var pixels, Var label, Var first, Var second) {}

  /**
   * What is known of v or of y, and what is not.
   *
   * @param known its numbers, 0 where they are hidden
   * @param hidden 1 where a number is hidden, else 0
   */
  record Evidence(Tensor known, Tensor hidden) {
    /** Known numbers as they are, hidden ones from the model. */
    Var complete(Var model) {
      Var guessed = Multiply.multiply(model, model.tape().constant(hidden));
      return Add.add(model.tape().constant(known), guessed);
    }
  }

  /**
   * The logits of y for images of which every pixel is known.
   *
   * @param iterations 2 or more
   * @param multi whether each iteration sees the mean of the image and the model's reconstruction
   *     of it instead of the image
   */
  public Var logits(Var x, int iterations, boolean multi) {
    Var v = multi ? mean(x, prior(x.value())) : x;
    Var h2 = Sigmoid.sigmoid(Dense.dense(Scale.scale(firstUp(v), 2), w2, b2));
    Var fromImage = multi ? null : Dense.dense(v, w1, b1);
    for (int i = 1; i < iterations - 1; i++) {
      Var y = Softmax.softmax(Dense.dense(h2, w3, b3));
      Var fromBelow = multi ? Dense.dense(v, w1, b1) : fromImage;
      Var h1 = Sigmoid.sigmoid(Add.add(fromBelow, Matmul.matmul(h2, w2)));
      if (multi) {
        v = mean(x, Sigmoid.sigmoid(pixels(h1)));
      }
      h2 = second(h1, y);
    }
    return Dense.dense(h2, w3, b3);
  }

  /**
   * Predicts the hidden from the known. The label takes part from the first iteration on, hidden
   * ones as softmax(b₃), so h₂ has something above it and its weights are not doubled.
   *
   * @param iterations 2 or more
   * @param wantSecond whether the last h₂, which changes nothing else, is to be computed
   */
  Prediction predict(Evidence image, Evidence label, int iterations, boolean wantSecond) {
    Var v = image.complete(prior(image.known()));
    Var y = label.complete(Softmax.softmax(Expand.expand(b3, 0, label.known().rows())));
    Var h1 = firstUp(v);
    Var h2 = second(h1, y);
    Var pixelLogits = null;
    Var labelLogits = null;
    for (int i = 1; i < iterations; i++) {
      labelLogits = Dense.dense(h2, w3, b3);
      h1 = Sigmoid.sigmoid(Add.add(Dense.dense(v, w1, b1), Matmul.matmul(h2, w2)));
      pixelLogits = pixels(h1);
      boolean last = i == iterations - 1;
      h2 = null;
      if (!last || wantSecond) {
        h2 = second(h1, label.complete(Softmax.softmax(labelLogits)));
      }
      if (!last) {
        v = image.complete(Sigmoid.sigmoid(pixelLogits));
      }
    }
    return new Prediction(pixelLogits, labelLogits, h1, h2);
  }

  private Var firstUp(Var v) {
    return Sigmoid.sigmoid(Dense.dense(Scale.scale(v, 2), w1, b1));
  }

  private Var second(Var h1, Var y) {
    return Sigmoid.sigmoid(Add.add(Dense.dense(h1, w2, b2), Matmul.matmul(y, w3)));
  }

  private Var pixels(Var h1) {
    return Bias.bias(Matmul.matmul(h1, w1), visible);
  }

  /** What the model takes a pixel for that it knows nothing of: σ(c). */
  private Var prior(Tensor like) {
    return Expand.expand(Sigmoid.sigmoid(visible), 0, like.rows());
  }

  private static Var mean(Var x, Var reconstruction) {
    return Scale.scale(Add.add(x, reconstruction), 0.5f);
  }
}
