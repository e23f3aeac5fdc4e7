package io.deltagraph.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.GraphException;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final OpChoice SQUARED = OpChoice.of("half_squared_error");

  private static NetworkPlan net(OpChoice hidden, OpChoice last, OpChoice loss) {
    Initialiser normal = new Initialiser.NormalFanIn();
    return new NetworkPlan(
        4,
        ImmutableList.of(new LayerPlan(5, hidden, normal), new LayerPlan(3, last, normal)),
        false,
        loss,
        0,
        0,
        DType.F64);
  }

  private static Tensor random(int rows, int columns) {
    Random random = new Random(17);
    return Tensor.generate(TensorType.of(DType.F64, rows, columns), i -> random.nextGaussian());
  }

  private static Map<String, Tensor> run(
      Network network, Map<String, Tensor> parameters, Tensor x, Tensor t) {
    try (Session session = Session.open(network.evaluation())) {
      parameters.forEach(session::set);
      return session.run(ImmutableMap.of("X", x, "T", t));
    }
  }

  private static Map<String, Tensor> named(Network network) {
    Map<String, Tensor> named = new HashMap<>();
    network.initial().forEach((parameter, value) -> named.put(parameter.label(), value));
    return named;
  }

  /** {@code X Wᵀ + b}, by loops. */
  private static double[][] affine(double[][] x, Tensor weights, Tensor bias) {
    double[][] w = weights.toRows();
    double[][] z = new double[x.length][w.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < w.length; j++) {
        z[i][j] = bias.get(j);
        for (int k = 0; k < w[j].length; k++) {
          z[i][j] += x[i][k] * w[j][k];
        }
      }
    }
    return z;
  }

  @Test
  @DisplayName("Parameters have the names and shapes that files and reports use")
  void names() {
    Network network =
        Network.build(
            net(OpChoice.of("prelu"), OpChoice.of("softmax"), OpChoice.of("softmax_cross_entropy")),
            OPS,
            Seeds.of(1));
    assertThat(
            network.parameters().stream()
                .map(p -> p.label() + " " + Arrays.toString(p.shape().sizes())))
        .containsExactly(
            "layer1.weight [5, 4]",
            "layer1.bias [5]",
            "layer1.alpha []",
            "layer2.weight [3, 5]",
            "layer2.bias [3]");
    assertThat(network.parameterCount()).isEqualTo(20 + 5 + 1 + 15 + 3);
    assertThat(network.inputs().label()).isEqualTo("X");
    assertThat(network.targets().label()).isEqualTo("T");
    assertThat(network.layers().stream().map(Layer::name)).containsExactly("layer1", "layer2");
    assertThat(network.layers().getFirst().preActivation().label()).isEqualTo("Z1");
    assertThat(network.layers().getFirst().activation().label()).isEqualTo("A1");
    assertThat(network.prediction().outputs().keySet()).containsExactly(Network.OUTPUTS);
    assertThat(network.prediction().inputs()).containsExactly(network.inputs());
    assertThat(network.evaluation().outputs().keySet())
        .containsExactlyInAnyOrder(Network.OUTPUTS, Network.LOSS);
    assertThat(network.layers().getFirst().shift()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64})
  @DisplayName("Forward passes are those of loops, on any number of rows with one plan")
  void forward(int rows) {
    NetworkPlan plan =
        net(OpChoice.of("tanh"), OpChoice.of("sigmoid"), OpChoice.of("mean_squared_error"));
    Network network = Network.build(plan, OPS, Seeds.of(2));
    Map<String, Tensor> p = named(network);
    p.put("layer1.bias", Tensor.vector(0.1, -0.2, 0.3, 0, 0.5));
    p.put("layer2.bias", Tensor.vector(-0.3, 0.2, 0.9));
    Tensor x = random(rows, 4);
    Tensor t = random(rows, 3);
    Map<String, Tensor> results = run(network, p, x, t);
    double[][] a = affine(x.toRows(), p.get("layer1.weight"), p.get("layer1.bias"));
    for (double[] row : a) {
      Arrays.setAll(row, j -> Math.tanh(row[j]));
    }
    double[][] z = affine(a, p.get("layer2.weight"), p.get("layer2.bias"));
    double loss = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < 3; j++) {
        double y = 1 / (1 + Math.exp(-z[i][j]));
        assertThat(results.get(Network.OUTPUTS).at(i, j)).isCloseTo(y, within(1e-14));
        loss += (y - t.at(i, j)) * (y - t.at(i, j)) / (3 * rows);
      }
    }
    assertThat(results.get(Network.LOSS).item()).isCloseTo(loss, within(1e-13));
  }

  @Test
  @DisplayName("No rows give no outputs, and a mean over them is no number")
  void noRows() {
    Network network =
        Network.build(net(OpChoice.of("relu"), OpChoice.of("identity"), SQUARED), OPS, Seeds.of(2));
    Map<String, Tensor> results = run(network, named(network), random(0, 4), random(0, 3));
    assertThat(results.get(Network.OUTPUTS).type()).isEqualTo(TensorType.of(DType.F64, 0, 3));
    assertThat(results.get(Network.LOSS).item()).isNaN();
  }

  enum Given {
    L1(0, 2),
    L2(3, 0),
    BOTH(3, 2);

    private final double l2;
    private final double l1;

    Given(double l2, double l1) {
      this.l2 = l2;
      this.l1 = l1;
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Penalties are λ/(2m) Σ W² and λ/m Σ |W| over weights, biases and alpha left out")
  void penalties(Given given) {
    NetworkPlan plain = net(OpChoice.of("prelu"), OpChoice.of("identity"), SQUARED);
    Network without = Network.build(plain, OPS, Seeds.of(4));
    Network with = Network.build(plain.costing(SQUARED, given.l2, given.l1), OPS, Seeds.of(4));
    Map<String, Tensor> p = named(without);
    p.put("layer1.bias", Tensor.vector(100, 200, 300, 400, 500));
    p.put("layer1.alpha", Tensor.scalar(50));
    Tensor x = random(6, 4);
    Tensor t = random(6, 3);
    double squares = 0;
    double sizes = 0;
    for (String name : List.of("layer1.weight", "layer2.weight")) {
      for (double w : p.get(name).toDoubles()) {
        squares += w * w;
        sizes += Math.abs(w);
      }
    }
    double added =
        run(with, p, x, t).get(Network.LOSS).item()
            - run(without, p, x, t).get(Network.LOSS).item();
    double scale = run(without, p, x, t).get(Network.LOSS).item();
    assertThat(added)
        .isCloseTo(given.l2 * squares / 12 + given.l1 * sizes / 6, within(1e-15 * scale * 10));
  }

  @Test
  @DisplayName("Class indices are targets of losses that take integers")
  void indices() {
    OpChoice softmax = OpChoice.of("softmax");
    Network sparse =
        Network.build(
            net(OpChoice.of("tanh"), softmax, OpChoice.of("sparse_softmax_cross_entropy")),
            OPS,
            Seeds.of(3));
    Network dense =
        Network.build(
            net(OpChoice.of("tanh"), softmax, OpChoice.of("softmax_cross_entropy")),
            OPS,
            Seeds.of(3));
    Tensor x = random(4, 4);
    Tensor classes = Tensor.indices(2, 0, 1, 1);
    Tensor rows = Tensor.matrix(new double[][] {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}, {0, 1, 0}});
    Map<String, Tensor> bySparse = run(sparse, named(sparse), x, classes);
    Map<String, Tensor> byDense = run(dense, named(dense), x, rows);
    assertThat(bySparse.get(Network.LOSS).item())
        .isCloseTo(byDense.get(Network.LOSS).item(), within(1e-14));
    // −ln of the true class's probability, by hand.
    Tensor outputs = byDense.get(Network.OUTPUTS);
    double loss =
        -(Math.log(outputs.at(0, 2))
                + Math.log(outputs.at(1, 0))
                + Math.log(outputs.at(2, 1))
                + Math.log(outputs.at(3, 1)))
            / 4;
    assertThat(byDense.get(Network.LOSS).item()).isCloseTo(loss, within(1e-14));
  }

  @Test
  @DisplayName("K − 1 parameter vectors give what K give, with the last one taken off each")
  void parametrisations() {
    Network full = Network.build(NetworkPlan.softmaxRegression(4, 3, DType.F64), OPS, Seeds.of(1));
    Network reduced =
        Network.build(NetworkPlan.reducedSoftmaxRegression(4, 3, DType.F64), OPS, Seeds.of(1));
    Tensor w = random(3, 4);
    Tensor b = Tensor.vector(0.3, -1, 0.6);
    Tensor less = Tensor.generate(TensorType.of(DType.F64, 2, 4), i -> w.get(i) - w.get(8 + i % 4));
    Tensor lessBias = Tensor.vector(b.get(0) - b.get(2), b.get(1) - b.get(2));
    Tensor x = Tensor.generate(TensorType.of(DType.F64, 5, 4), i -> Math.sin(i * i));
    Tensor t = Tensor.generate(TensorType.of(DType.F64, 5, 3), i -> i / 3 % 3 == i % 3 ? 1 : 0);
    Map<String, Tensor> byFull = run(full, Map.of("layer1.weight", w, "layer1.bias", b), x, t);
    Map<String, Tensor> byReduced =
        run(reduced, Map.of("layer1.weight", less, "layer1.bias", lessBias), x, t);
    assertThat(byReduced.get(Network.OUTPUTS).type()).isEqualTo(TensorType.of(DType.F64, 5, 3));
    assertThat(byReduced.get(Network.OUTPUTS).toDoubles())
        .containsExactly(byFull.get(Network.OUTPUTS).toDoubles(), within(1e-15));
    assertThat(byReduced.get(Network.LOSS).item())
        .isCloseTo(byFull.get(Network.LOSS).item(), within(1e-14));
    assertThat(reduced.parameterCount()).isEqualTo(2 * 4 + 2);
    assertThat(reduced.plan().outputs()).isEqualTo(3);
  }

  @Test
  @DisplayName("A step, a hinge and a perceptron are nets like others")
  void hinge() {
    NetworkPlan plan =
        NetworkPlan.logisticRegression(2, DType.F64).costing(OpChoice.of("hinge"), 0, 0);
    NetworkPlan machine =
        new NetworkPlan(
            2,
            ImmutableList.of(new LayerPlan(1, OpChoice.of("identity"), new Initialiser.Zeros())),
            false,
            plan.loss(),
            0,
            0,
            DType.F64);
    Network network = Network.build(machine, OPS, Seeds.of(1));
    Tensor x = Tensor.matrix(new double[][] {{1, 2}, {-1, 0.5}, {3, 0}});
    Tensor labels = Tensor.matrix(new double[][] {{1}, {-1}, {-1}});
    Map<String, Tensor> p =
        Map.of(
            "layer1.weight",
            Tensor.matrix(new double[] {0.5, 0.25}),
            "layer1.bias",
            Tensor.vector(-0.5));
    // z = 0.5, −0.875, 1; terms max(0, 1 − t z) = 0.5, 0.125, 2.
    assertThat(run(network, p, x, labels).get(Network.LOSS).item()).isEqualTo(2.625 / 3);
    Network perceptron = Network.build(NetworkPlan.perceptron(2, DType.F64), OPS, Seeds.of(1));
    Tensor bits = Tensor.matrix(new double[][] {{1}, {0}, {0}});
    Map<String, Tensor> step = run(perceptron, p, x, bits);
    assertThat(step.get(Network.OUTPUTS).toDoubles()).containsExactly(1, 0, 1);
    assertThat(step.get(Network.LOSS).item()).isEqualTo(1); // errors counted
  }

  @Test
  @DisplayName("A net for checking has a shift in every layer that changes nothing at 0")
  void shifts() {
    NetworkPlan plan =
        net(OpChoice.of("silu"), OpChoice.of("softmax"), OpChoice.of("softmax_cross_entropy"));
    Network plain = Network.build(plan, OPS, Seeds.of(8));
    Network shifted = Network.buildForChecking(plan, OPS, Seeds.of(8));
    Tensor x = random(3, 4);
    Tensor t = Tensor.matrix(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    Map<String, Tensor> feeds = new HashMap<>(Map.of("X", x, "T", t));
    shifted
        .layers()
        .forEach(layer ->
            feeds.put(
                layer.shift().orElseThrow().label(),
                Tensor.zeros(TensorType.of(DType.F64, 3, layer.plan().units()))));
    try (Session session = Session.open(shifted.evaluation())) {
      named(shifted).forEach(session::set);
      assertThat(session.run(feeds).get(Network.LOSS).item())
          .isEqualTo(run(plain, named(plain), x, t).get(Network.LOSS).item());
    }
  }

  @Test
  @DisplayName("Plans that make no sense are refused, and so are ops that do not exist")
  void refusals() {
    Initialiser zeros = new Initialiser.Zeros();
    assertThatThrownBy(() -> new LayerPlan(0, SQUARED, zeros)).hasMessageContaining("got 0");
    LayerPlan layer = new LayerPlan(1, OpChoice.of("identity"), zeros);
    assertThatThrownBy(
            () -> new NetworkPlan(0, ImmutableList.of(layer), false, SQUARED, 0, 0, DType.F64))
        .hasMessageContaining("at least one feature");
    assertThatThrownBy(
            () -> new NetworkPlan(1, ImmutableList.of(), false, SQUARED, 0, 0, DType.F64))
        .hasMessageContaining("at least one layer");
    assertThatThrownBy(
            () -> new NetworkPlan(1, ImmutableList.of(layer), false, SQUARED, -1, 0, DType.F64))
        .hasMessageContaining("l2 -1.0");
    assertThatThrownBy(
            () -> new NetworkPlan(1, ImmutableList.of(layer), false, SQUARED, 0, 0, DType.I32))
        .hasMessageContaining("i32");
    assertThatThrownBy(() ->
            Network.build(
                net(OpChoice.of("relo"), OpChoice.of("identity"), SQUARED), OPS, Seeds.of(1)))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("relo")
        .hasMessageContaining("relu");
    assertThatThrownBy(() ->
            Network.build(
                net(OpChoice.of("elu", "alfa", 2), OpChoice.of("identity"), SQUARED),
                OPS,
                Seeds.of(1)))
        .hasMessageContaining("alfa");
  }

  @ParameterizedTest(name = "{0}, then {1}")
  @DisplayName("An op whose result has another type than its place needs is named")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sum       | squared_distance | The activation 'sum' of layer1 gives f64[], where f64[N,
          transpose | squared_distance | The activation 'transpose' of layer1 gives f64[
          tanh      | subtract         | The loss 'subtract' gives f64[N, 3], where f64[] is needed
          """)
  void misfits(String activation, String loss, String message) {
    assertThatThrownBy(() ->
            Network.build(
                net(OpChoice.of(activation), OpChoice.of("identity"), OpChoice.of(loss)),
                OPS,
                Seeds.of(1)))
        .isInstanceOf(GraphException.BadGraph.class)
        .hasMessageContaining(message)
        .hasMessageContaining("\n  op      ");
  }
}
