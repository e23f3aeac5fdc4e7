package io.deltagraph.closedform;

/**
 * The cost of one output of one sample, {@code c(a, t)}, with its hand-derived slope {@code ∂c/∂a}.
 */
public sealed interface CostTerm {

  /** {@code c(a, t)}. */
  double value(double a, double t);

  /** {@code ∂c/∂a}. */
  double slope(double a, double t);

  /** The magnitude of the terms added in the slope: {@code |a| + |t|} for {@code a − t}. */
  double slopeScale(double a, double t);

  /** {@code ½ (a − t)²}, slope {@code a − t} (000 §4.1, 4.3; 003 eq. 37). */
  record HalfSquaredError() implements CostTerm {
    @Override
    public double value(double a, double t) {
      return 0.5 * (a - t) * (a - t);
    }

    @Override
    public double slope(double a, double t) {
      return a - t;
    }

    @Override
    public double slopeScale(double a, double t) {
      return Math.abs(a) + Math.abs(t);
    }
  }

  /** {@code (a − t)²}, slope {@code 2 (a − t)} (001, 003 eq. 19, 21). */
  record SquaredError() implements CostTerm {
    @Override
    public double value(double a, double t) {
      return (a - t) * (a - t);
    }

    @Override
    public double slope(double a, double t) {
      return 2 * (a - t);
    }

    @Override
    public double slopeScale(double a, double t) {
      return 2 * (Math.abs(a) + Math.abs(t));
    }
  }

  /** {@code |a − t|}, slope {@code sign(a − t)}, 0 at a tie (001, named only). */
  record AbsoluteError() implements CostTerm {
    @Override
    public double value(double a, double t) {
      return Math.abs(a - t);
    }

    @Override
    public double slope(double a, double t) {
      return Math.signum(a - t);
    }

    @Override
    public double slopeScale(double a, double t) {
      return 1;
    }
  }

  /**
   * {@code max(0, 1 − t z)} for labels t = ±1, slope {@code −t if t z < 1 else 0} (003, named
   * only).
   */
  record Hinge() implements CostTerm {
    @Override
    public double value(double z, double t) {
      return Math.max(0, 1 - t * z);
    }

    @Override
    public double slope(double z, double t) {
      return t * z < 1 ? -t : 0;
    }

    @Override
    public double slopeScale(double z, double t) {
      return Math.abs(t);
    }
  }

  /** {@code −[t ln a + (1 − t) ln(1 − a)]}, slope {@code (a − t)/(a (1 − a))} (002, 004). */
  record ElementwiseCrossEntropy() implements CostTerm {
    @Override
    public double value(double a, double t) {
      return -timesLog(t, Math.log(a)) - timesLog(1 - t, Math.log1p(-a));
    }

    @Override
    public double slope(double a, double t) {
      return (a - t) / (a * (1 - a));
    }

    @Override
    public double slopeScale(double a, double t) {
      return (Math.abs(a) + Math.abs(t)) / Math.abs(a * (1 - a));
    }
  }

  /** {@code −t ln a}, slope {@code −t / a} (001, 004). */
  record CategoricalCrossEntropy() implements CostTerm {
    @Override
    public double value(double a, double t) {
      return -timesLog(t, Math.log(a));
    }

    @Override
    public double slope(double a, double t) {
      return t == 0 ? 0 : -t / a;
    }

    @Override
    public double slopeScale(double a, double t) {
      return Math.abs(slope(a, t));
    }
  }

  /**
   * {@code t ln(t / a)}: the categorical cross entropy less the entropy of the targets; slope
   * {@code −t / a}. Not in the notes.
   */
  record KullbackLeibler() implements CostTerm {
    @Override
    public double value(double a, double t) {
      return t == 0 ? 0 : t * (Math.log(t) - Math.log(a));
    }

    @Override
    public double slope(double a, double t) {
      return t == 0 ? 0 : -t / a;
    }

    @Override
    public double slopeScale(double a, double t) {
      return Math.abs(slope(a, t));
    }
  }

  /**
   * {@code ½ e² if |e| ≤ d else d (|e| − ½ d)} with {@code e = a − t}, slope {@code e} clipped to
   * ±d. Not in the notes.
   */
  record Huber(double d) implements CostTerm {
    @Override
    public double value(double a, double t) {
      double e = Math.abs(a - t);
      return e <= d ? 0.5 * e * e : d * (e - 0.5 * d);
    }

    @Override
    public double slope(double a, double t) {
      return Math.max(-d, Math.min(d, a - t));
    }

    @Override
    public double slopeScale(double a, double t) {
      return Math.abs(a - t) <= d ? Math.abs(a) + Math.abs(t) : d;
    }
  }

  /** {@code weight · log} with {@code 0 · ln 0 = 0}. */
  private static double timesLog(double weight, double log) {
    return weight == 0 ? 0 : weight * log;
  }
}
