package io.deltagraph.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Value;
import io.deltagraph.models.Model;
import io.deltagraph.models.ModelBuilder;
import io.deltagraph.optimizers.Clipping;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.optimizers.ReduceOnPlateau;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What ends training, what is taken back then, and how the learning rate follows the loss. */
class LoopTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final int ROWS = 20;

  private static Samples noisy(int rows) {
    RandomStream random = Seeds.of(11).stream();
    double[] x = new double[rows];
    double[] t = new double[rows];
    for (int i = 0; i < rows; i++) {
      x[i] = random.nextGaussian();
      t[i] = 2 * x[i] + random.nextGaussian();
    }
    return new Samples(column(x), column(t));
  }

  private static Tensor column(double[] numbers) {
    return Tensor.of(TensorType.of(DType.F64, numbers.length, 1), numbers);
  }

  /** {@code y = w x} with the loss {@code Σ (y − t)² / n}, from w = 0. */
  private static Model slope() {
    ModelBuilder net = new ModelBuilder(OPS, DType.F64, Seeds.of(1));
    Value x = net.input("X", 1);
    Value w = net.parameter("w", Tensor.zeros(TensorType.of(DType.F64, 1, 1)));
    Value y = x.matmul(w);
    Value error = y.minus(net.target("T", 1));
    return net.minimising(error.times(error).sum().over(x.elementCount(List.of(0))), y);
  }

  private static double loss(Samples rows, int[] chosen, double w) {
    double sum = 0;
    for (int row : chosen) {
      double error = w * rows.inputs().get(row) - rows.targets().get(row);
      sum += error * error;
    }
    return sum / chosen.length;
  }

  private static double w(Map<String, Tensor> parameters) {
    return parameters.get("w").get(0);
  }

  /** The parameter after each epoch, and the losses. */
  private static final class Path implements TrainingListener {
    private final List<Double> weights = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> validations = new ArrayList<>();

    @Override
    public void validated(int epoch, double loss) {
      validations.add(loss);
    }

    @Override
    public void epochEnded(int epoch, double loss, Supplier<Map<String, Tensor>> parameters) {
      weights.add(w(parameters.get()));
      losses.add(loss);
    }
  }

  @Test
  @DisplayName("Validation rows are drawn by the seed, are not trained on, and give their loss")
  void validation() {
    Samples all = noisy(ROWS);
    Path path = new Path();
    TrainingResult result =
        Trainer.of(slope())
            .optimizer(new GradientDescent(0.1))
            .options(
                new TrainingOptions(
                    30, OptionalInt.empty(), OptionalDouble.empty(), Seeds.of(3), 1))
            .validation(0.25)
            .listener(path)
            .fit(all);
    int[] chosen = ValidationRows.chosen(ROWS, Stopping.NEVER.withValidation(0.25), Seeds.of(3));
    int[] others = ValidationRows.others(ROWS, chosen);
    assertThat(chosen).hasSize(5).isSorted().doesNotHaveDuplicates();
    assertThat(others).hasSize(15).isSorted().doesNotContain(chosen);
    assertThat(ValidationRows.chosen(ROWS, Stopping.NEVER.withValidation(0.25), Seeds.of(4)))
        .isNotEqualTo(chosen);
    assertThat(ValidationRows.chosen(2, Stopping.NEVER.withValidation(0.01), Seeds.of(4)))
        .hasSize(1);
    double w = 0;
    for (int epoch = 0; epoch < 30; epoch++) {
      assertThat(path.losses.get(epoch)).isCloseTo(loss(all, others, w), within(1e-12));
      double gradient = 0;
      for (int row : others) {
        double x = all.inputs().get(row);
        gradient += 2 * x * (w * x - all.targets().get(row)) / others.length;
      }
      w -= 0.1 * gradient;
      assertThat(path.weights.get(epoch)).isCloseTo(w, within(1e-12));
      assertThat(path.validations.get(epoch)).isCloseTo(loss(all, chosen, w), within(1e-12));
    }
    assertThat(result.history())
        .hasSize(30)
        .allSatisfy(
            at -> assertThat(at.validation()).hasValue(path.validations.get(at.epoch() - 1)));
    assertThat(result.end()).isEqualTo(TrainingEnd.EPOCHS);
  }

  /** A rate that overshoots more and more, so that the best epoch is an early one. */
  @Test
  @DisplayName("Patience ends training and takes the best parameters back")
  void patience() {
    for (double minDelta : new double[] {0, 0.05}) {
      Path path = new Path();
      TrainingResult result =
          Trainer.of(slope())
              .optimizer(new GradientDescent(0.05))
              .epochs(400)
              .batch(ROWS)
              .seed(5)
              .validation(0.3)
              .patience(7)
              .minDelta(minDelta)
              .listener(path)
              .fit(noisy(ROWS));
      // Once more, slowly: what is the first epoch after which 7 bring nothing better?
      double best = Double.POSITIVE_INFINITY;
      int bestEpoch = 0;
      int ended = 0;
      for (int epoch = 1; epoch <= path.validations.size() && ended == 0; epoch++) {
        if (path.validations.get(epoch - 1) < best - minDelta) {
          best = path.validations.get(epoch - 1);
          bestEpoch = epoch;
        } else if (epoch - bestEpoch >= 7) {
          ended = epoch;
        }
      }
      assertThat(ended).isPositive();
      assertThat(result.end()).isEqualTo(TrainingEnd.PATIENCE);
      assertThat(result.epochs()).isEqualTo(ended).isEqualTo(path.weights.size());
      assertThat(result.bestEpoch()).hasValue(bestEpoch);
      assertThat(bestEpoch).isEqualTo(ended - 7);
      assertThat(w(result.parameters())).isEqualTo(path.weights.get(bestEpoch - 1));
      assertThat(w(result.parameters())).isNotEqualTo(path.weights.getLast());
    }
  }

  @Test
  @DisplayName("The learning rate falls where the loss does not, down to the least")
  void plateau() {
    Samples all = noisy(ROWS);
    ReduceOnPlateau schedule = new ReduceOnPlateau(0.9, 0.5, 2, 0.001, 0.3);
    Path path = new Path();
    Trainer.of(slope())
        .optimizer(Clipping.byValue(5).before(new GradientDescent(schedule)))
        .epochs(40)
        .batch(ROWS)
        .listener(path)
        .fit(all);
    double w = 0;
    double rate = 0.9;
    double best = Double.POSITIVE_INFINITY;
    int wait = 0;
    int reduced = 0;
    int[] rows = ValidationRows.others(ROWS, new int[0]);
    for (int epoch = 0; epoch < 40; epoch++) {
      double loss = loss(all, rows, w);
      double gradient = 0;
      for (int row : rows) {
        double x = all.inputs().get(row);
        gradient += 2 * x * (w * x - all.targets().get(row)) / ROWS;
      }
      w -= rate * Math.max(-5, Math.min(5, gradient));
      assertThat(path.weights.get(epoch)).as("epoch %s", epoch).isCloseTo(w, within(1e-9));
      if (loss < best - 0.001) {
        best = loss;
        wait = 0;
      } else if (++wait >= 2) {
        wait = 0;
        rate = Math.max(rate * 0.5, 0.3);
        reduced++;
      }
    }
    assertThat(reduced).isGreaterThan(3);
    assertThat(rate).isEqualTo(0.3);
  }

  @Test
  @DisplayName("A time limit ends training after the step in hand")
  void timeLimit() {
    TrainingResult result =
        Trainer.of(slope()).epochs(1_000_000).timeLimit(Duration.ofMillis(50)).fit(noisy(ROWS));
    assertThat(result.end()).isEqualTo(TrainingEnd.TIME_LIMIT);
    assertThat(result.epochs()).isLessThan(1_000_000);
  }

  /** Ends training after so many steps, in one way or another. */
  private static final class EndingListener implements TrainingListener {
    private final int steps;
    private final boolean interrupts;
    private int made;
    private int epochs;

    EndingListener(int steps, boolean interrupts) {
      this.steps = steps;
      this.interrupts = interrupts;
    }

    @Override
    public void stepped(int epoch, int rows, TensorReader out, TensorReader targets, double loss) {
      if (++made == steps && interrupts) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public boolean hasEnough() {
      return made == steps && !interrupts;
    }

    @Override
    public void epochEnded(int epoch, double loss, Supplier<Map<String, Tensor>> parameters) {
      epochs++;
    }
  }

  @Test
  @DisplayName("A listener and an interruption end training after the step in hand")
  void ends() {
    Samples all = noisy(ROWS);
    Trainer trainer = Trainer.of(slope()).optimizer(new GradientDescent(0.1)).batch(5).epochs(50);
    // The parameter after each step.
    List<Double> weights = new ArrayList<>();
    for (int epochs = 1; epochs <= 3; epochs++) {
      weights.add(w(trainer.epochs(epochs).fit(all).parameters()));
    }
    for (boolean interrupts : new boolean[] {false, true}) {
      TrainingEnd end = interrupts ? TrainingEnd.INTERRUPTED : TrainingEnd.LISTENER;
      EndingListener within = new EndingListener(6, interrupts);
      TrainingResult cut = trainer.listener(within).fit(all);
      assertThat(Thread.interrupted()).isEqualTo(interrupts);
      assertThat(within.made).isEqualTo(6);
      assertThat(within.epochs).isEqualTo(1);
      assertThat(cut.end()).isEqualTo(end);
      assertThat(cut.epochs()).isEqualTo(1);
      assertThat(w(cut.parameters())).isNotIn(weights.get(0), weights.get(1));
      EndingListener after = new EndingListener(8, interrupts);
      TrainingResult whole = trainer.listener(after).fit(all);
      assertThat(Thread.interrupted()).isEqualTo(interrupts);
      assertThat(whole.end()).isEqualTo(end);
      assertThat(whole.epochs()).isEqualTo(2).isEqualTo(after.epochs);
      assertThat(w(whole.parameters())).isEqualTo(weights.get(1));
    }
  }

  @Test
  @DisplayName("Settings out of range are refused")
  void refusals() {
    Trainer trainer = Trainer.of(slope());
    assertThatThrownBy(() -> trainer.validation(1)).hasMessageContaining("below 1, got 1.0");
    assertThatThrownBy(() -> trainer.patience(0)).hasMessageContaining("at least one epoch");
    assertThatThrownBy(() -> trainer.minDelta(-1)).hasMessageContaining("not below 0, got -1.0");
    assertThatThrownBy(() -> trainer.timeLimit(Duration.ZERO))
        .hasMessageContaining("longer than no time");
    assertThatThrownBy(() -> new ReduceOnPlateau(1, 1, 1, 0, 0)).hasMessageContaining("factor");
  }

  /** {@code y = ln(w x)} without a guard: after some steps w x falls below 0. */
  private static Model logarithm() {
    ModelBuilder net = new ModelBuilder(OPS, DType.F64, Seeds.of(1));
    Value x = net.input("X", 1);
    Value w = net.parameter("w", Tensor.filled(TensorType.of(DType.F64, 1, 1), 1));
    Value y = x.matmul(w).log();
    Value error = y.minus(net.target("T", 1));
    return net.minimising(error.sum(), y);
  }

  @Test
  @DisplayName("A loss that is not finite is traced to its node, line and rows")
  void traced() {
    Samples rows =
        new Samples(column(new double[] {1, 2, 3, 4}), column(new double[] {0, 0, 0, 0}));
    // d/dw Σ ln(w x) = n/w = 1 for a row: w = 1, 0.6, −0.066…: the third step has no logarithm.
    Trainer trainer =
        Trainer.of(logarithm()).optimizer(new GradientDescent(0.4)).batch(1).seed(9).epochs(3);
    int[] order = new int[4];
    Seeds.of(9).numbered("shuffle").at(1).permute(order);
    for (Trainer one : List.of(trainer, trainer.anomaly())) {
      assertThatThrownBy(() -> one.fit(rows))
          .isInstanceOfSatisfying(
              DivergedException.class,
              e ->
                  assertThat(e.origin().orElseThrow())
                      .startsWith("element 0 of %")
                      .contains(" is NaN, made by log from finite inputs.")
                      .contains("\n  built   LoopTest.java:")
                      .contains("\n  op      log  io.deltagraph.ops ")
                      .contains("\n  input   %")
                      .endsWith("\n  step    of epoch 1"))
          .hasMessageContaining("\n  rows    " + order[2] + ", counted from 0 as they were given")
          .hasMessageContaining("in epoch 1");
    }
  }

  @Test
  @DisplayName("Numbers that are not finite are seen by a look even where the loss is finite")
  void anomaly() {
    ModelBuilder net = new ModelBuilder(OPS, DType.F64, Seeds.of(1));
    Value x = net.input("X", 1);
    Value w = net.parameter("w", Tensor.filled(TensorType.of(DType.F64, 1, 1), 1));
    Value y = x.matmul(w);
    Value hidden = x.times(1000).exp().minimum(y);
    Value error = hidden.minus(net.target("T", 1));
    Model model = net.minimising(error.times(error).sum(), hidden);
    Trainer trainer = Trainer.of(model).optimizer(new GradientDescent(1e-9)).epochs(2);
    Samples rows = noisy(4);
    assertThat(trainer.fit(rows).loss()).isFinite();
    assertThatThrownBy(() -> trainer.anomaly().fit(rows))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("A step in epoch 1 makes a number that is not finite.")
        .hasMessageContaining("is Infinity, made by");
  }

  @Test
  @DisplayName("What the last step spoils is traced too, also many steps after the last look")
  void lastStep() {
    Samples rows = noisy(6);
    Trainer steepest = Trainer.of(slope()).optimizer(new GradientDescent(1e308)).batch(6).epochs(1);
    assertThatThrownBy(() -> steepest.fit(rows))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("a number of w is")
        .hasMessageContaining("The first number that is not finite: element 0")
        .hasMessageContaining("rows    ");
  }
}
