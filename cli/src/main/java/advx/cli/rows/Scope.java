package advx.cli.rows;

/**
 * How much a run was asked to do.
 *
 * @param images that the rows on decision boundaries attack and analyse; 0 for the profile's number
 */
public record Scope(Profile profile, int images) {
  public Scope {
    if (images < 0) {
      throw new IllegalArgumentException("A run on %d images".formatted(images));
    }
  }

  /** All that the profile has. */
  public static Scope of(Profile profile) {
    return new Scope(profile, 0);
  }

  /** The number that was asked for, or else the profile's. */
  int imagesOr(int usual) {
    return images > 0 ? images : usual;
  }

  /** What else was asked for, as on the command line, with a blank before it; "" for nothing. */
  String options() {
    return images > 0 ? " --images " + images : "";
  }

  /** For people, and to tell results apart: "standard", "standard, 30 images". */
  @Override
  public String toString() {
    return images > 0 ? "%s, %d images".formatted(profile.word(), images) : profile.word();
  }
}
