package io.deltagraph.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitialiserTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final int FAN_IN = 120;
  private static final int FAN_OUT = 80;

  static NetworkPlan wide(Initialiser initialiser, DType dtype) {
    return new NetworkPlan(
        FAN_IN,
        ImmutableList.of(
            new LayerPlan(FAN_OUT, OpChoice.of("tanh"), initialiser),
            new LayerPlan(FAN_IN, OpChoice.of("prelu"), initialiser),
            new LayerPlan(FAN_OUT, OpChoice.of("identity"), initialiser)),
        false,
        OpChoice.of("half_squared_error"),
        0,
        0,
        dtype);
  }

  static Map<String, Tensor> initial(NetworkPlan plan, long seed) {
    return Network.build(plan, OPS, Seeds.of(seed)).initial().entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().label(), Map.Entry::getValue));
  }

  private static double[] weights(Initialiser initialiser) {
    return initial(wide(initialiser, DType.F64), 11).get("layer1.weight").toDoubles();
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  static Stream<Arguments> distributions() {
    double glorot = Math.sqrt(6.0 / (FAN_IN + FAN_OUT));
    double root3 = Math.sqrt(3);
    return Stream.of(
        Arguments.of(new Initialiser.NormalFanIn(), 0, 1 / Math.sqrt(FAN_IN), 6.0),
        Arguments.of(new Initialiser.He(), 0, Math.sqrt(2.0 / FAN_IN), 6.0),
        Arguments.of(new Initialiser.Glorot(), 0, glorot / root3, root3),
        Arguments.of(new Initialiser.Uniform(-0.3, 0.3), 0, 0.3 / root3, root3),
        Arguments.of(new Initialiser.Uniform(0, 1), 0.5, 0.5 / root3, root3));
  }

  @ParameterizedTest
  @MethodSource("distributions")
  @DisplayName("Weights have the mean, the deviation and the range of their distribution")
  void distribution(Initialiser initialiser, double mean, double deviation, double reach) {
    double[] drawn = weights(initialiser);
    // 9,600 draws: five standard errors of the mean, and of the deviation of a normal law.
    double error = deviation / Math.sqrt(drawn.length);
    assertThat(Arrays.stream(drawn).average().orElseThrow()).isCloseTo(mean, within(5 * error));
    assertThat(deviation(drawn)).isCloseTo(deviation, within(5 * error / Math.sqrt(2)));
    assertThat(Arrays.stream(drawn).map(w -> Math.abs(w - mean)).max().orElseThrow())
        .isLessThanOrEqualTo(reach * deviation);
    // A normal law has 31.7 % of its draws outside one deviation, a uniform one 42.3 %.
    double outside =
        Arrays.stream(drawn).filter(w -> Math.abs(w - mean) > deviation).count()
            / (double) drawn.length;
    assertThat(outside).isCloseTo(reach == root3() ? 1 - 1 / root3() : 0.3173, within(0.025));
  }

  private static double root3() {
    return Math.sqrt(3);
  }

  @Test
  @DisplayName("Biases start at 0, prelu's alpha at 0.25, and zeros are zeros")
  void others() {
    Map<String, Tensor> initial = initial(wide(new Initialiser.He(), DType.F64), 1);
    assertThat(initial).hasSize(7);
    assertThat(initial.get("layer2.bias").toDoubles()).hasSize(FAN_IN).containsOnly(0);
    assertThat(initial.get("layer2.alpha").item()).isEqualTo(0.25);
    assertThat(weights(new Initialiser.Zeros())).containsOnly(0);
  }

  @Test
  @DisplayName("One seed draws the same, another seed and another layer draw something else")
  void seeds() {
    NetworkPlan plan = wide(new Initialiser.He(), DType.F64);
    Map<String, Tensor> one = initial(plan, 1);
    assertThat(one.get("layer1.weight").bitEquals(initial(plan, 1).get("layer1.weight"))).isTrue();
    double[] first = one.get("layer1.weight").toDoubles();
    assertThat(correlation(first, initial(plan, 2).get("layer1.weight").toDoubles()))
        .isCloseTo(0, within(0.05));
    assertThat(correlation(first, one.get("layer2.weight").toDoubles())).isCloseTo(0, within(0.05));
    assertThat(correlation(first, one.get("layer3.weight").toDoubles())).isCloseTo(0, within(0.05));
  }

  private static double correlation(double[] a, double[] b) {
    double product = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
    }
    return product / a.length / deviation(a) / deviation(b);
  }

  @Test
  @DisplayName("A layer's draws do not depend on the layers before it")
  void independentOfDepth() {
    NetworkPlan deep = wide(new Initialiser.Glorot(), DType.F64);
    List<LayerPlan> layers = deep.layers();
    NetworkPlan changed =
        new NetworkPlan(
            FAN_IN,
            ImmutableList.of(
                new LayerPlan(FAN_OUT, OpChoice.of("relu"), new Initialiser.Zeros()),
                layers.get(1),
                layers.get(2)),
            false,
            deep.loss(),
            0,
            0,
            DType.F64);
    assertThat(
            initial(changed, 5)
                .get("layer2.weight")
                .bitEquals(initial(deep, 5).get("layer2.weight")))
        .isTrue();
  }

  @Test
  @DisplayName("f32 weights are the f64 weights, rounded")
  void dtypes() {
    for (Initialiser initialiser :
        ImmutableList.of(new Initialiser.NormalFanIn(), new Initialiser.Glorot())) {
      Map<String, Tensor> f64 = initial(wide(initialiser, DType.F64), 3);
      Map<String, Tensor> f32 = initial(wide(initialiser, DType.F32), 3);
      f64.forEach((name, tensor) -> {
        assertThat(f32.get(name).type().dtype()).isEqualTo(DType.F32);
        for (int i = 0; i < tensor.length(); i++) {
          assertThat(f32.get(name).get(i)).isEqualTo((float) tensor.get(i));
        }
      });
    }
  }

  @Test
  @DisplayName("Uniform [0, 1] drives a sigmoid of many inputs beyond ±6, where it has no slope")
  void saturation() {
    Function<Initialiser, Double> slope =
        initialiser -> {
          double[] w = weights(initialiser);
          double total = 0;
          for (int neuron = 0; neuron < FAN_OUT; neuron++) {
            double z = 0;
            for (int j = 0; j < FAN_IN; j++) {
              z += w[neuron * FAN_IN + j]; // every input at 1
            }
            total += 1 / (1 + Math.exp(-z)) / (1 + Math.exp(z));
          }
          return total / FAN_OUT;
        };
    assertThat(slope.apply(new Initialiser.Uniform(0, 1))).isLessThan(1e-12);
    assertThat(slope.apply(new Initialiser.NormalFanIn())).isGreaterThan(0.15);
  }
}
