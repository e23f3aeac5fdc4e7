package io.deltagraph.closedform;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The nets that the tests of the backward pass run over: every activation hidden, every kind of
 * cost at the output.
 */
final class NetCases {
  private NetCases() {}

  /** A net with its data; the cost is recomputed below without the code under test. */
  record Case(String name, Activation hidden, Activation output, Cost cost, Targets targets) {
    @Override
    public String toString() {
      return name;
    }
  }

  enum Targets {
    REAL,
    SIGNS,
    PROBABILITIES,
    ONE_HOT,
    DISTRIBUTION,
    SOFT_WITHOUT_SUM,
    REDUCED
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    List<Activation> hidden = new ArrayList<>(List.of(FurtherActivations.values()));
    hidden.addAll(
        List.of(
            new Elementwise.Identity(),
            new Elementwise.Linear(0.7),
            new Elementwise.Relu(),
            new Elementwise.ParametricRelu(0.3),
            new Elementwise.ExponentialLinear(0.7),
            new Elementwise.Logistic(),
            new Elementwise.Logistic(2.5),
            new Elementwise.Tanh(),
            new SoftmaxActivation(1.5),
            new ReducedSoftmax()));
    for (Activation activation : hidden) {
      cases.add(
          new Case(
              activation + ", half squared error",
              activation,
              new Elementwise.Tanh(),
              Cost.halfSquaredError(CostReduction.MEAN_OVER_SAMPLES),
              Targets.REAL));
    }
    Elementwise.Tanh tanh = new Elementwise.Tanh();
    Elementwise.Identity identity = new Elementwise.Identity();
    for (CostReduction reduction : CostReduction.values()) {
      cases.add(
          new Case(
              "half squared, " + reduction,
              tanh,
              identity,
              Cost.halfSquaredError(reduction),
              Targets.REAL));
      cases.add(
          new Case(
              "squared, " + reduction, tanh, tanh, Cost.squaredDistance(reduction), Targets.REAL));
      cases.add(
          new Case("hinge, " + reduction, tanh, identity, Cost.hinge(reduction), Targets.SIGNS));
      cases.add(
          new Case(
              "sigmoid, element-wise CE, " + reduction,
              tanh,
              new Elementwise.Logistic(1.5),
              Cost.elementwiseCrossEntropy(reduction),
              Targets.PROBABILITIES));
      cases.add(
          new Case(
              "softmax, categorical CE, " + reduction,
              tanh,
              new SoftmaxActivation(0.8),
              Cost.categoricalCrossEntropy(reduction),
              Targets.ONE_HOT));
      cases.add(
          new Case(
              "reduced softmax, " + reduction,
              tanh,
              new ReducedSoftmax(),
              new Cost.ReducedCategoricalCrossEntropy(reduction),
              Targets.REDUCED));
    }
    CostReduction mean = CostReduction.MEAN_OVER_SAMPLES;
    Cost categorical = Cost.categoricalCrossEntropy(mean);
    cases.add(
        new Case(
            "mean squared error",
            tanh,
            new Elementwise.Logistic(),
            Cost.meanSquaredError(),
            Targets.REAL));
    cases.add(
        new Case("mean absolute error", tanh, identity, Cost.meanAbsoluteError(), Targets.REAL));
    cases.add(new Case("supremum", tanh, identity, new Cost.Supremum(), Targets.REAL));
    cases.add(
        new Case(
            "Huber", tanh, identity, new Cost.Summed(new CostTerm.Huber(0.6), mean), Targets.REAL));
    cases.add(
        new Case(
            "softmax, KL",
            tanh,
            new SoftmaxActivation(),
            new Cost.Summed(new CostTerm.KullbackLeibler(), mean),
            Targets.DISTRIBUTION));
    cases.add(
        new Case(
            "softmax, CE of distributions",
            tanh,
            new SoftmaxActivation(),
            categorical,
            Targets.DISTRIBUTION));
    cases.add(
        new Case(
            "softmax, CE, targets of any sum",
            tanh,
            new SoftmaxActivation(),
            categorical,
            Targets.SOFT_WITHOUT_SUM));
    cases.add(
        new Case(
            "sigmoid, categorical CE",
            tanh,
            new Elementwise.Logistic(),
            categorical,
            Targets.ONE_HOT));
    cases.add(
        new Case(
            "softmax, element-wise CE",
            tanh,
            new SoftmaxActivation(),
            Cost.elementwiseCrossEntropy(mean),
            Targets.ONE_HOT));
    cases.add(
        new Case(
            "softmax, squared error",
            tanh,
            new SoftmaxActivation(),
            Cost.halfSquaredError(mean),
            Targets.ONE_HOT));
    cases.add(
        new Case(
            "reduced softmax, squared error",
            tanh,
            new ReducedSoftmax(),
            Cost.meanSquaredError(),
            Targets.REAL));
    return cases;
  }

  static double[][] targets(Random random, Targets kind, int rows, int columns) {
    double[][] t = new double[rows][columns];
    for (double[] row : t) {
      int label = random.nextInt(columns + (kind == Targets.REDUCED ? 1 : 0));
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        row[j] =
            switch (kind) {
              case REAL -> 2 * random.nextDouble() - 1;
              case SIGNS -> random.nextBoolean() ? 1 : -1;
              case PROBABILITIES, DISTRIBUTION, SOFT_WITHOUT_SUM -> random.nextDouble();
              case ONE_HOT, REDUCED -> j == label ? 1 : 0;
            };
        sum += row[j];
      }
      for (int j = 0; kind == Targets.DISTRIBUTION && j < columns; j++) {
        row[j] /= sum;
      }
    }
    return t;
  }
}
