package io.deltagraph.closedform;

/**
 * The single threshold neuron: its output, its geometry, its own rule of learning, and decisions by
 * several of them.
 */
public final class PerceptronFormulas {
  private PerceptronFormulas() {}

  /** The weights and the bias of one neuron. */
  @SuppressWarnings("ArrayRecordComponent") // plain arrays are the point
  public record Neuron(double[] weights, double bias) {}

  /** {@code H(z) = 0 if z < 0 else 1} (000 §1.1; 003 eq. 22). */
  public static int heaviside(double z) {
    return z < 0 ? 0 : 1;
  }

  /** {@code H(w·x + b)} (000 §1.1). */
  public static int output(Neuron neuron, double[] x) {
    return heaviside(Matrices.dot(neuron.weights(), x) + neuron.bias());
  }

  /** {@code z = w'·x'} with {@code w' = w ∥ [b]} and {@code x' = x ∥ [1]} (000 §1.3). */
  public static double augmentedSignal(double[] weightsAndBias, double[] x) {
    Matrices.requireSize(weightsAndBias.length, x.length + 1, "the length of w ∥ [b]");
    double[] augmented = java.util.Arrays.copyOf(x, x.length + 1);
    augmented[x.length] = 1;
    return Matrices.dot(weightsAndBias, augmented);
  }

  /**
   * {@code w·x − b}: the signal where {@code x0 = −1} carries the bias, so that b is a threshold
   * (003 eq. 23, 27).
   */
  public static double thresholdSignal(double[] weights, double threshold, double[] x) {
    return Matrices.dot(weights, x) - threshold;
  }

  /**
   * {@code (w·x + b) / ‖w‖}, the distance of x from the hyperplane, positive on the side of class 1
   * (000 §1.2).
   */
  public static double signedDistance(Neuron neuron, double[] x) {
    return (Matrices.dot(neuron.weights(), x) + neuron.bias())
        / Math.sqrt(Matrices.dot(neuron.weights(), neuron.weights()));
  }

  /** The class with the largest activation, the first of those that tie (000 §2.2). */
  public static int decide(double[] activations) {
    return Matrices.argMax(activations);
  }

  /**
   * {@code ⌈log2 m⌉}, the neurons that can write a class number below m in binary (000 §2.2); 0 for
   * one class.
   */
  public static int binaryNeurons(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException(
          "the number of classes is " + classes + ", expected at least 1");
    }
    return 32 - Integer.numberOfLeadingZeros(classes - 1);
  }

  /**
   * The class number that neurons spell in binary, the first neuron being the lowest bit (000
   * §2.2).
   */
  public static int decodeBinary(int[] bits) {
    int number = 0;
    for (int i = 0; i < bits.length; i++) {
      number += bits[i] << i;
    }
    return number;
  }

  /**
   * {@code w ← w + η (t − H(z)) x}, {@code b ← b + η (t − H(z))}: the perceptron's own rule,
   * backpropagation with φ' taken as 1 (000 §1.2, 003; no formula printed).
   */
  public static Neuron learn(Neuron neuron, double[] x, int target, double learningRate) {
    double error = target - output(neuron, x);
    double[] weights = neuron.weights().clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] += learningRate * error * x[i];
    }
    return new Neuron(weights, neuron.bias() + learningRate * error);
  }

  /** AND of two bits: w = (1, 1), b = −1.5 (003, with the sign that {@code w·x + b} needs). */
  public static Neuron and() {
    return new Neuron(new double[] {1, 1}, -1.5);
  }

  /** OR of two bits: w = (1, 1), b = −0.5 (003, with the sign that {@code w·x + b} needs). */
  public static Neuron or() {
    return new Neuron(new double[] {1, 1}, -0.5);
  }
}
