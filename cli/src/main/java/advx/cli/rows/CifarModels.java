package advx.cli.rows;

import advx.attacks.fooling.Noise;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Sgd;
import advx.nn.Trained;
import advx.nn.TrainingListener;
import advx.nn.TrainingPlan;
import advx.nn.data.Dataset;
import advx.nn.data.Splits;
import advx.nn.data.Whitening;
import java.nio.file.Path;
import java.util.Locale;

/** The convolutional maxout network on whitened CIFAR-10. */
final class CifarModels {
  /** ε of the paper's CIFAR-10 experiments, in units of the whitened numbers. */
  static final double EPSILON = 0.1;

  /** The names of what is kept, in files and in {@link #work}. */
  static final String MAXOUT = "convolutional-maxout";

  static final String WHITENING = "whitening";

  private CifarModels() {}

  /**
   * How large the network is, and how it is trained.
   *
   * @param channels of the three convolutions
   * @param units of the dense maxout layer
   * @param initial weights lie in ± this
   * @param convolutionRate share of the learning rate that convolutions get
   * @param keepInput the probability to keep a number of the image
   * @param keep the probability to keep a hidden unit
   * @param hours that training takes on the reference machine
   */
  record Size(
      int[] channels,
      int units,
      double initial,
      double convolutionRate,
      double keepInput,
      double keep,
      Sgd.Schedule schedule,
      int batch,
      int epochs,
      int patience,
      double hours) {}

  /** The sizes: the paper's own, and narrower ones that learn in minutes. */
  static Size size(Profile profile) {
    return switch (profile) {
      // Rows on CIFAR-10 belong to the long profiles: this size is for tests.
      case SMOKE, QUICK ->
          new Size(
              new int[] {8, 16, 16},
              40,
              0.15,
              0.2,
              1,
              1,
              new Sgd.Schedule(0.02, 1, 0, 0.9, 0.9, 1, 2),
              32,
              8,
              0,
              0.01);
      case STANDARD ->
          new Size(
              new int[] {32, 64, 64},
              200,
              0.05,
              0.2,
              1,
              0.8,
              new Sgd.Schedule(0.05, 1.0005, 1e-6, 0.9, 0.9, 1, 2),
              128,
              16,
              0,
              0.3);
      case PAPER ->
          new Size(
              new int[] {96, 192, 192},
              500,
              0.005,
              0.05,
              0.8,
              0.5,
              new Sgd.Schedule(0.17, 1.000004, 1e-6, 0.5, 0.6, 1, 250),
              128,
              200,
              50,
              20);
    };
  }

  /** What whitening and training take, and a row's own measuring. */
  static Work work(Profile profile, String row, double seconds) {
    return Work.seconds(WHITENING, 25)
        .and(Work.hours(MAXOUT, size(profile).hours()))
        .and(Work.seconds(row, seconds));
  }

  /** The layers for images of this height and width. */
  static Architecture network(Size size, int height, int width) {
    String weights = "init=uniform:" + size.initial();
    String convolution = weights + ",rate=" + size.convolutionRate();
    String dropout = "dropout(" + size.keep() + ") ";
    return Architecture.parse(
        String.format(
            Locale.ROOT,
            "image(3,%d,%d) dropout(%s,unscaled)"
                + " maxoutconv(%d,2,8,pad=4,%s,limit=0.9) maxpool(4,stride=2) %s"
                + "maxoutconv(%d,2,8,pad=3,%s,limit=1.9365) maxpool(4,stride=2) %s"
                + "maxoutconv(%d,2,5,pad=3,%s,limit=1.9365) maxpool(2) %s"
                + "maxout(%d,5,%s,limit=1.9) %s"
                + "dense(10,%s,limit=1.9365) softmax",
            height,
            width,
            size.keepInput(),
            size.channels()[0],
            convolution,
            dropout,
            size.channels()[1],
            convolution,
            dropout,
            size.channels()[2],
            convolution,
            dropout,
            size.units(),
            weights,
            dropout,
            weights));
  }

  /**
   * The network and the whitened data that it is trained on.
   *
   * @param whitening leads back to what can be looked at
   */
  record Prepared(Whitening whitening, Dataset test, Trained trained) {}

  /** Whitens CIFAR-10 and trains the network, unless it is trained already. */
  static Prepared prepare(Session session) {
    Splits cifar = session.cifar();
    Whitening whitening = whitening(session, cifar.full());
    Dataset train = whitening.apply(cifar.train(), session.workers());
    Dataset validation = whitening.apply(cifar.validation(), session.workers());
    Size size = size(session.profile());
    TrainingPlan plan =
        new TrainingPlan(
            network(size, train.info().height(), train.info().width()),
            new CleanObjective(),
            () -> new Sgd(size.schedule()),
            size.batch(),
            size.epochs(),
            size.patience(),
            session.seed());
    Trained trained =
        session
            .models()
            .get(
                MAXOUT,
                plan,
                train,
                validation,
                session.workers(),
                session.listener().apply(MAXOUT));
    return new Prepared(whitening, whitening.apply(cifar.test(), session.workers()), trained);
  }

  /** Images that show nothing: x ~ N(0, I) in the whitened numbers. */
  static Noise noise(Session session, Prepared prepared) {
    return Noise.standard(session.seed(), prepared.test().features());
  }

  /** As many of them as in the paper; fewer for tests. */
  static int noiseImages(Profile profile) {
    return profile == Profile.SMOKE ? 200 : 1_000;
  }

  private static Whitening whitening(Session session, Dataset full) {
    TrainingListener listener = session.listener().apply(WHITENING);
    Path file = session.models().file(WHITENING, Whitening.hash(full));
    return Whitening.of(full, file, session.workers(), listener::note);
  }

  /** What all rows on CIFAR-10 state of the network. */
  static void describe(Findings findings, Session session, Prepared prepared) {
    Trained trained = prepared.trained();
    findings.fingerprint(MAXOUT, trained.fingerprint());
    findings.setting(MAXOUT + ": network", trained.network().architecture());
    findings.setting(
        MAXOUT + ": epochs",
        trained.history().size() + ", weights of epoch " + trained.keptEpoch());
    findings.setting("data", prepared.test().name());
    findings.decision(
        "Images are preprocessed as in the paper: contrast normalised to an L2 norm of 55, then ZCA"
            + " whitened with a bias of 0.1, fitted on all training images; the attack perturbs the"
            + " preprocessed numbers. Windows of pools lie inside the image, where the authors'"
            + " library also takes a cut one at the lower and right border.");
    if (session.profile() != Profile.PAPER) {
      int[] own = size(session.profile()).channels();
      findings.decision(
          "The paper's network has 96, 192 and 192 channels and learns for hundreds of epochs, with"
              + " half of the hidden units and a fifth of the input dropped out; this profile's has"
              + " "
              + own[0]
              + ", "
              + own[1]
              + " and "
              + own[2]
              + ", learns for "
              + trained.history().size()
              + " epochs with less dropout and a larger learning rate of the convolutions, and its"
              + " clean error is expected far above the paper's.");
    }
  }
}
