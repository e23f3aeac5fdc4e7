package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Seeded random nets and data, differences measured by vector, and difference quotients written
 * here, apart from the code under test.
 */
final class Trials {
  /** Replay with {@code -Dtrials.seed=…}. */
  static final long SEED = Long.getLong("trials.seed", 20_240_611L);

  private Trials() {}

  static Random random(int trial) {
    return new Random(SEED + 1_000_003L * trial);
  }

  static String replay(int trial) {
    return "trial " + trial + ", replay with -Dtrials.seed=" + SEED;
  }

  static double[] vector(Random random, int length) {
    return random.doubles(length, -1, 1).toArray();
  }

  static double[][] matrix(Random random, int rows, int columns) {
    double[][] matrix = new double[rows][];
    for (int i = 0; i < rows; i++) {
      matrix[i] = vector(random, columns);
    }
    return matrix;
  }

  static List<DenseLayer> net(Random random, int[] widths, Activation hidden, Activation output) {
    List<DenseLayer> net = new ArrayList<>();
    for (int l = 1; l < widths.length; l++) {
      net.add(
          new DenseLayer(
              matrix(random, widths[l], widths[l - 1]),
              vector(random, widths[l]),
              l == widths.length - 1 ? output : hidden));
    }
    return List.copyOf(net);
  }

  /** {@code ‖a − b‖ / max(‖a‖, ‖b‖)} over all entries; 0 for two zeros. */
  static double difference(double[][] a, double[][] b) {
    assertThat(a.length).isEqualTo(b.length);
    double squares = 0;
    double left = 0;
    double right = 0;
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i].length).isEqualTo(b[i].length);
      for (int j = 0; j < a[i].length; j++) {
        squares += (a[i][j] - b[i][j]) * (a[i][j] - b[i][j]);
        left += a[i][j] * a[i][j];
        right += b[i][j] * b[i][j];
      }
    }
    return squares == 0 ? 0 : Math.sqrt(squares / Math.max(left, right));
  }

  static double difference(double[] a, double[] b) {
    return difference(new double[][] {a}, new double[][] {b});
  }

  static double difference(double a, double b) {
    return difference(new double[] {a}, new double[] {b});
  }

  /** A function of one array, for difference quotients. */
  interface OfArray {
    double at(double[][] values);
  }

  /**
   * The gradient by fourth-order central differences, whose own error is near 1e-11 for smooth
   * functions of size 1.
   */
  static double[][] slopes(OfArray f, double[][] at) {
    return slopes(f, at, 1e-4);
  }

  /** The same with a step of its own, small where a kink may lie near. */
  static double[][] slopes(OfArray f, double[][] at, double h) {
    double[][] x = new double[at.length][];
    double[][] slopes = new double[at.length][];
    for (int i = 0; i < at.length; i++) {
      x[i] = at[i].clone();
      slopes[i] = new double[at[i].length];
    }
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        double kept = x[i][j];
        double[] values = new double[4];
        double[] shifts = {-2, -1, 1, 2};
        for (int s = 0; s < 4; s++) {
          x[i][j] = kept + shifts[s] * h;
          values[s] = f.at(x);
        }
        x[i][j] = kept;
        slopes[i][j] = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * h);
      }
    }
    return slopes;
  }

  static double[] slopes(java.util.function.ToDoubleFunction<double[]> f, double[] at) {
    return slopes(x -> f.applyAsDouble(x[0]), new double[][] {at})[0];
  }

  static double slope(java.util.function.DoubleUnaryOperator f, double at) {
    return slopes((double[] x) -> f.applyAsDouble(x[0]), new double[] {at})[0];
  }

  /** The same net with the weights of one layer exchanged. */
  static List<DenseLayer> withWeights(List<DenseLayer> net, int layer, double[][] weights) {
    List<DenseLayer> changed = new ArrayList<>(net);
    changed.set(layer, new DenseLayer(weights, net.get(layer).bias(), net.get(layer).activation()));
    return changed;
  }

  /** The same net with the bias of one layer exchanged. */
  static List<DenseLayer> withBias(List<DenseLayer> net, int layer, double[] bias) {
    List<DenseLayer> changed = new ArrayList<>(net);
    changed.set(layer, new DenseLayer(net.get(layer).weights(), bias, net.get(layer).activation()));
    return changed;
  }
}
