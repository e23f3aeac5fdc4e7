package io.deltagraph.closedform;

import java.util.List;
import java.util.Locale;

/**
 * The worked example of file 004, as data: one step of a softmax classifier on one sample, the
 * published numbers beside the true ones, and every slip by its name.
 */
public final class WorkedExample {
  private WorkedExample() {}

  /** x, one sample of three features. */
  public static double[] input() {
    return new double[] {1, 3, 0};
  }

  /** y, one-hot: class 1 of 0, 1, 2. */
  public static double[] target() {
    return new double[] {0, 1, 0};
  }

  /** W, one row per neuron. */
  public static double[][] weights() {
    return new double[][] {{0.1, 0.2, -0.3}, {-0.6, -0.5, 2}, {-0.2, 0.5, -3}};
  }

  /** b. */
  public static double[] bias() {
    return new double[] {0.1, 0.1, 0.1};
  }

  /** The step size, which the source leaves out: 1. */
  public static double learningRate() {
    return 1;
  }

  /**
   * One quantity of the example.
   *
   * @param name as the source has it
   * @param published the numbers that the source prints, a matrix or one row
   * @param computed the true ones, in the same shape; what is a matrix there has rows as neurons
   * @param slips the ids of the slips that explain the difference; none where the two agree
   */
  @SuppressWarnings("ArrayRecordComponent") // plain arrays are the point
  public record Quantity(
      String name, double[][] published, double[][] computed, List<String> slips) {
    public Quantity {
      slips = List.copyOf(slips);
    }
  }

  /**
   * A slip of the source.
   *
   * @param id as in the project's page of formulas
   * @param printed what the source says
   * @param right what is right
   */
  public record Slip(String id, String printed, String right) {}

  /** One forward and backward pass by the delta formulas, categorical cross entropy. */
  static Backpropagation passes() {
    DenseLayer layer = new DenseLayer(weights(), bias(), new SoftmaxActivation());
    return Backpropagation.of(
        List.of(layer),
        Cost.categoricalCrossEntropy(CostReduction.MEAN_OVER_SAMPLES),
        new double[][] {input()},
        new double[][] {target()});
  }

  /**
   * The delta of the same net under the element-wise cross entropy, for which the source claims
   * {@code ŷ − y} too.
   */
  static double[] elementwiseDelta() {
    DenseLayer layer = new DenseLayer(weights(), bias(), new SoftmaxActivation());
    return Backpropagation.of(
            List.of(layer),
            Cost.elementwiseCrossEntropy(CostReduction.MEAN_OVER_SAMPLES),
            new double[][] {input()},
            new double[][] {target()})
        .layers()
        .getFirst()
        .delta()[0];
  }

  /** Every quantity that the source prints, published beside computed. */
  public static List<Quantity> quantities() {
    LayerDerivatives layer = passes().layers().getFirst();
    double[][] newWeights = weights();
    double[] newBias = bias();
    for (int j = 0; j < newBias.length; j++) {
      newWeights[j] =
          DescentFormulas.step(newWeights[j], layer.weightGradient()[j], learningRate());
    }
    newBias = DescentFormulas.step(newBias, layer.biasGradient(), learningRate());
    double[][] publishedDelta = {{0.34, -0.97, 0.63}};
    return List.of(
        new Quantity(
            "z = W x + b", new double[][] {{0.8, -2, 1.4}}, layer.preActivation(), List.of()),
        new Quantity(
            "ŷ = softmax(z)",
            new double[][] {{0.34, 0.21, 0.63}},
            layer.activation(),
            List.of("S-004-1", "S-004-3")),
        new Quantity("δ = ŷ − y", publishedDelta, layer.delta(), List.of("S-004-2", "S-004-3")),
        new Quantity(
            "∂C/∂W",
            new double[][] {{0.34, -0.97, 0.63}, {1.04, -2.93, 1.89}, {0, 0, 0}},
            layer.weightGradient(),
            List.of("S-004-3", "S-004-4")),
        new Quantity(
            "∂C/∂b", publishedDelta, new double[][] {layer.biasGradient()}, List.of("S-004-3")),
        new Quantity(
            "W − ∂C/∂W",
            new double[][] {{-0.24, 1.17, -0.93}, {-1.64, 2.43, 0.1}, {-0.2, 0.5, -3}},
            newWeights,
            List.of("S-004-3", "S-004-5")),
        new Quantity(
            "b − ∂C/∂b",
            new double[][] {{-0.24, 1.07, -0.53}},
            new double[][] {newBias},
            List.of("S-004-3")),
        new Quantity(
            "∂C/∂z, element-wise cost",
            publishedDelta,
            new double[][] {elementwiseDelta()},
            List.of("S-004-6")));
  }

