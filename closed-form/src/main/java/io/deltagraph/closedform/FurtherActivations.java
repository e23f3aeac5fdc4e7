package io.deltagraph.closedform;

/**
 * Activations that the lecture notes do not treat, so that a net with them has its closed-form
 * column too.
 *
 * <p>Each is named by its usual formula; the derivatives are worked out by hand in the constants'
 * comments.
 */
public enum FurtherActivations implements Elementwise {
  /** {@code ln(1 + e^x)}, derivative {@code σ(x)}. */
  SOFTPLUS {
    @Override
    public double valueAt(double x) {
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    @Override
    public double derivativeAt(double x) {
      return sigmoid(x);
    }
  },
  /** {@code x / (1 + |x|)}, derivative {@code 1 / (1 + |x|)²}. */
  SOFTSIGN {
    @Override
    public double valueAt(double x) {
      return x / (1 + Math.abs(x));
    }

    @Override
    public double derivativeAt(double x) {
      double d = 1 + Math.abs(x);
      return 1 / (d * d);
    }
  },
  /** {@code x σ(x)}, derivative {@code σ + x σ (1 − σ)}. */
  SILU {
    @Override
    public double valueAt(double x) {
      return x * sigmoid(x);
    }

    @Override
    public double derivativeAt(double x) {
      return sigmoid(x) + x * sigmoid(x) * sigmoid(-x);
    }

    @Override
    public double derivativeScaleAt(double x) {
      return sigmoid(x) * (1 + Math.abs(x) * (1 + sigmoid(x)));
    }
  },
  /** {@code ln σ(x)}, derivative {@code σ(−x)}. */
  LOG_SIGMOID {
    @Override
    public double valueAt(double x) {
      return -SOFTPLUS.valueAt(-x);
    }

    @Override
    public double derivativeAt(double x) {
      return sigmoid(-x);
    }

    @Override
    public double derivativeScaleAt(double x) {
      return 1 + sigmoid(x);
    }
  },
  /** {@code x tanh(ln(1 + e^x))}, derivative {@code t + x (1 − t²) σ(x)} with t the tanh. */
  MISH {
    @Override
    public double valueAt(double x) {
      return x * Math.tanh(SOFTPLUS.valueAt(x));
    }

    @Override
    public double derivativeAt(double x) {
      double cosh = Math.cosh(SOFTPLUS.valueAt(x));
      return Math.tanh(SOFTPLUS.valueAt(x)) + x * sigmoid(x) / cosh / cosh;
    }

    @Override
    public double derivativeScaleAt(double x) {
      double t = Math.tanh(SOFTPLUS.valueAt(x));
      return t + Math.abs(x) * sigmoid(x) * (1 + t * t);
    }
  },
  /**
   * {@code λ (x if x > 0 else α (e^x − 1))} with the constants of Klambauer and others (2017); λ α
   * at 0.
   */
  SELU {
    @Override
    public double valueAt(double x) {
      return SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x));
    }

    @Override
    public double derivativeAt(double x) {
      return SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * Math.exp(x));
    }

    @Override
    public double derivativeScaleAt(double x) {
      return SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * (2 + Math.exp(x)));
    }
  },
  /** {@code x Φ(x)}, derivative {@code Φ(x) + x φ(x)} with Φ and φ of the standard normal law. */
  GELU {
    @Override
    public double valueAt(double x) {
      return x * NormalLaw.cumulative(x);
    }

    @Override
    public double derivativeAt(double x) {
      return NormalLaw.cumulative(x) + x * NormalLaw.density(x);
    }

    @Override
    public double derivativeScaleAt(double x) {
      return 1 + Math.abs(x) * NormalLaw.density(x); // Φ as ½ (1 + erf) subtracts on the left
    }
  },
  /**
   * {@code ½ x (1 + t)} with {@code t = tanh(k (x + 0.044715 x³))}, {@code k = √(2/π)}; derivative
   * {@code ½ (1 + t) + ½ x (1 − t²) k (1 + 3·0.044715 x²)}.
   */
  GELU_TANH {
    @Override
    public double valueAt(double x) {
      return 0.5 * x * (1 + Math.tanh(inner(x)));
    }

    @Override
    public double derivativeAt(double x) {
      double cosh = Math.cosh(inner(x));
      return 0.5 * (1 + Math.tanh(inner(x))) + 0.5 * x / cosh / cosh * innerSlope(x);
    }

    @Override
    public double derivativeScaleAt(double x) {
      double t = Math.abs(Math.tanh(inner(x)));
      return 0.5 * (1 + t) + 0.5 * Math.abs(x) * (1 + t * t) * innerSlope(x);
    }

    private double inner(double x) {
      return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
    }

    private double innerSlope(double x) {
      return Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
    }
  };

  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final double SELU_SCALE = 1.0507009873554805;

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
