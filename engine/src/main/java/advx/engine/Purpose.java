package advx.engine;

/**
 * What random numbers are for. Each purpose draws from a stream of its own, so that adding a draw
 * in one place never changes the numbers of another. Append only: the codes are part of every
 * result.
 */
public enum Purpose {
  /** Initial weights; layer = index of the parameter in its network. */
  INITIAL_WEIGHTS(0),
  /** The order of samples in an epoch; step = epoch. */
  SHUFFLE(1),
  /** Dropout masks; layer = index of the dropout layer, sample = index in the data set. */
  DROPOUT(2),
  /** Random starting points of attacks; step = restart. */
  RANDOM_START(3),
  /** Noise added to inputs: noise controls, rubbish images. */
  NOISE(4),
  /** The embedded data set; sample = index of the image. */
  STROKES(5),
  /** Random directions in input space. */
  DIRECTIONS(6),
  /** Numbers that only tests draw. */
  TEST(7),
  /** Noise added to inputs in training; step = update, sample = index in the data set. */
  TRAINING_NOISE(8),
  /** Images made binary, each pixel 1 with its grey value's probability. */
  BINARISE(9),
  /**
   * Candidates of evolutionary searches; layer 0: one pixel, step = generation; layer 1: fooling
   * images, sample = offspring.
   */
  EVOLUTION(10),
  /** Random crops and flips; step = epoch, sample = index in the data set. */
  AUGMENTATION(11),
  /** Points around an input whose answers vote; step = point, sample = index in the data set. */
  REGION(12);

  private final int code;

  Purpose(int code) {
    this.code = code;
  }

  /** The number that stands for it in the counter; never given twice. */
  public int code() {
    return code;
  }
}
