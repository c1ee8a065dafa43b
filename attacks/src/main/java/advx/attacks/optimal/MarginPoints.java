package advx.attacks.optimal;

import advx.attacks.Box;
import advx.attacks.OrthogonalDirections;
import advx.attacks.OrthogonalDirections.Use;
import advx.attacks.measure.Decision;
import advx.attacks.measure.Predictor;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Classifier;

/**
 * The points around an image that OPTMARGIN wants to fool the model with: the image moved along
 * random orthogonal directions, all by the same distance, and last the image itself (He, Li, Song:
 * Decision Boundary Analysis of Adversarial Examples, 2018, §3).
 *
 * @param count of the points, the image itself included
 * @param rms how far, as the root of the mean square over all numbers of the image
 */
public record MarginPoints(int count, double rms) {
  /** The image itself and nothing around it. */
  public static final MarginPoints ALONE = new MarginPoints(1, 0);

  /** As published for MNIST. */
  public static final MarginPoints MNIST = new MarginPoints(20, 0.3);

  /** As published for CIFAR-10, whose pixels go from 0 to 255. */
  public static final MarginPoints CIFAR = new MarginPoints(20, 8);

  public MarginPoints {
    if (count < 1 || !(rms >= 0 && rms <= Float.MAX_VALUE) || (count > 1 && rms == 0)) {
      throw new InputException(
          "There are %d points at distance %s: give 1 or more, and with more than 1 a distance above 0."
              .formatted(count, rms));
    }
  }

  /** The moves to all points but the last, which is the image: [count − 1][n]. */
  float[][] moves(int n, long seed) {
    float[][] moves = OrthogonalDirections.draw(Use.MARGIN, count - 1, n, seed);
    double length = rms * Math.sqrt(n);
    for (float[] move : moves) {
      for (int i = 0; i < n; i++) {
        move[i] = (float) (length * move[i]);
      }
    }
    return moves;
  }

  /**
   * At how many of its points each image fools the model, by forward passes of their own.
   *
   * @param images [samples, features]
   * @param box that points are clipped to, or {@link Box#NONE}
   * @param seed of the attack, which decides the directions
   */
  public int[] fooled(
      Classifier classifier, Workers workers, Tensor images, int[] labels, Box box, long seed) {
    int n = images.columns();
    float[][] moves = moves(n, seed);
    Predictor predictor = new Predictor(classifier, workers);
    int[] fooled = new int[labels.length];
    Decision[] said = new Decision[labels.length];
    Tensor moved = Tensor.zeros(images.rows(), n);
    for (int p = 0; p < count; p++) {
      for (int i = 0; i < moved.size(); i++) {
        float x = images.data()[i];
        moved.data()[i] = p < moves.length ? box.clip(x + moves[p][i % n]) : x;
      }
      predictor.decide(moved, labels, said, 0);
      for (int row = 0; row < labels.length; row++) {
        fooled[row] += said[row].prediction() != labels[row] ? 1 : 0;
      }
    }
    return fooled;
  }

  @Override
  public String toString() {
    return "points=%d rms=%s".formatted(count, rms);
  }
}
