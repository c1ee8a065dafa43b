package advx.cli.rows;

import advx.attacks.AttackEvaluation;
import advx.attacks.measure.Agreement;
import advx.attacks.measure.Evaluation;
import advx.attacks.measure.Rate;
import advx.cli.result.RowResult;
import advx.engine.Tensor;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.util.List;

/** Section 8: other models name the class that the fooled one names. */
public final class AgreementRow implements Row {
  private static final String TOLERANCE =
      "ten points: the figure depends on how far both networks are trained";

  @Override
  public String id() {
    return "agreement";
  }

  @Override
  public List<String> numbers() {
    return List.of("15", "16");
  }

  @Override
  public String title() {
    return "Which class other models give to the maxout network's adversarial examples";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, §8";
  }

  @Override
  public String claim() {
    return "Examples that fool a maxout network are given the same wrong class by softmax"
        + " regression in 54.6 % and by a network of radial basis functions in 16.0 % of"
        + " cases; where both err, in 84.6 % and 54.3 %, and the latter two agree in 53.6"
        + " %.";
  }

  @Override
  public Work work(Profile profile) {
    return MaxoutModels.work(profile, Models.MAXOUT)
        .and(RbfModel.work(profile))
        .and(Work.seconds(id(), profile == Profile.SMOKE ? 1 : 3));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    Dataset test = session.data().test();
    List<Trained> maxout = MaxoutModels.plain(session);
    Trained softmax = Models.softmax(session);
    Trained rbf = RbfModel.get(session);
    AttackEvaluation attack = FgsmSection.attack(session, maxout.getLast().network(), test);
    Tensor examples = attack.result().inputs();
    Evaluation source = attack.attacked();
    Evaluation linear = of(softmax, examples, session);
    Evaluation bells = of(rbf, examples, session);
    Agreement maxoutSoftmax = new Agreement(source, linear);
    Agreement maxoutRbf = new Agreement(source, bells);
    Agreement softmaxRbf = new Agreement(linear, bells);
    Rate softmaxGiven = maxoutSoftmax.sameClassWhereBothWrong();
    Rate rbfGiven = maxoutRbf.sameClassWhereBothWrong();
    findings.rate(
        "softmax-same",
        "softmax regression names maxout's wrong class",
        maxoutSoftmax.sameClass(),
        0.546,
        0.1,
        TOLERANCE);
    findings.rate(
        "rbf-same",
        "radial basis functions name maxout's wrong class",
        maxoutRbf.sameClass(),
        0.16,
        0.1,
        TOLERANCE);
    findings.rate(
        "softmax-same-both-wrong",
        "softmax regression, where both err",
        softmaxGiven,
        0.846,
        0.1,
        TOLERANCE);
    findings.rate(
        "rbf-same-both-wrong",
        "radial basis functions, where both err",
        rbfGiven,
        0.543,
        0.1,
        TOLERANCE);
    findings.rate(
        "rbf-same-as-softmax-both-wrong",
        "radial basis functions name softmax regression's wrong class, where both err",
        softmaxRbf.sameClassWhereBothWrong(),
        0.536,
        0.1,
        TOLERANCE);
    findings.rate("softmax-wrong", "softmax regression errs too", maxoutSoftmax.alsoWrong());
    findings.rate("rbf-wrong", "radial basis functions err too", maxoutRbf.alsoWrong());
    FgsmSection.decisions(findings);
    findings.decision(
        "Shares are of the test images whose adversarial example the maxout network names a wrong"
            + " class for; \"where both err\" leaves out those that the other model gets right."
            + " Softmax regression and radial basis functions are compared on the same examples,"
            + " made for the maxout network, whether they fool it or not: the paper does not say on"
            + " which.");
    Models.describe(findings, session, Models.MAXOUT, maxout);
    Models.describe(findings, session, "softmax", softmax);
    Models.describe(findings, session, RbfModel.NAME, rbf);
    boolean holds =
        FgsmSection.hasLearnt(attack)
            && source.error().value() > 0.5
            && softmaxGiven.value() > rbfGiven.value()
            && rbfGiven.value() > 1.0 / 9;
    return findings.result(
        holds,
        "holds if the attack takes the maxout network's error from below 50 % to above, and, where"
            + " both err, softmax regression names maxout's class more often than radial basis"
            + " functions do, and these more often than one of nine by chance",
        true);
  }

  private static Evaluation of(Trained model, Tensor examples, Session session) {
    return Evaluation.of(
        model.network(), examples, session.data().test().labels(), session.workers());
  }
}
