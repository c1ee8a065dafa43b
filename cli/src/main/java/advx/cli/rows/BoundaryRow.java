package advx.cli.rows;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A row of "Decision Boundary Analysis of Adversarial Examples": its number of images is free. */
interface BoundaryRow extends Row {
  /** What it has to do on so many images. */
  @Override
  Work work(Scope scope);

  @Override
  default Work work(Profile profile) {
    return work(Scope.of(profile));
  }

  @Override
  default int leastImages() {
    return 1;
  }

  @Override
  default List<String> numbers() {
    return List.of();
  }

  @Override
  default Set<Profile> profiles() {
    return EnumSet.range(Profile.QUICK, Profile.PAPER);
  }
}
