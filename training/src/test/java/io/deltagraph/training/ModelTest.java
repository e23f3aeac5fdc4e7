package io.deltagraph.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Dense;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Model;
import io.deltagraph.models.ModelBuilder;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.models.TrainedModel;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Models that are composed of layers and expressions. */
class ModelTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final int ROWS = 6;

  private static Tensor random(long seed, int... sizes) {
    RandomStream random = Seeds.of(seed).stream();
    return Tensor.generate(TensorType.of(DType.F64, sizes), i -> random.nextGaussian());
  }

  private static final Samples PAIRS =
      new Samples(
          Map.of("left", random(1, ROWS, 2), "right", random(2, ROWS, 2), "T", random(3, ROWS, 2)));

  /** {@code y = (W l + b) ⊙ (W r + b) + l} with the loss {@code Σ ln(1 + |y − t|) / n}. */
  private static Model pair() {
    ModelBuilder net = new ModelBuilder(OPS, DType.F64, Seeds.of(4));
    Value left = net.input("left", 2);
    Value right = net.input("right", 2);
    Dense tower = net.dense(2, 2, "identity");
    Value output = tower.apply(left).times(tower.apply(right)).plus(left);
    Value error = output.minus(net.target("T", 2)).abs().plus(1).log();
    return net.minimising(error.sum().over(left.elementCount(List.of(0))), output);
  }

  /** The gradients of {@link #pair()} by hand: ∂W row by row, then ∂b. */
  private static double[] byHand(Tensor weights, Tensor bias) {
    double[] gradient = new double[6];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < 2; j++) {
        double a = bias.get(j);
        double c = bias.get(j);
        for (int k = 0; k < 2; k++) {
          a += weights.at(j, k) * PAIRS.get("left").at(i, k);
          c += weights.at(j, k) * PAIRS.get("right").at(i, k);
        }
        double error = a * c + PAIRS.get("left").at(i, j) - PAIRS.get("T").at(i, j);
        double g = Math.signum(error) / (1 + Math.abs(error)) / ROWS;
        for (int k = 0; k < 2; k++) {
          gradient[2 * j + k] +=
              g * (c * PAIRS.get("left").at(i, k) + a * PAIRS.get("right").at(i, k));
        }
        gradient[4 + j] += g * (c + a);
      }
    }
    return gradient;
  }

  @Test
  @DisplayName("Two inputs, shared weights, a skip connection and an own loss: the step by hand")
  void pairByHand() {
    Model model = pair();
    Tensor weights = model.initial().get(model.trainable().getFirst());
    Tensor bias = model.initial().get(model.trainable().getLast());
    TrainingResult result =
        Trainer.of(model).optimizer(new GradientDescent(0.5)).epochs(1).batch(ROWS).fit(PAIRS);
    double[] gradient = byHand(weights, bias);
    for (int i = 0; i < 4; i++) {
      assertThat(result.parameters().get("layer1.weight").get(i))
          .isCloseTo(weights.get(i) - 0.5 * gradient[i], within(1e-12));
    }
    for (int i = 0; i < 2; i++) {
      assertThat(result.parameters().get("layer1.bias").get(i))
          .isCloseTo(bias.get(i) - 0.5 * gradient[4 + i], within(1e-12));
    }
  }

  @Test
  @DisplayName("A chain put together by hand has the bits of the net of its plan")
  void chain() {
    NetworkPlan plan =
        new NetworkPlan(
            2,
            List.of(
                new LayerPlan(5, OpChoice.of("prelu"), new Initialiser.Glorot()),
                new LayerPlan(2, OpChoice.of("identity"), new Initialiser.Glorot())),
            false,
            OpChoice.of("mean_squared_error"),
            0,
            0,
            DType.F32);
    ModelBuilder net = new ModelBuilder(OPS, DType.F32, Seeds.of(8));
    Value output = net.dense(net.dense(net.input("X", 2), 5, "prelu"), 2);
    Value loss = output.op("mean_squared_error", net.target("T", 2));
    Samples samples = new Samples(random(1, 20, 2), random(2, 20, 2));
    TrainingResult one = trained(net.minimising(loss, output), samples);
    TrainingResult other = trained(Network.build(plan, OPS, Seeds.of(8)).model(), samples);
    assertThat(one.parameters().keySet()).isEqualTo(other.parameters().keySet()).hasSize(5);
    one.parameters()
        .forEach((name, value) ->
            assertThat(value.bitEquals(other.parameters().get(name))).as(name).isTrue());
  }

  private static TrainingResult trained(Model model, Samples samples) {
    return Trainer.of(model).optimizer(new Adam(0.01)).epochs(3).batch(8).seed(2).fit(samples);
  }

  private static Model two() {
    ModelBuilder net = new ModelBuilder(OPS, DType.F64, Seeds.of(8));
    Value output = net.dense(net.dense(net.input("X", 2), 5, "tanh"), 2);
    return net.minimising(output.op("mean_squared_error", net.target("T", 2)), output);
  }

  @Test
  @DisplayName("Frozen parameters keep their bits, a group has a rate of its own")
  void groups() {
    Samples samples = new Samples(random(1, ROWS, 2), random(2, ROWS, 2));
    Model model = two();
    Trainer slow = Trainer.of(model).optimizer(new GradientDescent(0.01)).epochs(1).batch(ROWS);
    Trainer fast = slow.optimizer(new GradientDescent(0.3));
    TrainingResult result =
        slow.frozen(parameter -> parameter.label().equals("layer1.weight"))
            .group(parameter -> parameter.label().startsWith("layer2."), new GradientDescent(0.3))
            .fit(samples);
    Map<String, Tensor> slowly = slow.fit(samples).parameters();
    Map<String, Tensor> quickly = fast.fit(samples).parameters();
    model
        .initial()
        .forEach((parameter, before) -> {
          String name = parameter.label();
          Tensor expected =
              switch (name) {
                case "layer1.weight" -> before;
                case "layer1.bias" -> slowly.get(name);
                default -> quickly.get(name);
              };
          assertThat(result.parameters().get(name).bitEquals(expected)).as(name).isTrue();
          assertThat(slowly.get(name).bitEquals(before)).as(name).isFalse();
          assertThat(quickly.get(name).bitEquals(slowly.get(name))).as(name).isFalse();
        });
  }

  @Test
  @DisplayName("What was trained predicts as its formula does, and can be trained on")
  void predicts() {
    Samples samples = new Samples(random(1, ROWS, 2), random(2, ROWS, 2));
    Model model = two();
    TrainingResult result = trained(model, samples);
    TrainedModel trained = result.trained();
    Tensor output = result.predict(samples.inputs());
    for (int i = 0; i < ROWS; i++) {
      double y = trained.parameters().get("layer2.bias").get(1);
      for (int j = 0; j < 5; j++) {
        double z = trained.parameters().get("layer1.bias").get(j);
        for (int k = 0; k < 2; k++) {
          z += trained.parameters().get("layer1.weight").at(j, k) * samples.inputs().at(i, k);
        }
        y += trained.parameters().get("layer2.weight").at(1, j) * Math.tanh(z);
      }
      assertThat(output.at(i, 1)).isCloseTo(y, within(1e-12));
    }
    TrainingResult none =
        Trainer.of(model.startingFrom(result.parameters())).epochs(0).fit(samples);
    assertThat(none.predict(samples.inputs()).bitEquals(output)).isTrue();
  }

  @Test
  @DisplayName("Wrong shapes are refused at the line that made them")
  void wrongShapes() {
    ModelBuilder net = Model.builder(1);
    Value x = net.input("X", 3);
    Dense layer = net.dense(2, 4, "tanh");
    int line = StackWalker.getInstance().walk(s -> s.findFirst().orElseThrow().getLineNumber());
    assertThatThrownBy(() -> layer.apply(x))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("matmul cannot take f32[N, 3] and f32[2, 4]")
        .hasMessageContaining("ModelTest.java:" + (line + 1));
    assertThatThrownBy(() -> net.minimising(layer.apply(net.input("Y", 2)), x))
        .hasMessageContaining("The loss of a model is one number, got");
  }

  @Test
  @DisplayName("Rows that lack an input are refused by its name")
  void missing() {
    assertThatThrownBy(() -> Trainer.of(pair()).fit(new Samples(random(1, 4, 2), random(2, 4, 2))))
        .hasMessageContaining("There is no tensor for 'left'; there are [X, T].");
    assertThatThrownBy(() -> new Samples(Map.of("a", random(1, 4, 2), "b", random(1, 5, 2))))
        .hasMessageMatching("There are (4 rows of 'a' and 5 of 'b'|5 rows of 'b' and 4 of 'a')\\.");
  }
}
