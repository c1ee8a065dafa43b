package advx.cli.result;

import java.util.List;

/**
 * What a row of the papers is about.
 *
 * @param id the row's name: {@code maxout}
 * @param numbers the numbers of the results that it measures, as the table of docs/cli.md counts
 *     them; none for a claim without a published figure
 * @param title for people: "Maxout network under FGSM"
 * @param place where the paper says it: "Goodfellow et al. 2015, §4"
 * @param claim the paper's claim in a sentence
 */
public record Subject(String id, List<String> numbers, String title, String place, String claim) {
  public Subject {
    Names.check("The row's id", id);
    numbers = List.copyOf(numbers);
  }
}
