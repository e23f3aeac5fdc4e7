package io.deltagraph.closedform;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * A cost C of the outputs A against the targets T, both n x k with samples as rows; it states its
 * reduction.
 *
 * <p>A loss that another library takes from logits is here the pair of an activation and a cost:
 * {@link Elementwise.Logistic} with {@link #elementwiseCrossEntropy}, {@link SoftmaxActivation}
 * with {@link #categoricalCrossEntropy}.
 */
public sealed interface Cost {

  /** {@code C(A, T)}. */
  double value(double[][] outputs, double[][] targets);

  /** {@code ∂C/∂A}, n x k. */
  double[][] gradient(double[][] outputs, double[][] targets);

  /** The magnitude of the terms added in {@link #gradient}, n x k. */
  double[][] gradientScale(double[][] outputs, double[][] targets);

  /**
   * {@code ½ ‖a − t‖²} per sample (000 §4.1; 003 eq. 37); its mean over α samples with {@link
   * CostReduction#MEAN_OVER_SAMPLES} (000 §4.4).
   */
  static Cost halfSquaredError(CostReduction reduction) {
    return new Summed(new CostTerm.HalfSquaredError(), reduction);
  }

  /** {@code 1/(n k) Σi Σj (t − a)²} (001; 003 eq. 20–21). */
  static Cost meanSquaredError() {
    return new Summed(new CostTerm.SquaredError(), CostReduction.MEAN_OVER_ALL);
  }

  /** {@code Σ (a − t)²} (003 eq. 19). */
  static Cost squaredDistance(CostReduction reduction) {
    return new Summed(new CostTerm.SquaredError(), reduction);
  }

  /** {@code 1/(n k) Σ |a − t|} (001). */
  static Cost meanAbsoluteError() {
    return new Summed(new CostTerm.AbsoluteError(), CostReduction.MEAN_OVER_ALL);
  }

  /** {@code Σ max(0, 1 − t z)}, labels ±1 (003). */
  static Cost hinge(CostReduction reduction) {
    return new Summed(new CostTerm.Hinge(), reduction);
  }

  /** {@code −Σ [t ln a + (1 − t) ln(1 − a)]} over outputs; 002 and 004 divide by n. */
  static Cost elementwiseCrossEntropy(CostReduction reduction) {
    return new Summed(new CostTerm.ElementwiseCrossEntropy(), reduction);
  }

  /** {@code −Σ t ln a} over outputs; 001 and 004 divide by n. */
  static Cost categoricalCrossEntropy(CostReduction reduction) {
    return new Summed(new CostTerm.CategoricalCrossEntropy(), reduction);
  }

  /**
   * A sum of one term per output, times the factor of the reduction.
   *
   * @param term the cost of one output
   * @param reduction sum or mean
   */
  record Summed(CostTerm term, CostReduction reduction) implements Cost {
    @Override
    public double value(double[][] outputs, double[][] targets) {
      Matrices.requireSameShape(outputs, targets, "outputs", "targets");
      double sum = 0;
      for (int i = 0; i < outputs.length; i++) {
        for (int j = 0; j < outputs[i].length; j++) {
          sum += term.value(outputs[i][j], targets[i][j]);
        }
      }
      return sum * reduction.factor(outputs.length, outputs[0].length);
    }

    @Override
    public double[][] gradient(double[][] outputs, double[][] targets) {
      Matrices.requireSameShape(outputs, targets, "outputs", "targets");
      return each(outputs, targets, term::slope);
    }

    @Override
    public double[][] gradientScale(double[][] outputs, double[][] targets) {
      Matrices.requireSameShape(outputs, targets, "outputs", "targets");
      return each(outputs, targets, term::slopeScale);
    }

    private double[][] each(
        double[][] outputs, double[][] targets, java.util.function.DoubleBinaryOperator f) {
      double factor = reduction.factor(outputs.length, outputs[0].length);
      double[][] result = new double[outputs.length][outputs[0].length];
      for (int i = 0; i < outputs.length; i++) {
        for (int j = 0; j < outputs[i].length; j++) {
          result[i][j] = factor * f.applyAsDouble(outputs[i][j], targets[i][j]);
        }
      }
      return result;
    }
  }

  /**
   * {@code max |a − t|} over all samples and outputs (003 eq. 17, with the absolute value that it
   * lacks).
   *
   * <p>Gradient {@code sign(a − t)} at the arg max and 0 elsewhere; m entries that tie get {@code
   * sign / m} each; 0 where the maximum is 0.
   */
  record Supremum() implements Cost {
    @Override
    public double value(double[][] outputs, double[][] targets) {
      Matrices.requireSameShape(outputs, targets, "outputs", "targets");
      double largest = 0;
      for (int i = 0; i < outputs.length; i++) {
        for (int j = 0; j < outputs[i].length; j++) {
          largest = Math.max(largest, Math.abs(outputs[i][j] - targets[i][j]));
        }
      }
      return largest;
    }

    @Override
    public double[][] gradient(double[][] outputs, double[][] targets) {
      double largest = value(outputs, targets);
      double[][] result = new double[outputs.length][outputs[0].length];
      int ties = 0;
      for (int i = 0; i < outputs.length; i++) {
        for (int j = 0; j < outputs[i].length; j++) {
          double e = outputs[i][j] - targets[i][j];
          if (Math.abs(e) == largest) {
            result[i][j] = Math.signum(e);
            ties++;
          }
        }
      }
      for (double[] row : result) {
        for (int j = 0; j < row.length; j++) {
          row[j] /= ties;
        }
      }
      return result;
    }

    @Override
    public double[][] gradientScale(double[][] outputs, double[][] targets) {
      return Matrices.absolute(gradient(outputs, targets));
    }
  }

  /**
   * {@code −Σi [Σ(j<K) t_j ln p_j + (1 − Σ(j<K) t_j) ln p_K]}: the categorical cross entropy for
   * {@link ReducedSoftmax} (002).
   *
   * <p>Targets have K − 1 columns, all 0 for class K; {@code p_K = 1 − Σ p_j}.
   */
  record ReducedCategoricalCrossEntropy(CostReduction reduction) implements Cost {
    @Override
    public double value(double[][] outputs, double[][] targets) {
      Matrices.requireSameShape(outputs, targets, "outputs", "targets");
      double sum = 0;
      for (int i = 0; i < outputs.length; i++) {
        double restProbability = 1;
        double restTarget = 1;
        for (int j = 0; j < outputs[i].length; j++) {
          sum -= targets[i][j] == 0 ? 0 : targets[i][j] * Math.log(outputs[i][j]);
          restProbability -= outputs[i][j];
          restTarget -= targets[i][j];
        }
        sum -= restTarget == 0 ? 0 : restTarget * Math.log(restProbability);
      }
      return factor(outputs) * sum;
    }

    @Override
    public double[][] gradient(double[][] outputs, double[][] targets) {
      return derivative(outputs, targets, -1);
    }

    @Override
    public double[][] gradientScale(double[][] outputs, double[][] targets) {
      return derivative(Matrices.absolute(outputs), targets, 1);
    }

    /** {@code −t_j/p_j + t_K/p_K}; with sign 1 the same terms added by their magnitudes. */
    private double[][] derivative(double[][] outputs, double[][] targets, int sign) {
      Matrices.requireSameShape(outputs, targets, "outputs", "targets");
      double[][] result = new double[outputs.length][outputs[0].length];
      for (int i = 0; i < outputs.length; i++) {
        double restProbability = 1;
        double restTarget = 1;
        for (int j = 0; j < outputs[i].length; j++) {
          restProbability -= outputs[i][j];
          restTarget -= targets[i][j];
        }
        double reference = restTarget == 0 ? 0 : restTarget / restProbability;
        for (int j = 0; j < outputs[i].length; j++) {
          double own = targets[i][j] == 0 ? 0 : targets[i][j] / outputs[i][j];
          result[i][j] = factor(outputs) * (sign * own + reference);
        }
      }
      return result;
    }

    /** The reference class counts as an output. */
    double factor(double[][] outputs) {
      return reduction.factor(outputs.length, outputs[0].length + 1);
    }
  }

  /**
   * A cost whose samples count with weights: {@code Σi w_i c_i} of the samples' own costs, divided
   * as its reduction divides. It is linear in the w, so that each row of a gradient, and so of
   * every delta, is multiplied by the weight of its sample.
   *
   * @param cost the cost where all count the same; not the supremum, which no sample has a part of
   * @param weights w, not negative, n
   */
  @SuppressWarnings("ArrayRecordComponent") // plain arrays are the point
  record Weighted(Cost cost, double[] weights) implements Cost {
    /** Checks that the cost is a sum over samples. */
    public Weighted {
      if (!(cost instanceof Summed) && !(cost instanceof ReducedCategoricalCrossEntropy)) {
        throw new IllegalArgumentException("no weights for " + cost + ", which is no sum");
      }
    }

    @Override
    public double value(double[][] outputs, double[][] targets) {
      return sum(i -> cost.value(new double[][] {outputs[i]}, new double[][] {targets[i]}));
    }

    /** The weighted sum of what each sample costs alone, divided by n if a mean. */
    double sum(IntToDoubleFunction alone) {
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * alone.applyAsDouble(i);
      }
      return switch (reduction()) {
        case SUM -> sum;
        case MEAN_OVER_SAMPLES, MEAN_OVER_ALL -> sum / weights.length;
      };
    }

    private CostReduction reduction() {
      return switch (cost) {
        case Summed summed -> summed.reduction();
        case ReducedCategoricalCrossEntropy reduced -> reduced.reduction();
        case Supremum none -> throw new IllegalArgumentException("no sum: " + none);
        case Weighted twice -> throw new IllegalArgumentException("weighted already: " + twice);
      };
    }

    @Override
    public double[][] gradient(double[][] outputs, double[][] targets) {
      return rows(cost.gradient(outputs, targets));
    }

    @Override
    public double[][] gradientScale(double[][] outputs, double[][] targets) {
      return rows(cost.gradientScale(outputs, targets));
    }

    /** Each row times its weight. */
    double[][] rows(double[][] matrix) {
      double[][] result = new double[matrix.length][];
      for (int i = 0; i < matrix.length; i++) {
        double weight = weights[i];
        result[i] = Arrays.stream(matrix[i]).map(x -> weight * x).toArray();
      }
      return result;
    }
  }
}
