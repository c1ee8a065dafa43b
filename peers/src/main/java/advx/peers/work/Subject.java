package advx.peers.work;

import java.util.Locale;

/** A piece of work that all do on the same inputs, to be written as its {@link #key()}. */
public sealed interface Subject {
  /** Its unmistakable name, without spaces: {@code sgemm/nn/256x256x256}. */
  String key();

  /** Subjects of one group are measured by the same processes. */
  String group();

  /** The unit of a rate, for people. */
  default String unit() {
    return "1/s";
  }

  /** What one call counts in that unit. */
  default double amount() {
    return 1;
  }

  /** How far a result may be off: root mean square of the difference over that of ours. */
  double tolerance();

  /** How many calls make the result that is compared. */
  default int checkedCalls() {
    return 1;
  }

  /** The same work without random numbers, whose result can be compared. */
  default Subject checked() {
    return this;
  }

  /** How the operands of a product are stored. */
  enum Form {
    /** C = A·B. */
    NN,
    /** C = A·Bᵀ, as a layer's forward product with weights stored [out][in]. */
    NT,
    /** C = Aᵀ·B, as a layer's weight gradient. */
    TN
  }

  /** C = op(A)·op(B), op(A) m×k, op(B) k×n, all row-major; C is overwritten. */
  record Sgemm(Form form, int m, int k, int n) implements Subject {
    @Override
    public String key() {
      return "sgemm/%s/%dx%dx%d".formatted(form.name().toLowerCase(Locale.ROOT), m, k, n);
    }

    @Override
    public String group() {
      return "sgemm";
    }

    @Override
    public String unit() {
      return "GFLOP/s";
    }

    @Override
    public double amount() {
      return 2e-9 * m * k * n;
    }

    @Override
    public double tolerance() {
      return 1e-4;
    }

    public boolean transA() {
      return form == Form.TN;
    }

    public boolean transB() {
      return form == Form.NT;
    }

    /** Distance between the rows of A as stored. */
    public int lda() {
      return transA() ? m : k;
    }

    /** Distance between the rows of B as stored. */
    public int ldb() {
      return transB() ? k : n;
    }
  }

  /**
   * A training step of a maxout network 784–units×5–units×5–10, batch 100: dropout keeping 0.8 of
   * the image, unscaled, and 0.5 of the hidden units, scaled; mean cross-entropy; momentum 0.5,
   * learning rate 0.01; limit 1.9365 on the norm of each row of weights.
   *
   * @param adversarial cost ½·J(x) + ½·J(x + 0.25·sign ∇ₓJ(x)), made on the training network with
   *     the step's own masks: two forward passes
   * @param digits real images instead of dense random ones
   * @param dropout off when results are compared
   */
  record Maxout(int units, boolean adversarial, boolean digits, boolean dropout)
      implements Subject {
    public static final int PIECES = 5;
    public static final int BATCH = 100;
    public static final int FEATURES = 784;
    public static final int CLASSES = 10;
    public static final float RATE = 0.01f;
    public static final float MOMENTUM = 0.5f;
    public static final float LIMIT = 1.9365f;
    public static final float EPSILON = 0.25f;

    @Override
    public String key() {
      return "maxout/%d/%s/%s%s"
          .formatted(
              units,
              adversarial ? "adversarial" : "clean",
              digits ? "digits" : "dense",
              dropout ? "" : "/plain");
    }

    @Override
    public String group() {
      return "maxout-" + units;
    }

    /** Where a gradient is zero but for rounding, a sign may differ. */
    @Override
    public double tolerance() {
      return adversarial ? 0.05 : 0.005;
    }

    @Override
    public int checkedCalls() {
      return 3;
    }

    @Override
    public Subject checked() {
      return new Maxout(units, adversarial, digits, false);
    }
  }

  /** x + 0.25·sign ∇ₓJ for softmax regression on dense x [samples][784], not clipped. */
  record SoftmaxFgsm(int samples) implements Subject {
    @Override
    public String key() {
      return "softmax-fgsm/" + samples;
    }

    @Override
    public String group() {
      return "softmax-fgsm";
    }

    @Override
    public double tolerance() {
      return 0.05;
    }
  }

  /**
   * The MNIST network conv 5×5×32, ReLU, maximum pooling 2, conv 5×5×64, ReLU, maximum pooling 2,
   * dense 1024, ReLU, dense 10, padded to the same size: forward, and backward to all parameters.
   */
  record CnnStep(int batch) implements Subject {
    @Override
    public String key() {
      return "cnn-step/" + batch;
    }

    @Override
    public String group() {
      return "cnn";
    }

    @Override
    public double tolerance() {
      return 0.005;
    }
  }

  /**
   * 40 steps of 0.01 along the sign of the input gradient on that network, kept within 0.3 of the
   * image and within [0, 1], from a given start; all images as one batch.
   */
  record CnnPgd(int samples) implements Subject {
    public static final int STEPS = 40;
    public static final float STEP = 0.01f;
    public static final float EPSILON = 0.3f;

    @Override
    public String key() {
      return "cnn-pgd/" + samples;
    }

    @Override
    public String group() {
      return "cnn";
    }

    /** Forty signs in a row: where one differs, the path does. */
    @Override
    public double tolerance() {
      return 0.1;
    }
  }

  /** The subject that a key names. */
  static Subject parse(String key) {
    String[] parts = key.split("/", -1);
    return switch (parts[0]) {
      case "sgemm" -> {
        String[] sizes = parts[2].split("x", -1);
        yield new Sgemm(
            Form.valueOf(parts[1].toUpperCase(Locale.ROOT)),
            Integer.parseInt(sizes[0]),
            Integer.parseInt(sizes[1]),
            Integer.parseInt(sizes[2]));
      }
      case "maxout" ->
          new Maxout(
              Integer.parseInt(parts[1]),
              parts[2].equals("adversarial"),
              parts[3].equals("digits"),
              parts.length == 4);
      case "softmax-fgsm" -> new SoftmaxFgsm(Integer.parseInt(parts[1]));
      case "cnn-step" -> new CnnStep(Integer.parseInt(parts[1]));
      case "cnn-pgd" -> new CnnPgd(Integer.parseInt(parts[1]));
      default -> throw new IllegalArgumentException("no subject " + key);
    };
  }
}
