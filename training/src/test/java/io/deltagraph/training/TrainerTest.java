package io.deltagraph.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.FeatureColumns;
import io.deltagraph.data.Features;
import io.deltagraph.data.Labels;
import io.deltagraph.data.Targets;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private static final OpRegistry OPS = OpRegistry.load();

  /** Rows whose target is their number, so that a listener sees which ones came. */
  private static final int ROWS = 10;

  private static final Samples NUMBERED =
      new Samples(
          Tensor.generate(TensorType.of(DType.F64, ROWS, 1), i -> 0.1 * i),
          Tensor.generate(TensorType.of(DType.F64, ROWS, 1), i -> i));

  private static final NetworkPlan LINE = NetworkPlan.linearRegression(1, DType.F64);

  private static TrainingOptions options(int epochs, int batch, long seed) {
    return new TrainingOptions(
        epochs, OptionalInt.of(batch), OptionalDouble.empty(), Seeds.of(seed), 1);
  }

  private static Trainer trainer(NetworkPlan plan, Optimizer optimizer) {
    return Trainer.of(Network.build(plan, OPS, Seeds.of(1)).model()).optimizer(optimizer);
  }

  /** What a listener hears. */
  private static final class Recorder implements TrainingListener {
    private final List<List<Integer>> epochs = new ArrayList<>();
    private final List<Integer> seen = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> ends = new ArrayList<>();
    private final List<Tensor> outputs = new ArrayList<>();

    @Override
    public void stepped(int epoch, int rows, TensorReader out, TensorReader targets, double loss) {
      if (epochs.size() < epoch) {
        epochs.add(new ArrayList<>());
      }
      for (int row = 0; row < targets.length(); row++) {
        epochs.get(epoch - 1).add((int) targets.get(row));
      }
      seen.add(rows);
      losses.add(loss);
      outputs.add(Tensor.generate(out.type(), out::get));
    }

    @Override
    public void epochEnded(int epoch, double loss, Supplier<Map<String, Tensor>> parameters) {
      assertThat(epoch).isEqualTo(ends.size() + 1);
      assertThat(parameters.get().keySet())
          .containsExactlyInAnyOrder("layer1.weight", "layer1.bias");
      ends.add(loss);
    }
  }

  @Test
  @DisplayName("Every epoch sees every row once, in an order of its own, the last batch partly")
  void epochs() {
    Recorder heard = new Recorder();
    trainer(LINE, new GradientDescent(0.01))
        .options(options(3, 4, 6))
        .listener(heard)
        .fit(NUMBERED);
    assertThat(heard.epochs).hasSize(3).doesNotHaveDuplicates();
    for (List<Integer> order : heard.epochs) {
      assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
    assertThat(heard.seen).containsExactly(4, 8, 10, 4, 8, 10, 4, 8, 10);
    assertThat(heard.ends).hasSize(3);
    assertThat(heard.ends.getFirst())
        .isCloseTo(
            (4 * heard.losses.get(0) + 4 * heard.losses.get(1) + 2 * heard.losses.get(2)) / 10,
            within(1e-14));
    // An epoch's order depends on the seed and its number alone, not on the epochs before it.
    Recorder longer = new Recorder();
    trainer(LINE, new GradientDescent(0.5))
        .options(options(5, 3, 6))
        .listener(longer)
        .fit(NUMBERED);
    assertThat(longer.epochs.subList(0, 3)).isEqualTo(heard.epochs);
    Recorder other = new Recorder();
    trainer(LINE, new GradientDescent(0.01))
        .options(options(3, 4, 7))
        .listener(other)
        .fit(NUMBERED);
    assertThat(other.epochs).isNotEqualTo(heard.epochs);
  }

  @Test
  @DisplayName("Each step is w ← w − η ∂C/∂w of its batch, and what is heard is from before it")
  void steps() {
    Recorder heard = new Recorder();
    TrainingResult result =
        trainer(LINE, new GradientDescent(0.3))
            .options(options(2, 4, 6))
            .listener(heard)
            .fit(NUMBERED);
    double w = 0;
    double b = 0;
    int step = 0;
    for (List<Integer> order : heard.epochs) {
      for (int from = 0; from < ROWS; from += 4) {
        List<Integer> batch = order.subList(from, Math.min(ROWS, from + 4));
        double dw = 0;
        double db = 0;
        double loss = 0;
        for (int t : batch) {
          double error = w * 0.1 * t + b - t;
          dw += error * 0.1 * t / batch.size();
          db += error / batch.size();
          loss += error * error / 2 / batch.size();
        }
        assertThat(heard.losses.get(step)).isCloseTo(loss, within(1e-12));
        assertThat(heard.outputs.get(step).get(0))
            .isCloseTo(w * 0.1 * batch.getFirst() + b, within(1e-12));
        w -= 0.3 * dw;
        b -= 0.3 * db;
        step++;
      }
    }
    assertThat(result.parameters().get("layer1.weight").item()).isCloseTo(w, within(1e-12));
    assertThat(result.parameters().get("layer1.bias").get(0)).isCloseTo(b, within(1e-12));
    assertThat(result.loss()).isEqualTo(heard.ends.getLast());
  }

  @Test
  @DisplayName("Training ends after the first epoch whose loss is below the bound")
  void stopBelow() {
    Recorder all = new Recorder();
    trainer(LINE, new GradientDescent(0.5)).options(options(50, 10, 1)).listener(all).fit(NUMBERED);
    double bound = 1.0;
    int first = 0;
    while (all.ends.get(first) >= bound) {
      first++;
    }
    assertThat(first).isBetween(2, 45);
    TrainingOptions stopping =
        new TrainingOptions(50, OptionalInt.empty(), OptionalDouble.of(bound), Seeds.of(1), 1);
    TrainingResult result = trainer(LINE, new GradientDescent(0.5)).options(stopping).fit(NUMBERED);
    assertThat(result.epochs()).isEqualTo(first + 1);
    assertThat(result.loss()).isLessThan(bound);
    TrainingResult none =
        trainer(LINE, new GradientDescent(0.5)).options(options(0, 1, 1)).fit(NUMBERED);
    assertThat(none.epochs()).isZero();
    assertThat(none.loss()).isNaN();
    assertThat(none.parameters().get("layer1.weight").item()).isZero();
  }

  @Test
  @DisplayName("Divergence and a lack of rows are told, with what to do")
  void divergence() {
    Trainer steep = trainer(LINE, new GradientDescent(1e200));
    assertThatThrownBy(() -> steep.options(options(50, 10, 1)).fit(NUMBERED))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("the loss is")
        .hasMessageContaining("in epoch 2")
        .hasMessageContaining("Lower the learning rate");
    Trainer steepest = trainer(LINE, new GradientDescent(Double.MAX_VALUE));
    assertThatThrownBy(() -> steepest.options(options(1, 10, 1)).fit(NUMBERED))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("layer1.")
        .hasMessageContaining("Infinity in epoch 1");
    Samples none =
        new Samples(
            Tensor.zeros(TensorType.of(DType.F64, 0, 1)),
            Tensor.zeros(TensorType.of(DType.F64, 0, 1)));
    assertThatThrownBy(() -> steep.options(options(1, 1, 1)).fit(none))
        .hasMessageContaining("no rows");
    assertThatThrownBy(() -> options(1, 0, 1)).hasMessageContaining("at least one row");
    assertThatThrownBy(() -> new Samples(NUMBERED.inputs(), none.targets()))
        .hasMessageContaining("10 rows of 'X' and 0 of 'T'");
  }

  private static void sameBits(TrainingResult a, TrainingResult b) {
    assertThat(Double.doubleToLongBits(a.loss())).isEqualTo(Double.doubleToLongBits(b.loss()));
    a.parameters()
        .forEach((name, tensor) ->
            assertThat(tensor.bitEquals(b.parameters().get(name))).as(name).isTrue());
  }

  /** Pixels from 0 to 1, and the digits as rows of 0 and 1. */
  private static Samples digits(DType dtype) {
    CsvTable table = BuiltInSet.DIGITS.table();
    String target = BuiltInSet.DIGITS.target();
    Features pixels = FeatureColumns.choose(table, target, List.of(), List.of()).read(table);
    Targets.Classes digits = Labels.learn(table, target, List.of());
    Tensor values = pixels.values();
    return new Samples(
        Tensor.generate(values.type().with(dtype), i -> values.get(i) / 16),
        digits.oneHot().cast(dtype));
  }

  private static TrainingResult digits(DType dtype, long seed, int threads) {
    Initialiser he = new Initialiser.He();
    NetworkPlan plan =
        new NetworkPlan(
            64,
            ImmutableList.of(
                new LayerPlan(64, OpChoice.of("relu"), he),
                new LayerPlan(64, OpChoice.of("relu"), he),
                new LayerPlan(10, OpChoice.of("softmax"), he)),
            false,
            OpChoice.of("softmax_cross_entropy"),
            1e-4,
            0,
            dtype);
    Network network = Network.build(plan, OPS, Seeds.of(seed));
    TrainingOptions options =
        new TrainingOptions(
            2, OptionalInt.of(100), OptionalDouble.empty(), Seeds.of(seed), threads);
    return Trainer.of(network.model())
        .optimizer(new Adam(0.002))
        .options(options)
        .fit(digits(dtype).first(450));
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  @DisplayName("One seed gives the same bits again, on 1, 2 and 3 threads")
  void sameBits(DType dtype) {
    TrainingResult one = digits(dtype, 5, 1);
    sameBits(one, digits(dtype, 5, 1));
    sameBits(one, digits(dtype, 5, 2));
    sameBits(one, digits(dtype, 5, 3));
    TrainingResult other = digits(dtype, 6, 1);
    assertThat(
            one.parameters()
                .get("layer1.weight")
                .bitEquals(other.parameters().get("layer1.weight")))
        .isFalse();
  }

  private static NetworkPlan mlp(Initialiser initialiser) {
    return new NetworkPlan(
        2,
        ImmutableList.of(
            new LayerPlan(8, OpChoice.of("tanh"), initialiser),
            new LayerPlan(1, OpChoice.of("sigmoid"), initialiser)),
        false,
        OpChoice.of("binary_cross_entropy_with_logits"),
        0,
        0,
        DType.F64);
  }

  @Test
  @DisplayName("An MLP learns exclusive or from random weights, and from zeros it never can")
  void exclusiveOr() {
    Samples xor =
        new Samples(
            Tensor.matrix(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}),
            Tensor.matrix(new double[][] {{0}, {1}, {1}, {0}}));
    TrainingResult learnt =
        trainer(mlp(new Initialiser.Glorot()), new Adam(0.05)).options(options(500, 4, 1)).fit(xor);
    assertThat(learnt.loss()).isLessThan(0.02);
    for (String activation : List.of("tanh", "sigmoid")) {
      NetworkPlan zeros = mlp(new Initialiser.Zeros());
      NetworkPlan plan =
          new NetworkPlan(
              2,
              ImmutableList.of(
                  new LayerPlan(8, OpChoice.of(activation), new Initialiser.Zeros()),
                  zeros.layers().getLast()),
              false,
              zeros.loss(),
              0,
              0,
              DType.F64);
      TrainingResult stuck =
          trainer(plan, new GradientDescent(0.5)).options(options(2000, 4, 1)).fit(xor);
      double[][] hidden = stuck.parameters().get("layer1.weight").toRows();
      for (double[] neuron : hidden) {
        assertThat(neuron).as(activation).containsExactly(hidden[0]);
      }
      // Neurons that are equal are one neuron, and one neuron cannot tell exclusive or.
      assertThat(stuck.loss()).as(activation).isGreaterThan(0.4);
    }
  }

  @Test
  @DisplayName("A sigmoid that uniform [0, 1] has saturated hardly moves; normal weights learn")
  void saturation() {
    Samples rows = digits(DType.F64).first(300);
    double[] losses = new double[2];
    double[] moves = new double[2];
    List<Initialiser> both = List.of(new Initialiser.Uniform(0, 1), new Initialiser.NormalFanIn());
    for (int i = 0; i < 2; i++) {
      NetworkPlan plan =
          new NetworkPlan(
              64,
              ImmutableList.of(
                  new LayerPlan(30, OpChoice.of("sigmoid"), both.get(i)),
                  new LayerPlan(10, OpChoice.of("sigmoid"), both.get(i))),
              false,
              OpChoice.of("half_squared_error"),
              0,
              0,
              DType.F64);
      Network network = Network.build(plan, OPS, Seeds.of(1));
      TrainingResult result =
          Trainer.of(network.model())
              .optimizer(new GradientDescent(1))
              .options(options(10, 10, 1))
              .fit(rows);
      losses[i] = result.loss();
      Tensor before = network.initial().get(network.layers().getFirst().weights());
      Tensor after = result.parameters().get("layer1.weight");
      for (int j = 0; j < after.length(); j++) {
        moves[i] = Math.max(moves[i], Math.abs(after.get(j) - before.get(j)));
      }
    }
    assertThat(losses[0]).isGreaterThan(5 * losses[1]);
    assertThat(moves[0]).isLessThan(0.01 * moves[1]);
  }
}
