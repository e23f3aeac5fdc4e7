package io.deltagraph.closedform;

/** An activation that treats every neuron alone, so that its Jacobian is {@code diag φ'(z)}. */
public sealed interface Elementwise extends Activation
    permits Elementwise.Identity,
        Elementwise.Linear,
        Elementwise.Heaviside,
        Elementwise.Sign,
        Elementwise.Relu,
        Elementwise.ParametricRelu,
        Elementwise.Logistic,
        Elementwise.Logit,
        Elementwise.Tanh,
        Elementwise.ExponentialLinear,
        FurtherActivations {

  /** {@code φ(x)}. */
  double valueAt(double x);

  /** {@code φ'(x)}; at a point where φ has none, the value that the record documents. */
  double derivativeAt(double x);

  /**
   * The magnitude of the terms added in {@code φ'(x)}; its absolute value where nothing is
   * subtracted.
   */
  default double derivativeScaleAt(double x) {
    return Math.abs(derivativeAt(x));
  }

  @Override
  default double[] value(double[] z) {
    double[] a = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      a[j] = valueAt(z[j]);
    }
    return a;
  }

  @Override
  default double[] pullback(double[] z, double[] gradient) {
    Matrices.requireSize(gradient.length, z.length, "the length of the gradient");
    double[] delta = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      delta[j] = derivativeAt(z[j]) * gradient[j];
    }
    return delta;
  }

  @Override
  default double[] pushforward(double[] z, double[] change) {
    return pullback(z, change); // diag φ' is symmetric
  }

  @Override
  default double[] pullbackScale(double[] z, double[] scale) {
    double[] result = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      result[j] = derivativeScaleAt(z[j]) * scale[j];
    }
    return result;
  }

  /** {@code φ(x) = x}, {@code φ'(x) = 1} (003 eq. 3). */
  record Identity() implements Elementwise {
    @Override
    public double valueAt(double x) {
      return x;
    }

    @Override
    public double derivativeAt(double x) {
      return 1;
    }
  }

  /** {@code φ(x) = k x}, {@code φ'(x) = k}, with k > 0 (003 eq. 1–2). */
  record Linear(double k) implements Elementwise {
    public Linear {
      requirePositive(k, "the slope k");
    }

    @Override
    public double valueAt(double x) {
      return k * x;
    }

    @Override
    public double derivativeAt(double x) {
      return k;
    }
  }

  /**
   * {@code H(x) = 0 if x < 0 else 1} (000 §1.1, 003 eq. 4).
   *
   * <p>Its derivative is 0 away from 0 and a Dirac impulse in theory (003 eq. 5); 0 is returned
   * everywhere.
   */
  record Heaviside() implements Elementwise {
    @Override
    public double valueAt(double x) {
      return x < 0 ? 0 : 1;
    }

    @Override
    public double derivativeAt(double x) {
      return 0;
    }
  }

  /**
   * {@code S(x) = −1 if x < 0 else 1 = 2 H(x) − 1} (003 eq. 6–7): 1 at 0, unlike most libraries;
   * derivative as {@link Heaviside}.
   */
  record Sign() implements Elementwise {
    @Override
    public double valueAt(double x) {
      return x < 0 ? -1 : 1;
    }

    @Override
    public double derivativeAt(double x) {
      return 0;
    }
  }

  /**
   * {@code ReLU(x) = max(x, 0) = x H(x)} (003 eq. 8), {@code ReLU'(x) = H(x)} away from 0.
   *
   * @param derivativeAtZero the value taken at the kink: 0 as the engine has it, 1 by the H of file
   *     003
   */
  record Relu(double derivativeAtZero) implements Elementwise {
    /** The engine's convention, {@code ReLU'(0) = 0}. */
    public Relu() {
      this(0);
    }

    @Override
    public double valueAt(double x) {
      return Math.max(x, 0);
    }

    @Override
    public double derivativeAt(double x) {
      return x == 0 ? derivativeAtZero : x > 0 ? 1 : 0;
    }
  }

  /**
   * {@code PReLU(x) = α x if x < 0 else x = ReLU(x) − α ReLU(−x)} (003 eq. 9), {@code φ' = α or 1};
   * α at 0, the slope of the left side, as ReLU has it.
   *
   * @param alpha the slope of the negative side
   */
  record ParametricRelu(double alpha) implements Elementwise {
    @Override
    public double valueAt(double x) {
      return x < 0 ? alpha * x : x;
    }

    @Override
    public double derivativeAt(double x) {
      return x > 0 ? 1 : alpha;
    }

    /** {@code ∂φ/∂α = x if x < 0 else 0}. */
    public double alphaDerivativeAt(double x) {
      return x < 0 ? x : 0;
    }
  }

  /**
   * {@code σ_c(x) = 1 / (1 + e^{−c x})}, {@code σ_c' = c σ_c (1 − σ_c)}, c > 0 (000 §3.2, 002, 003
   * eq. 10).
   */
  record Logistic(double c) implements Elementwise {
    public Logistic {
      requirePositive(c, "the slope c");
    }

    /** The standard logistic function, c = 1. */
    public Logistic() {
      this(1);
    }

    @Override
    public double valueAt(double x) {
      return 1 / (1 + Math.exp(-c * x));
    }

    @Override
    public double derivativeAt(double x) {
      return c
          * valueAt(x)
          * valueAt(-x); // 1 − σ(x) = σ(−x), which keeps its digits where σ is nearly 1
    }

    @Override
    public double derivativeScaleAt(double x) {
      double s = valueAt(x);
      return c * s * (1 + s);
    }
  }

  /**
   * {@code φ(x) = ln(x / (1 − x))} on (0, 1), {@code φ'(x) = 1 / (x (1 − x))} (003 eq. 11): the
   * inverse of {@link Logistic}.
   */
  record Logit() implements Elementwise {
    @Override
    public double valueAt(double x) {
      return Math.log(x / (1 - x));
    }

    @Override
    public double derivativeAt(double x) {
      return 1 / (x * (1 - x));
    }
  }

  /**
   * {@code tanh(x) = (e^x − e^−x)/(e^x + e^−x) = 2 σ_2(x) − 1}, {@code φ' = 1 − tanh² = 1 / cosh²}
   * (003 eq. 12).
   */
  record Tanh() implements Elementwise {
    @Override
    public double valueAt(double x) {
      return Math.tanh(x);
    }

    @Override
    public double derivativeAt(double x) {
      double cosh = Math.cosh(x);
      return 1 / cosh / cosh; // no cancellation where tanh is nearly ±1
    }

    @Override
    public double derivativeScaleAt(double x) {
      double t = valueAt(x);
      return 1 + t * t;
    }
  }

  /**
   * {@code x if x > 0 else α (e^x − 1)}, {@code φ' = 1 or α e^x}; α at 0 (Clevert and others 2016;
   * not in the notes).
   *
   * @param alpha how deep the negative side goes
   */
  record ExponentialLinear(double alpha) implements Elementwise {
    @Override
    public double valueAt(double x) {
      return x > 0 ? x : alpha * Math.expm1(x);
    }

    @Override
    public double derivativeAt(double x) {
      return x > 0 ? 1 : alpha * Math.exp(x);
    }

    @Override
    public double derivativeScaleAt(double x) {
      return x > 0
          ? 1
          : Math.abs(alpha) * (2 + Math.exp(x)); // where it is written as elu(x) + α it subtracts
    }
  }

  private static void requirePositive(double value, String what) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(what + " is " + value + ", expected a positive number");
    }
  }
}
