package advx.cli.rows;

import advx.cli.result.RowResult;

/** One row of a paper: its figure, its claim, and how both are measured here. */
public interface Row {
  /** Short and unique, for {@code --only}: {@code maxout}. */
  String id();

  /** For people: "Maxout network under FGSM". */
  String title();

  /** Where the paper says it. */
  String place();

  /** The paper's claim in a sentence. */
  String claim();

  /** Measures it. Trained models are shared between rows through the session. */
  RowResult run(Session session);
}
