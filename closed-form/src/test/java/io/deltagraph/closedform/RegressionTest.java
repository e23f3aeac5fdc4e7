package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RegressionTest {
  private static final int ROWS = 9;
  private final Random random = Trials.random(21);
  private final double[][] x = Trials.matrix(random, ROWS, 3);

  private double[] labels() {
    return random.ints(ROWS, 0, 2).asDoubleStream().toArray();
  }

  private static double[][] column(double[] values) {
    return Matrices.transpose(new double[][] {values});
  }

  private static double[] biasFirst(double bias, double[] rest) {
    double[] joined = new double[rest.length + 1];
    joined[0] = bias;
    System.arraycopy(rest, 0, joined, 1, rest.length);
    return joined;
  }

  @Test
  @DisplayName(
      "F-COST-10 linear regression: ½ Σ (h − y)² has the gradient Σ (h − y) xj, and so has a net of one identity layer")
  void linear() {
    double[] y = Trials.vector(random, ROWS);
    double[] theta = Trials.vector(random, 4);
    double[] gradient = LinearRegressionFormulas.gradient(theta, x, y);
    double[] slopes = Trials.slopes((double[] t) -> LinearRegressionFormulas.cost(t, x, y), theta);
    assertThat(Trials.difference(gradient, slopes)).isLessThan(1e-10);
    double byHand = 0;
    for (int i = 0; i < ROWS; i++) {
      double h = theta[0] + theta[1] * x[i][0] + theta[2] * x[i][1] + theta[3] * x[i][2];
      byHand += 0.5 * (h - y[i]) * (h - y[i]);
    }
    assertThat(LinearRegressionFormulas.cost(theta, x, y)).isCloseTo(byHand, within(1e-14));
    Backpropagation net =
        Backpropagation.of(
            List.of(
                new DenseLayer(
                    new double[][] {{theta[1], theta[2], theta[3]}},
                    new double[] {theta[0]},
                    new Elementwise.Identity())),
            Cost.halfSquaredError(CostReduction.SUM),
            x,
            column(y));
    LayerDerivatives layer = net.layers().getFirst();
    assertThat(
            Trials.difference(
                biasFirst(layer.biasGradient()[0], layer.weightGradient()[0]), gradient))
        .isLessThan(1e-14);
    assertThat(
            Trials.difference(
                gradient,
                Trials.slopes((double[] t) -> 2 * LinearRegressionFormulas.cost(t, x, y), theta)))
        .as("the ½ matters")
        .isGreaterThan(0.4);
  }

  @Test
  @DisplayName(
      "F-COST-11 logistic regression: the cost has the gradient Σ (h − y) xj, and so has a net of one sigmoid layer")
  void logistic() {
    double[] y = labels();
    double[] theta = Trials.vector(random, 4);
    double[] gradient = LogisticRegressionFormulas.gradient(theta, x, y);
    double byHand = 0;
    for (int i = 0; i < ROWS; i++) {
      double h =
          1
              / (1
                  + Math.exp(
                      -(theta[0] + theta[1] * x[i][0] + theta[2] * x[i][1] + theta[3] * x[i][2])));
      byHand -= y[i] * Math.log(h) + (1 - y[i]) * Math.log(1 - h);
    }
    assertThat(LogisticRegressionFormulas.cost(theta, x, y)).isCloseTo(byHand, within(1e-14));
    double[] slopes =
        Trials.slopes((double[] t) -> LogisticRegressionFormulas.cost(t, x, y), theta);
    assertThat(Trials.difference(gradient, slopes)).isLessThan(1e-10);
    Backpropagation net =
        Backpropagation.of(
            List.of(
                new DenseLayer(
                    new double[][] {{theta[1], theta[2], theta[3]}},
                    new double[] {theta[0]},
                    new Elementwise.Logistic())),
            Cost.elementwiseCrossEntropy(CostReduction.SUM),
            x,
            column(y));
    LayerDerivatives layer = net.layers().getFirst();
    assertThat(
            Trials.difference(
                biasFirst(layer.biasGradient()[0], layer.weightGradient()[0]), gradient))
        .isLessThan(1e-14);
    double[] ascent =
        Trials.slopes((double[] t) -> LogisticRegressionFormulas.logLikelihood(t, x, y), theta);
    for (int j = 0; j < 4; j++) {
      assertThat(ascent[j]).isCloseTo(-gradient[j], within(1e-9));
    }
  }

  @Test
  @DisplayName(
      "F-COST-15 softmax likelihood, K rows: the gradient is Σ (1{y=l} − p_l) x, and a softmax layer has its negative")
  void softmax() {
    int[] labels = random.ints(ROWS, 0, 3).toArray();
    double[][] theta = Trials.matrix(random, 3, 4);
    double[][] gradient = SoftmaxRegressionFormulas.logLikelihoodGradient(theta, x, labels);
    double byHand = 0;
    for (int i = 0; i < ROWS; i++) {
      double sum = 0;
      double own = 0;
      for (int l = 0; l < 3; l++) {
        double z =
            theta[l][0] + theta[l][1] * x[i][0] + theta[l][2] * x[i][1] + theta[l][3] * x[i][2];
        sum += Math.exp(z);
        own += l == labels[i] ? z : 0;
      }
      byHand += own - Math.log(sum);
    }
    assertThat(SoftmaxRegressionFormulas.logLikelihood(theta, x, labels))
        .isCloseTo(byHand, within(1e-13));
    double[][] slopes =
        Trials.slopes(t -> SoftmaxRegressionFormulas.logLikelihood(t, x, labels), theta);
    assertThat(Trials.difference(gradient, slopes)).isLessThan(1e-10);
    assertSameAsNet(
        theta,
        new SoftmaxActivation(),
        Cost.categoricalCrossEntropy(CostReduction.SUM),
        oneHot(labels, 3),
        gradient);
  }

  @Test
  @DisplayName(
      "F-COST-16 softmax likelihood, K − 1 rows: the same gradient for l < K, and a reduced layer has its negative")
  void reducedSoftmax() {
    int[] labels = random.ints(ROWS, 0, 3).toArray();
    double[][] theta = Trials.matrix(random, 2, 4);
    double[][] gradient = SoftmaxRegressionFormulas.reducedLogLikelihoodGradient(theta, x, labels);
    double[][] slopes =
        Trials.slopes(t -> SoftmaxRegressionFormulas.reducedLogLikelihood(t, x, labels), theta);
    assertThat(Trials.difference(gradient, slopes)).isLessThan(1e-10);
    double[][] full = {theta[0], theta[1], new double[4]};
    assertThat(SoftmaxRegressionFormulas.reducedLogLikelihood(theta, x, labels))
        .isCloseTo(SoftmaxRegressionFormulas.logLikelihood(full, x, labels), within(1e-14));
    double[][] targets = new double[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      targets[i] = SoftmaxRegressionFormulas.reducedTarget(labels[i], 3);
    }
    assertSameAsNet(
        theta,
        new ReducedSoftmax(),
        new Cost.ReducedCategoricalCrossEntropy(CostReduction.SUM),
        targets,
        gradient);
  }

  private void assertSameAsNet(
      double[][] theta,
      Activation activation,
      Cost cost,
      double[][] targets,
      double[][] likelihoodGradient) {
    DenseLayer layer =
        new DenseLayer(
            BiasColumnFormulas.weights(theta), BiasColumnFormulas.bias(theta), activation);
    LayerDerivatives derivatives =
        Backpropagation.of(List.of(layer), cost, x, targets).layers().getFirst();
    double[][] joined =
        BiasColumnFormulas.join(derivatives.weightGradient(), derivatives.biasGradient());
    for (double[] row : joined) {
      for (int j = 0; j < row.length; j++) {
        row[j] = -row[j];
      }
    }
    assertThat(Trials.difference(joined, likelihoodGradient)).isLessThan(1e-14);
  }

  private static double[][] oneHot(int[] labels, int classes) {
    double[][] t = new double[labels.length][classes];
    for (int i = 0; i < labels.length; i++) {
      t[i][labels[i]] = 1;
    }
    return t;
  }

  @Test
  @DisplayName(
      "F-MIN-05 F-MIN-15 the normal equations on the house prices leave no gradient, and agree with Cramer's rule")
  void normalEquations() {
    double[][] houses = LinearRegressionFormulas.houses();
    double[] prices = LinearRegressionFormulas.housePrices();
    assertThat(houses)
        .isDeepEqualTo(new double[][] {{2104, 3}, {1600, 2}, {2400, 3}, {1416, 2}, {3000, 4}});
    assertThat(prices).containsExactly(400, 330, 369, 232, 540);
    double[] theta = LinearRegressionFormulas.normalEquations(houses, prices);
    double[] gradient = LinearRegressionFormulas.gradient(theta, houses, prices);
    double[] atZero = LinearRegressionFormulas.gradient(new double[3], houses, prices);
    for (int j = 0; j < 3; j++) {
      assertThat(Math.abs(gradient[j] / atZero[j])).isLessThan(1e-12);
    }
    // by hand: Σ1 = 5, Σa = 10520, Σr = 14, Σa² = 23751872, Σar = 31544, Σr² = 42; Σp = 1871, Σap =
    // 4203712, Σrp = 5591
    double[][] m = {{5, 10520, 14}, {10520, 23751872, 31544}, {14, 31544, 42}};
    double[] v = {1871, 4203712, 5591};
    double determinant = determinant(m);
    for (int j = 0; j < 3; j++) {
      double[][] replaced = Matrices.copy(m);
      for (int i = 0; i < 3; i++) {
        replaced[i][j] = v[i];
      }
      assertThat(theta[j])
          .isCloseTo(
              determinant(replaced) / determinant, within(1e-9 * Math.max(1, Math.abs(theta[j]))));
    }
  }

  private static double determinant(double[][] m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  }

  @Test
  @DisplayName(
      "F-MIN-07 under Gaussian noise the likelihood is largest where the squares are least, whatever the deviation")
  void gaussianLikelihood() {
    double[] y = Trials.vector(random, ROWS);
    double[] best = LinearRegressionFormulas.normalEquations(x, y);
    for (double deviation : new double[] {0.1, 1, 30}) {
      double product = 1;
      for (int i = 0; i < ROWS; i++) {
        double e = (y[i] - LinearRegressionFormulas.hypothesis(best, x[i])) / deviation;
        product *= Math.exp(-0.5 * e * e) / (Math.sqrt(2 * Math.PI) * deviation);
      }
      double atBest = LinearRegressionFormulas.logLikelihood(best, x, y, deviation);
      assertThat(atBest).isCloseTo(Math.log(product), within(1e-9));
      for (int trial = 0; trial < 200; trial++) {
        double[] other = best.clone();
        double[] shift = Trials.vector(random, 4);
        for (int j = 0; j < 4; j++) {
          other[j] += shift[j];
        }
        assertThat(LinearRegressionFormulas.logLikelihood(other, x, y, deviation))
            .isLessThan(atBest);
        // the difference of likelihoods is the difference of squares over s²
        assertThat(
                (atBest - LinearRegressionFormulas.logLikelihood(other, x, y, deviation))
                    * deviation
                    * deviation)
            .isCloseTo(
                LinearRegressionFormulas.cost(other, x, y)
                    - LinearRegressionFormulas.cost(best, x, y),
                within(1e-9));
      }
    }
  }

  @Test
  @DisplayName("F-MIN-08 −ln of the product of h^y (1 − h)^{1−y} is the logistic cost")
  void bernoulliLikelihood() {
    double[] y = labels();
    double[] theta = Trials.vector(random, 4);
    double product = 1;
    for (int i = 0; i < ROWS; i++) {
      double h = LogisticRegressionFormulas.hypothesis(theta, x[i]);
      product *= LogisticRegressionFormulas.bernoulli(h, (int) y[i]);
      assertThat(LogisticRegressionFormulas.bernoulli(h, (int) y[i]))
          .isCloseTo(Math.pow(h, y[i]) * Math.pow(1 - h, 1 - y[i]), within(1e-16));
    }
    assertThat(LogisticRegressionFormulas.cost(theta, x, y))
        .isCloseTo(-Math.log(product), within(1e-13));
  }
}