  /** Every slip of the file. */
  public static List<Slip> slips() {
    return List.of(
        new Slip(
            "S-004-1",
            "softmax(0.8, −2, 1.4) = (0.34, 0.21, 0.63)",
            "the second is 0.0211; the printed three sum to 1.18"),
        new Slip(
            "S-004-2",
            "0.21 − 1 = −0.97",
            "0.0211 − 1 = −0.9789; the printed −0.97 does not follow from the printed 0.21"),
        new Slip(
            "S-004-3", "0.34, −2.93, 1.89", "digits are cut, not rounded: 0.3469, −2.9367, 1.8960"),
        new Slip(
            "S-004-4",
            "∂C/∂W with one column per neuron",
            "∂C/∂W = δᵀ x has one row per neuron, as W has"),
        new Slip(
            "S-004-5", "W minus the transposed ∂C/∂W", "W minus ∂C/∂W, both with rows as neurons"),
        new Slip(
            "S-004-6",
            "∂C/∂z = ŷ − y for softmax under the element-wise cost",
            "holds for the categorical cost; element-wise it is (0.0979, −1.0263, 0.9284)"),
        new Slip("S-004-7", "∂C/∂w = x", "∂z/∂w = x; ∂C/∂w = δ x"),
        new Slip("S-004-8", "∂C/∂b = 1", "∂z/∂b = 1; ∂C/∂b = δ"),
        new Slip(
            "S-004-9",
            "∂C/∂z = 1/n Σ (ŷ − y) over the samples",
            "(ŷ − y)/n: each sample has its own z, and the sum comes with w and b"),
        new Slip("S-004-10", "W − ∂C/∂W", "W − η ∂C/∂W: the printed step has η = 1"));
  }

  /**
   * The example as a table in text, published numbers beside true ones, with the slips named
   * underneath.
   */
  public static String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        "One step of a softmax classifier: x = (1, 3, 0), class 1 of 0 to 2, categorical cross entropy, η = 1\n\n");
    text.append(line("quantity", "published", "true", "slips"));
    for (Quantity quantity : quantities()) {
      for (int i = 0; i < quantity.published().length; i++) {
        text.append(
            line(
                i == 0 ? quantity.name() : "",
                row(quantity.published()[i], "%.2f"),
                row(quantity.computed()[i], "%.4f"),
                i == 0 ? String.join(" ", quantity.slips()) : ""));
      }
    }
    text.append('\n');
    for (Slip slip : slips()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-9s printed  %s%n%-9s right    %s%n",
              slip.id(),
              slip.printed(),
              "",
              slip.right()));
    }
    return text.toString().replace("\r\n", "\n");
  }

  private static String line(String quantity, String published, String computed, String slips) {
    return String.format(Locale.ROOT, "%-26s%-24s%-30s%s", quantity, published, computed, slips)
            .stripTrailing()
        + "\n";
  }

  private static String row(double[] values, String format) {
    StringBuilder text = new StringBuilder();
    for (double value : values) {
      String number = String.format(Locale.ROOT, format, value + 0.0);
      text.append(String.format(Locale.ROOT, "%8s", number));
    }
    return text.toString();
  }
}
