package advx.engine;

/**
 * What random numbers are for. Each purpose draws from a stream of its own, so that adding a draw in
 * one place never changes the numbers of another. Append only: the order is part of every result.
 */
public enum Purpose {
  /** Initial weights; layer = index of the parameter in its network. */
  INITIAL_WEIGHTS,
  /** The order of samples in an epoch; step = epoch. */
  SHUFFLE,
  /** Dropout masks; layer = index of the dropout layer, sample = index in the data set. */
  DROPOUT,
  /** Random starting points of attacks; step = restart. */
  RANDOM_START,
  /** Noise added to inputs: noise controls, rubbish images. */
  NOISE,
  /** The embedded data set; sample = index of the image. */
  STROKES,
  /** Random directions in input space. */
  DIRECTIONS,
  /** Numbers that only tests draw. */
  TEST
}
