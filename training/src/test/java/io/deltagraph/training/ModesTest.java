package io.deltagraph.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Input;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Model;
import io.deltagraph.models.ModelBuilder;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that differ between training and inference, by formulas that are worked out here. */
class ModesTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final int ROWS = 5;
  private static final int WIDTH = 3;
  private static final double EPSILON = 1e-5;
  private static final double RATE = 0.7;

  private static Tensor random(long seed, int... sizes) {
    RandomStream random = Seeds.of(seed).stream();
    return Tensor.generate(TensorType.of(DType.F64, sizes), i -> random.nextGaussian());
  }

  private static final Samples SAMPLES = new Samples(random(1, ROWS, 2), random(2, ROWS, WIDTH));

  /** {@code X Wᵀ + b}, normalised, with half the squared error, summed. */
  private static Model normalised(boolean batch) {
    ModelBuilder net = new ModelBuilder(OPS, DType.F64, Seeds.of(3));
    Value z = net.dense(net.input("X", 2), WIDTH);
    Value output = batch ? net.batchNormalisation(z) : net.layerNormalisation(z);
    return net.minimising(output.minus(net.target("T", WIDTH)).square().sum().times(0.5), output);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean(values)) * (value - mean(values));
    }
    return sum / values.length;
  }

  private static double[][] linear(Tensor weights) {
    double[][] z = new double[ROWS][WIDTH];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < WIDTH; j++) {
        for (int k = 0; k < 2; k++) {
          z[i][j] += weights.at(j, k) * SAMPLES.inputs().at(i, k);
        }
      }
    }
    return z;
  }

  private static double[][] transposed(double[][] all) {
    double[][] turned = new double[all[0].length][all.length];
    for (int i = 0; i < all.length; i++) {
      for (int j = 0; j < all[0].length; j++) {
        turned[j][i] = all[i][j];
      }
    }
    return turned;
  }

  /**
   * The first step from γ = 1 and β = 0. With g = x̂ − t: dγ = Σ g x̂, dβ = Σ g over rows, and dx =
   * (g − mean(g) − x̂ mean(g x̂)) / √(σ² + ε), means over what was normalised together.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("Normalisation of a batch and of a layer: a step, by the formula derived by hand")
  void normalisation(boolean batch) {
    Model model = normalised(batch);
    Tensor weights = model.initial().get(model.trainable().getFirst());
    TrainingResult result =
        Trainer.of(model).optimizer(new GradientDescent(RATE)).epochs(1).batch(ROWS).fit(SAMPLES);
    double[][] z = linear(weights);
    double[][] targets = SAMPLES.targets().toRows();
    double[][] groups = batch ? transposed(z) : z;
    double[][] wanted = batch ? transposed(targets) : targets;
    double[][] moved = new double[groups.length][groups[0].length];
    double[][] scaled = new double[groups.length][groups[0].length];
    double[][] error = new double[groups.length][groups[0].length];
    for (int i = 0; i < groups.length; i++) {
      double root = Math.sqrt(variance(groups[i]) + EPSILON);
      double[] both = new double[groups[i].length];
      for (int j = 0; j < both.length; j++) {
        scaled[i][j] = (groups[i][j] - mean(groups[i])) / root;
        error[i][j] = scaled[i][j] - wanted[i][j];
        both[j] = error[i][j] * scaled[i][j];
      }
      for (int j = 0; j < both.length; j++) {
        moved[i][j] = (error[i][j] - mean(error[i]) - scaled[i][j] * mean(both)) / root;
      }
    }
    double[][] dz = batch ? transposed(moved) : moved;
    double[][] ofRows = batch ? transposed(scaled) : scaled;
    double[][] errors = batch ? transposed(error) : error;
    for (int j = 0; j < WIDTH; j++) {
      double gamma = 0;
      double beta = 0;
      for (int i = 0; i < ROWS; i++) {
        gamma += errors[i][j] * ofRows[i][j];
        beta += errors[i][j];
      }
      assertThat(result.parameters().get("normalisation1.gamma").get(j))
          .isCloseTo(1 - RATE * gamma, within(1e-12));
      assertThat(result.parameters().get("normalisation1.beta").get(j))
          .isCloseTo(-RATE * beta, within(1e-12));
      for (int k = 0; k < 2; k++) {
        double gradient = 0;
        for (int i = 0; i < ROWS; i++) {
          gradient += dz[i][j] * SAMPLES.inputs().at(i, k);
        }
        assertThat(result.parameters().get("layer1.weight").at(j, k))
            .isCloseTo(weights.at(j, k) - RATE * gradient, within(1e-11));
      }
    }
  }

  @Test
  @DisplayName("Running statistics are kept by nine tenths, and are what inference takes")
  void runningStatistics() {
    Model model = normalised(true);
    TrainingResult none = Trainer.of(model).epochs(0).fit(SAMPLES);
    Tensor untrained = none.predict(SAMPLES.inputs());
    Tensor weights = none.parameters().get("layer1.weight");
    double[][] z = linear(weights);
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < WIDTH; j++) {
        assertThat(untrained.at(i, j)).isCloseTo(z[i][j] / Math.sqrt(1 + EPSILON), within(1e-12));
      }
    }
    TrainingResult one = Trainer.of(model).epochs(1).batch(ROWS).fit(SAMPLES);
    for (int j = 0; j < WIDTH; j++) {
      double[] column = transposed(z)[j];
      assertThat(one.parameters().get("normalisation1.mean").get(j))
          .isCloseTo(0.1 * mean(column), within(1e-12));
      assertThat(one.parameters().get("normalisation1.variance").get(j))
          .isCloseTo(0.9 + 0.1 * variance(column), within(1e-12));
    }
    assertThat(model.inference().updates()).isEmpty();
    assertThat(model.training().updates()).hasSize(2);
  }

  /** Nothing that a step changes could be seen in the next one at this rate. */
  private static final double STANDSTILL = 1e-300;

  @Test
  @DisplayName("Dropout drops what its seed says, another seed each step, and nothing in inference")
  void dropout() {
    ModelBuilder net = new ModelBuilder(OPS, DType.F64, Seeds.of(3));
    Input x = net.input("X", 2);
    Value output = net.dropout(net.dense(x, WIDTH), 0.25);
    Value loss = output.minus(net.target("T", WIDTH)).square().sum();
    Model model = net.minimising(loss, output);
    List<double[]> seen = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(
              int epoch, int rows, TensorReader outputs, TensorReader targets, double loss) {
            double[] copy = new double[outputs.length()];
            for (int i = 0; i < copy.length; i++) {
              copy[i] = outputs.get(i);
            }
            seen.add(copy);
          }
        };
    Trainer trainer = Trainer.of(model).optimizer(new GradientDescent(STANDSTILL)).batch(ROWS);
    TrainingResult result = trainer.epochs(40).listener(listener).fit(SAMPLES);
    long first = model.initial().get(model.updates().keySet().iterator().next()).bits(0);
    assertThat(result.parameters().get("dropout1.seed").bits(0)).isEqualTo(first + 40);
    double[][] z = linear(result.parameters().get("layer1.weight"));
    for (int step = 0; step < 40; step++) {
      int[] order = Seeds.of(1).derive("shuffle", step + 1).stream().permutation(ROWS);
      SplittableRandom random = new SplittableRandom(new SplittableRandom(first + step).nextLong());
      for (int i = 0; i < ROWS * WIDTH; i++) {
        boolean kept = (random.nextLong() >>> 40) / 16777216.0 >= 0.25;
        double expected = kept ? z[order[i / WIDTH]][i % WIDTH] / 0.75 : 0;
        assertThat(seen.get(step)[i]).isCloseTo(expected, within(1e-12));
      }
    }
    Tensor predicted = result.predict(SAMPLES.inputs());
    for (int i = 0; i < ROWS * WIDTH; i++) {
      assertThat(predicted.get(i)).isCloseTo(z[i / WIDTH][i % WIDTH], within(1e-12));
    }
    assertThat(model.inference().parameters()).hasSize(2);
    assertThatThrownBy(() -> net.dropout(x, 1)).hasMessageContaining("below 1, got 1.0");
  }

  private static Model both() {
    ModelBuilder net = new ModelBuilder(OPS, DType.F32, Seeds.of(3));
    Value hidden = net.batchNormalisation(net.dense(net.input("X", 2), 64, "tanh"));
    Value output = net.dense(net.dropout(net.dropout(hidden, 0.5), 0.1), WIDTH);
    return net.minimising(output.op("mean_squared_error", net.target("T", WIDTH)), output);
  }

  @Test
  @DisplayName("Random layers and running statistics give one seed's bits on any number of threads")
  void sameBits() {
    Samples samples = new Samples(random(1, 70, 2), random(2, 70, WIDTH));
    Trainer trainer = Trainer.of(both()).optimizer(new Adam(0.01)).epochs(4).batch(32).seed(9);
    TrainingResult one = trainer.fit(samples);
    for (int threads = 1; threads <= 3; threads++) {
      TrainingResult other = trainer.threads(threads).fit(samples);
      one.parameters()
          .forEach((name, value) ->
              assertThat(value.bitEquals(other.parameters().get(name))).as(name).isTrue());
    }
    assertThat(one.parameters()).hasSize(10);
    assertThat(one.trained().parameters().keySet()).doesNotContain("dropout1.seed").hasSize(8);
  }
}
