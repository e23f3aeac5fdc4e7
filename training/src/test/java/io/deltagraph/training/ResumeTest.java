package io.deltagraph.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import io.deltagraph.files.SafeTensors;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Model;
import io.deltagraph.models.ModelBuilder;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.optimizers.Clipping;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.optimizers.Optimizers;
import io.deltagraph.optimizers.ReduceOnPlateau;
import io.deltagraph.optimizers.Schedule;
import io.deltagraph.optimizers.Schedules;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that was cut off and resumed is to the bit one that was not. */
class ResumeTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final int ROWS = 30;

  @TempDir private Path folder;

  private static Tensor random(DType dtype, long seed, int... sizes) {
    RandomStream random = Seeds.of(seed).stream();
    return Tensor.generate(TensorType.of(dtype, sizes), i -> random.nextGaussian());
  }

  private static Samples rows(long seed) {
    return new Samples(
        Map.of("X", random(DType.F32, seed, ROWS, 3), "T", random(DType.F32, seed + 1, ROWS, 1)));
  }

  /** A net with state of its own: the number of steps, which its outputs depend on. */
  private static Model model(long seed) {
    ModelBuilder net = new ModelBuilder(OPS, DType.F32, Seeds.of(seed));
    Value x = net.input("X", 3);
    GraphParameter steps = net.parameter("steps", Tensor.zeros(TensorType.of(DType.F32, 1)));
    net.update(steps, steps.plus(1));
    Value hidden = net.dense(x, 5, "tanh").plus(steps.times(1e-3));
    Value y = net.dense(hidden, 1);
    Value error = y.minus(net.target("T", 1));
    return net.minimising(error.times(error).sum().over(x.elementCount(List.of(0))), y);
  }

  private static Trainer trainer(Optimizer optimizer) {
    return Trainer.of(model(1)).optimizer(optimizer).epochs(12).batch(8).seed(7);
  }

  /** Ends training by a failure after an epoch, as if the process had been killed then. */
  private static final class Killer implements TrainingListener {
    private final int after;
    private int heard;
    private int resumedAt = -1;

    Killer(int after) {
      this.after = after;
    }

    @Override
    public void epochEnded(int epoch, double loss, Supplier<Map<String, Tensor>> parameters) {
      heard++;
      if (epoch == after + 1) {
        throw new Killed();
      }
    }

    @Override
    public Map<String, Tensor> remembered() {
      return Map.of("heard", Tensor.scalar(heard));
    }

    @Override
    public void resumed(int epoch, Map<String, Tensor> remembered) {
      resumedAt = epoch;
      heard = (int) remembered.get("heard").item();
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static void sameBits(TrainingResult one, TrainingResult other) {
    assertThat(other.history()).isEqualTo(one.history());
    assertThat(other.epochs()).isEqualTo(one.epochs());
    assertThat(other.end()).isEqualTo(one.end());
    assertThat(other.bestEpoch()).isEqualTo(one.bestEpoch());
    assertThat(other.parameters().keySet()).isEqualTo(one.parameters().keySet());
    one.parameters()
        .forEach((name, value) ->
            assertThat(value.bitEquals(other.parameters().get(name))).as(name).isTrue());
  }

  /** Kills after the first epoch, since one checkpoint a second is written, then resumes. */
  private void resumesToTheBit(Trainer trainer, Samples rows) {
    TrainingResult whole = trainer.fit(rows);
    Path file = folder.resolve("t.checkpoint");
    assertThatThrownBy(() -> trainer.listener(new Killer(1)).checkpoint(file).fit(rows))
        .isInstanceOf(Killed.class);
    Killer listener = new Killer(Integer.MAX_VALUE - 1);
    TrainingResult resumed = trainer.listener(listener).resume(file).fit(rows);
    assertThat(listener.resumedAt).isEqualTo(1);
    assertThat(listener.heard).isEqualTo(whole.epochs());
    sameBits(whole, resumed);
    // The last checkpoint is of the end: nothing is left to do.
    Killer late = new Killer(Integer.MAX_VALUE - 1);
    sameBits(whole, trainer.listener(late).resume(file).fit(rows));
    assertThat(late.resumedAt).isEqualTo(whole.epochs());
    for (int epochs = 2; epochs < 6; epochs++) {
      trainer.epochs(epochs).checkpoint(file).fit(rows);
      sameBits(whole, trainer.resume(file).fit(rows));
    }
  }

  @Test
  @DisplayName("the time limit is that of all parts together")
  void time() {
    Path file = folder.resolve("t.checkpoint");
    Trainer trainer = trainer(new Adam(0.01)).epochs(1);
    TrainingListener slow =
        new TrainingListener() {
          @Override
          public void epochEnded(int epoch, double loss, Supplier<Map<String, Tensor>> parameters) {
            Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(300));
          }
        };
    trainer.listener(slow).checkpoint(file).fit(rows(1));
    TrainingResult rest =
        trainer.epochs(100_000).timeLimit(Duration.ofMillis(200)).resume(file).fit(rows(1));
    assertThat(rest.end()).isEqualTo(TrainingEnd.TIME_LIMIT);
    assertThat(rest.epochs()).isEqualTo(1);
  }

  static List<Optimizer> optimizers() {
    // Only a fall by more than 0.2 counts, so that the rate goes down again and again.
    Schedule plateau = new ReduceOnPlateau(0.05, 0.5, 2, 0.2, 1e-4);
    Schedule cosine = Schedules.cosine(0.05, 0, 40);
    return List.of(
        Optimizers.named("sgd", Schedules.step(0.05, 3, 0.9), Map.of("momentum", 0.9)),
        Optimizers.named("adam", cosine, Map.of()),
        Optimizers.named("amsgrad", plateau, Map.of()),
        Clipping.byGlobalNorm(0.5).before(Optimizers.named("rmsprop", plateau, Map.of())));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  @DisplayName("Weights, optimizer's state, schedule, order of rows, state and history go on")
  void optimizersGoOn(Optimizer optimizer) {
    resumesToTheBit(trainer(optimizer), rows(3));
  }

  @Test
  @DisplayName("The best so far and the patience go on as well")
  void patience() {
    Trainer trainer =
        trainer(Optimizers.named("adam", Schedule.constant(0.05), Map.of()))
            .epochs(60)
            .validation(0.3)
            .patience(4);
    TrainingResult whole = trainer.fit(rows(3));
    assertThat(whole.end()).isEqualTo(TrainingEnd.PATIENCE);
    resumesToTheBit(trainer, rows(3));
  }

  @Test
  @DisplayName("What is dropped, running statistics, frozen parameters and groups go on as well")
  void layersOfTraining() {
    ModelBuilder net = new ModelBuilder(OPS, DType.F32, Seeds.of(2));
    Value hidden = net.batchNormalisation(net.dense(net.input("X", 3), 16, "tanh"));
    Value y = net.dense(net.dropout(net.layerNormalisation(net.dropout(hidden, 0.5)), 0.2), 1);
    Model model = net.minimising(y.minus(net.target("T", 1)).square().mean(), y);
    assertThat(model.updates()).hasSize(4);
    Trainer trainer =
        Trainer.of(model)
            .optimizer(Optimizers.named("adam", Schedule.constant(0.05), Map.of()))
            .group(
                parameter -> parameter.label().endsWith(".bias"),
                Optimizers.named("sgd", Schedule.constant(0.01), Map.of("momentum", 0.9)))
            .frozen(parameter -> parameter.label().equals("layer1.weight"))
            .epochs(12)
            .batch(8)
            .seed(7)
            .validation(0.3);
    resumesToTheBit(trainer, rows(3));
  }

  @Test
  @DisplayName("More epochs may follow, on other numbers of threads")
  void longer() {
    Trainer trainer = trainer(Optimizers.named("adam", Schedule.constant(0.01), Map.of()));
    Path file = folder.resolve("t.checkpoint");
    trainer.epochs(5).checkpoint(file).fit(rows(3));
    sameBits(trainer.fit(rows(3)), trainer.threads(2).resume(file).fit(rows(3)));
  }

  @Test
  @DisplayName("Without a file training begins anew, and an interrupted one is resumed")
  void interrupted() {
    Trainer trainer = trainer(Optimizers.named("adam", Schedule.constant(0.01), Map.of()));
    Path file = folder.resolve("t.checkpoint");
    TrainingListener interrupter =
        new TrainingListener() {
          @Override
          public void epochEnded(int epoch, double loss, Supplier<Map<String, Tensor>> parameters) {
            if (epoch == 1) {
              Thread.currentThread().interrupt();
            }
          }
        };
    TrainingResult cut = trainer.listener(interrupter).resume(file).fit(rows(3));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(cut.end()).isEqualTo(TrainingEnd.INTERRUPTED);
    assertThat(file).exists();
    sameBits(trainer.fit(rows(3)), trainer.resume(file).fit(rows(3)));
  }

  @Test
  @DisplayName("Whatever has changed since is refused by its name")
  void changed() {
    Optimizer adam = Optimizers.named("adam", Schedule.constant(0.01), Map.of());
    Path file = folder.resolve("t.checkpoint");
    Trainer trainer = trainer(adam).epochs(2).settings(Map.of("spec", "a")).resume(file);
    trainer.fit(rows(3));
    Map<String, Function<Trainer, Trainer>> changes = new HashMap<>();
    changes.put("seed", t -> t.seed(8));
    changes.put("number of rows a step", t -> t.batch(9));
    changes.put("share of validation rows", t -> t.validation(0.1));
    changes.put(
        "graph of a step",
        t -> t.optimizer(Optimizers.named("sgd", Schedule.constant(0.01), Map.of())));
    changes.put(
        "schedule by the loss",
        t -> t.optimizer(new Adam(new ReduceOnPlateau(0.01, 0.5, 3, 0, 0), 0.9, 0.999, 1e-8)));
    changes.put("spec", t -> t.settings(Map.of("spec", "b")));
    changes.forEach((name, change) ->
        assertThatThrownBy(() -> change.apply(trainer).fit(rows(3)))
            .isInstanceOfSatisfying(
                CheckpointException.class, e -> assertThat(e.setting()).isEqualTo(name))
            .hasMessageContaining("this checkpoint was made with another " + name + ": "));
    assertThatThrownBy(() -> trainer.fit(rows(5)))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.setting()).isEqualTo("set of rows"));
    Trainer other = Trainer.of(model(2)).optimizer(adam).epochs(2).batch(8).seed(7).resume(file);
    assertThatThrownBy(() -> other.settings(Map.of("spec", "a")).fit(rows(3)))
        .isInstanceOfSatisfying(
            CheckpointException.class,
            e -> assertThat(e.setting()).isEqualTo("first value of a parameter"));
    assertThatThrownBy(() -> trainer.settings(Map.of()).fit(rows(3)))
        .hasMessageContaining("another spec: a, now nothing");
  }

  @Test
  @DisplayName("A file that is no checkpoint, or is cut, is refused")
  void damaged() throws IOException {
    Path file = folder.resolve("t.checkpoint");
    Trainer trainer =
        trainer(Optimizers.named("adam", Schedule.constant(0.01), Map.of())).epochs(2);
    trainer.checkpoint(file).fit(rows(3));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 5));
    assertThatThrownBy(() -> trainer.resume(file).fit(rows(3)))
        .isInstanceOf(UncheckedIOException.class);
    SafeTensors.write(file, Map.of("a", Tensor.scalar(1)), Map.of());
    assertThatThrownBy(() -> trainer.resume(file).fit(rows(3)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("it does not say that it is one. Start anew.");
  }
}
