package advx.attacks;

import advx.engine.InputException;
import java.util.Locale;

/** How the size of a perturbation δ is measured; always in double, terms added in order. */
public enum Norm {
  /** max |δᵢ|. */
  LINF {
    @Override
    public double of(double[] delta) {
      double max = 0;
      for (double d : delta) {
        max = Math.max(max, Math.abs(d));
      }
      return max;
    }
  },

  /** √Σ δᵢ². */
  L2 {
    @Override
    public double of(double[] delta) {
      double sum = 0;
      for (double d : delta) {
        sum += d * d;
      }
      return Math.sqrt(sum);
    }
  },

  /** Σ |δᵢ|. */
  L1 {
    @Override
    public double of(double[] delta) {
      double sum = 0;
      for (double d : delta) {
        sum += Math.abs(d);
      }
      return sum;
    }
  };

  /** ‖δ‖; NaN if an element is NaN. */
  public abstract double of(double[] delta);

  /**
   * The dual norm, the one for which max {⟨w, δ⟩ : ‖δ‖ ≤ ε} = ε·‖w‖: L1 for L∞, L2 for itself, L∞
   * for L1.
   */
  public Norm dual() {
    return switch (this) {
      case LINF -> L1;
      case L2 -> L2;
      case L1 -> LINF;
    };
  }

  /** The word that stands for it in settings: {@code linf}, {@code l2}, {@code l1}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The norm of that word. */
  public static Norm parse(String word) {
    for (Norm norm : values()) {
      if (norm.word().equalsIgnoreCase(word)) {
        return norm;
      }
    }
    throw new InputException("The norm '%s' is not known: give linf, l2 or l1.".formatted(word));
  }
}
