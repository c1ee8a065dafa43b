package advx.cli.rows;

import advx.nn.Trained;
import advx.nn.TrainingPlan;
import advx.nn.data.Dataset;
import java.util.List;

/**
 * The two networks of "Decision Boundary Analysis of Adversarial Examples" on one of its data sets:
 * one trained on clean images, one of the same layers trained against PGD.
 */
final class BoundaryModels {
  private BoundaryModels() {}

  /** One of the two networks, for rows that measure both. */
  record Model(String name, String title, Trained trained) {}

  /** Both on MNIST. */
  static List<Model> both(Session session) {
    return both(session, BoundaryProblem.MNIST);
  }

  /** Both, the plain one first. */
  static List<Model> both(Session session, BoundaryProblem problem) {
    Dataset train = problem.inUnits(problem.source(session).train());
    Dataset validation = problem.inUnits(problem.source(session).validation());
    Trained plain =
        Models.train(session, problem.plain(), problem.plainPlan(session), train, validation);
    Trained robust =
        Models.train(session, problem.robust(), problem.robustPlan(session), train, validation);
    return List.of(new Model("plain", "plain", plain), new Model("pgd", "PGD-trained", robust));
  }

  /** What all rows on these networks state of them. */
  static void describe(
      Findings findings, Session session, BoundaryProblem problem, List<Model> models) {
    Models.describe(findings, session, problem.plain(), models.getFirst().trained());
    Models.describe(findings, session, problem.robust(), models.getLast().trained());
    findings.setting("data", problem.source(session).train().name());
    describe(findings, problem.plain(), problem.plainPlan(session));
    describe(findings, problem.robust(), problem.robustPlan(session));
    String networks = problem.networks(session.profile());
    if (!networks.isEmpty()) {
      findings.decision(networks);
    }
  }

  private static void describe(Findings findings, String name, TrainingPlan plan) {
    findings.setting(name + ": objective", plan.objective().describe());
    findings.setting(
        name + ": optimiser", plan.optimiser().get().describe() + ", batches of " + plan.batch());
  }
}
