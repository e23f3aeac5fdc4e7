package io.deltagraph.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Model;
import io.deltagraph.models.ModelBuilder;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.optimizers.ReduceOnPlateau;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedTrainerTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final int ROWS = 53;

  @TempDir private Path folder;

  private static Samples rows(DType dtype) {
    RandomStream random = Seeds.of(3).stream();
    Tensor inputs = Tensor.generate(TensorType.of(dtype, ROWS, 4), i -> random.nextGaussian());
    return new Samples(
        inputs,
        Tensor.generate(TensorType.of(dtype, ROWS, 1), i -> inputs.get(4 * i) > 0.3 ? 1 : 0));
  }

  /** A net with state that counts, state that is averaged, and a loss by rows. */
  private static Model net(DType dtype) {
    ModelBuilder net = new ModelBuilder(OPS, dtype, Seeds.of(5));
    Value x = net.input("X", 4);
    Value hidden = net.dropout(net.batchNormalisation(net.dense(x, 6, "tanh")), 0.2);
    Value y = net.dense(hidden, 1, "sigmoid");
    Value error = y.minus(net.target("T", 1));
    return net.minimising(error.times(error).sum().over(x.elementCount(List.of(0))), y);
  }

  private static Model line(DType dtype) {
    return Network.build(NetworkPlan.linearRegression(4, dtype), OPS, Seeds.of(1)).model();
  }

  private static ShardedTrainer trainer(Model model, Optimizer optimizer, int epochs) {
    return ShardedTrainer.of(Trainer.of(model).optimizer(optimizer).epochs(epochs).batch(4).seed(9))
        .shards(5);
  }

  private static void assertSameBits(Map<String, Tensor> one, Map<String, Tensor> other) {
    assertThat(one.keySet()).isEqualTo(other.keySet());
    one.forEach((name, tensor) -> assertThat(tensor.bitEquals(other.get(name))).as(name).isTrue());
  }

  @ParameterizedTest
  @DisplayName("whole batches are, but for rounding, those of a trainer that knows no shards")
  @ValueSource(ints = {1, 2, 5, 53, 80})
  void wholeBatchesAreThoseOfATrainer(int shards) {
    Trainer trainer = Trainer.of(line(DType.F64)).optimizer(new Adam(0.05)).epochs(20).batch(ROWS);
    TrainingResult plain = trainer.fit(rows(DType.F64));
    TrainingResult sharded = ShardedTrainer.of(trainer).shards(shards).fit(rows(DType.F64));
    assertThat(sharded.loss()).isCloseTo(plain.loss(), within(1e-12));
    plain
        .parameters()
        .forEach((name, tensor) ->
            assertThat(sharded.parameters().get(name).toDoubles())
                .containsExactly(tensor.toDoubles(), within(1e-10)));
  }

  @Test
  void oneLocalStepOfGradientDescentIsOneUpdateOfAll() {
    ShardedTrainer trainer = trainer(line(DType.F64), new GradientDescent(0.1), 6);
    TrainingResult one = trainer.fit(rows(DType.F64));
    TrainingResult averaged = trainer.localSteps(1).fit(rows(DType.F64));
    one.parameters()
        .forEach((name, tensor) ->
            assertThat(averaged.parameters().get(name).toDoubles())
                .containsExactly(tensor.toDoubles(), within(1e-12)));
    TrainingResult three = trainer.localSteps(3).fit(rows(DType.F64));
    assertThat(three.parameters().get("layer1.weight").get(0))
        .isNotEqualTo(one.parameters().get("layer1.weight").get(0));
    assertThat(three.loss()).isCloseTo(one.loss(), within(0.05));
  }

  @ParameterizedTest
  @DisplayName("the order in which rows come, and whether some come twice, changes no bit")
  @CsvSource({"F32,0", "F64,0", "F32,2"})
  void orderOfRowsDoesNotMatter(DType dtype, int localSteps) {
    Samples rows = rows(dtype);
    int[] twice = new int[2 * ROWS];
    Arrays.setAll(twice, i -> i % ROWS);
    int[] mixed = twice.clone();
    Seeds.of(77).stream().shuffle(mixed);
    ShardedTrainer trainer = trainer(net(dtype), new Adam(0.01), 3).localSteps(localSteps);
    TrainingResult one = trainer.fit(rows.rows(twice));
    assertSameBits(one.parameters(), trainer.fit(rows.rows(mixed)).parameters());
    TrainingResult other =
        ShardedTrainer.of(
                Trainer.of(net(dtype)).optimizer(new Adam(0.01)).epochs(3).batch(4).seed(10))
            .shards(5)
            .localSteps(localSteps)
            .fit(rows.rows(twice));
    assertThat(
            other
                .parameters()
                .get("layer1.weight")
                .bitEquals(one.parameters().get("layer1.weight")))
        .isFalse();
  }

  @Test
  @DisplayName("rows that hold the same do not all lie in one shard")
  void rowsThatHoldTheSameAreSpread() {
    int rows = 400;
    int shards = 10;
    Samples kinds =
        new Samples(
            Tensor.generate(TensorType.of(DType.F64, rows, 4), i -> i / 4 % 4),
            Tensor.generate(TensorType.of(DType.F64, rows, 1), i -> i % 4));
    Trainer trainer = Trainer.of(line(DType.F64)).epochs(1).batch(4).validation(0.1);
    ShardedTrainer.of(trainer)
        .shards(shards)
        .fit(program -> {
          LocalShards here = LocalShards.of(program, kinds, OPS);
          for (ShardRows shard : here.shards()) {
            double[] targets = shard.trained().orElseThrow().targets().toDoubles();
            assertThat(targets).hasSize(36).contains(0, 1, 2, 3);
            assertThat(shard.heldOut().orElseThrow().count()).isEqualTo(4);
          }
          return here;
        });
  }

  /** Shards dealt to workers that share nothing but bytes with this process. */
  private static final class Apart implements ShardHolder {
    private final LocalShards all;
    private final List<Holding> holdings = new ArrayList<>();

    private record Holding(List<ShardRows> shards, ShardWorker worker) {}

    Apart(ShardProgram program, Samples rows, OpLookup ops, int workers) {
      all = LocalShards.of(program, rows, ops);
      for (int worker = 0; worker < workers; worker++) {
        holdings.add(new Holding(new ArrayList<>(), new ShardWorker(sent(program), ops)));
      }
      int next = 0;
      for (ShardRows shard : all.shards()) {
        holdings.get(next++ % workers).shards().add(sent(shard));
      }
    }

    @Override
    public ShardCut cut() {
      return all.cut();
    }

    @Override
    public long fingerprint() {
      return all.fingerprint();
    }

    @Override
    public List<ShardAnswer> run(ShardTask task) {
      List<ShardAnswer> answers = new ArrayList<>();
      for (Holding holding : holdings.reversed()) {
        ShardTree tree = new ShardTree(all.cut().shards());
        for (ShardRows shard : holding.shards().reversed()) {
          tree.add(shard.shard(), holding.worker().run(shard, sent(task)));
        }
        answers.add(
            sent(
                new ShardAnswer(
                    tree.parts(), new ShardAnswer.Work("apart", 1, Duration.ofMillis(1)))));
      }
      return answers;
    }

    @Override
    public void close() {
      holdings.forEach(holding -> holding.worker().close());
      all.close();
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> T sent(T object) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(object);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (T) in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @DisplayName("who has which shards changes no bit")
  @CsvSource({"1,0", "2,0", "3,0", "5,0", "2,2", "3,2"})
  void holdersDoNotMatter(int workers, int localSteps) {
    ShardedTrainer trainer =
        ShardedTrainer.of(
                Trainer.of(net(DType.F32))
                    .optimizer(new Adam(new ReduceOnPlateau(0.02, 0.5, 1, 0, 0), 0.9, 0.999, 1e-8))
                    .epochs(4)
                    .batch(4)
                    .validation(0.2))
            .shards(5)
            .localSteps(localSteps);
    TrainingResult here = trainer.fit(rows(DType.F32));
    TrainingResult apart =
        trainer.fit(program -> new Apart(program, rows(DType.F32), OPS, workers));
    assertSameBits(here.parameters(), apart.parameters());
    assertThat(apart.history()).isEqualTo(here.history()).hasSize(4);
    assertThat(here.history()).allMatch(epoch -> epoch.validation().isPresent());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void resumedTrainingIsToTheBitOneThatWasNotCutOff(int localSteps) throws IOException {
    Path file = folder.resolve("checkpoint.safetensors");
    Trainer plain = Trainer.of(net(DType.F32)).optimizer(new Adam(0.01)).batch(4).patience(50);
    ShardedTrainer whole = ShardedTrainer.of(plain.epochs(5)).shards(5).localSteps(localSteps);
    TrainingResult expected = whole.fit(rows(DType.F32));
    ShardedTrainer.of(plain.epochs(2).checkpoint(file))
        .shards(5)
        .localSteps(localSteps)
        .fit(rows(DType.F32));
    ShardedTrainer resuming =
        ShardedTrainer.of(plain.epochs(5).resume(file)).shards(5).localSteps(localSteps);
    byte[] kept = Files.readAllBytes(file);
    TrainingResult resumed = resuming.fit(rows(DType.F32));
    assertSameBits(expected.parameters(), resumed.parameters());
    assertThat(resumed.history()).isEqualTo(expected.history());
    Files.write(file, kept);
    assertThatThrownBy(() -> resuming.shards(6).fit(rows(DType.F32)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("number of shards");
    assertThatThrownBy(() -> resuming.fit(rows(DType.F32).first(ROWS - 1)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("set of rows");
  }

  private record Overheard(ShardHolder held, List<ShardTask> asked) implements ShardHolder {
    @Override
    public ShardCut cut() {
      return held.cut();
    }

    @Override
    public long fingerprint() {
      return held.fingerprint();
    }

    @Override
    public List<ShardAnswer> run(ShardTask task) {
      asked.add(task);
      return held.run(task);
    }

    @Override
    public void close() {
      held.close();
    }
  }

  @ParameterizedTest
  @DisplayName("what the update alone remembers is not sent to shards")
  @ValueSource(ints = {0, 1})
  void onlyWhatIsReadIsSent(int localSteps) {
    Model model = line(DType.F32);
    List<ShardTask> asked = new ArrayList<>();
    trainer(model, new Adam(0.1), 1)
        .localSteps(localSteps)
        .fit(program -> new Overheard(LocalShards.of(program, rows(DType.F32), OPS), asked));
    List<String> all = List.of("layer1.weight", "layer1.bias");
    assertThat(asked)
        .hasSize(3)
        .allSatisfy(task -> {
          assertThat(task.state()).containsKeys(all.toArray(String[]::new));
          assertThat(task.state().size() > all.size()).isEqualTo(localSteps > 0);
        });
  }

  /** A store that is no file for whoever asks. */
  private record Elsewhere(Path file) implements CheckpointStore {
    @Override
    public boolean exists() {
      return Files.exists(file);
    }

    @Override
    public void read(Path to) throws IOException {
      Files.write(to, Files.readAllBytes(file));
    }

    @Override
    public void write(Path from) throws IOException {
      Files.write(file, Files.readAllBytes(from));
    }

    @Override
    public String toString() {
      return "far://away";
    }
  }

  @Test
  void checkpointsMayLieElsewhere() {
    Elsewhere store = new Elsewhere(folder.resolve("kept"));
    Trainer plain = Trainer.of(line(DType.F32)).batch(4);
    ShardedTrainer.of(plain.epochs(2)).checkpoint(store, false).fit(rows(DType.F32));
    assertThat(store.file()).exists();
    ShardedTrainer resuming = ShardedTrainer.of(plain.epochs(4)).checkpoint(store, true);
    assertSameBits(
        resuming.fit(rows(DType.F32)).parameters(),
        ShardedTrainer.of(plain.epochs(4)).fit(rows(DType.F32)).parameters());
    assertThatThrownBy(() -> resuming.localSteps(2).fit(rows(DType.F32)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("far://away")
        .hasMessageContaining("number of local steps");
  }

  @Test
  void everyStepIsTold() {
    List<ShardListener.Step> steps = new ArrayList<>();
    trainer(line(DType.F32), new GradientDescent(0.1), 2).listener(steps::add).fit(rows(DType.F32));
    // 53 rows in 5 shards are 11 or 10 in each: 4, 4 and at last 3 or 2 of each.
    assertThat(steps).extracting(ShardListener.Step::number).containsExactly(1, 2, 3, 1, 2, 3);
    assertThat(steps)
        .extracting(ShardListener.Step::rows)
        .containsExactly(20L, 20L, 13L, 20L, 20L, 13L);
    assertThat(steps.getFirst().straggler()).isEmpty();
  }

  @Test
  void aShareThatTookLongIsAStraggler() {
    List<ShardAnswer.Work> work = new ArrayList<>();
    for (int millis : new int[] {10, 11, 30, 9}) {
      work.add(new ShardAnswer.Work("w" + millis, 1, Duration.ofMillis(millis)));
    }
    ShardListener.Step step = new ShardListener.Step(1, 1, 1, 1, 0.5, Duration.ofMillis(31), work);
    assertThat(step.straggler())
        .hasValueSatisfying(late -> assertThat(late.worker()).isEqualTo("w30"));
  }

  @Test
  void whatMakesNoSenseForShardsIsRefused() {
    Trainer plain = Trainer.of(line(DType.F32));
    assertThatThrownBy(() -> ShardedTrainer.of(plain.session(Session.Options.defaults())))
        .hasMessageContaining("leave out session and anomaly");
    assertThatThrownBy(() -> ShardedTrainer.of(plain.anomaly()))
        .hasMessageContaining("leave out session and anomaly");
    Network perceptron = Network.build(NetworkPlan.perceptron(4, DType.F32), OPS, Seeds.of(1));
    assertThatThrownBy(() -> ShardedTrainer.of(Trainer.byPerceptronRule(perceptron, 1)))
        .hasMessageContaining("no gradients to add up");
    assertThatThrownBy(() -> ShardedTrainer.of(plain).shards(0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> ShardedTrainer.of(plain).localSteps(-1)).hasMessageContaining("-1");
  }

  @Test
  void aLossThatIsNotFiniteEndsTraining() {
    assertThatThrownBy(
            () -> trainer(line(DType.F32), new GradientDescent(1e30), 9).fit(rows(DType.F32)))
        .isInstanceOf(DivergedException.class);
  }

  @Test
  void trainingEndsEarly() {
    Trainer plain = Trainer.of(line(DType.F32)).optimizer(new GradientDescent(0.1)).epochs(500);
    TrainingResult patient =
        ShardedTrainer.of(plain.patience(3).validation(0.2)).shards(4).fit(rows(DType.F32));
    assertThat(patient.end()).isEqualTo(TrainingEnd.PATIENCE);
    assertThat(patient.bestEpoch()).hasValue(patient.epochs() - 3);
    assertThat(ShardedTrainer.of(plain.timeLimit(Duration.ofNanos(1))).fit(rows(DType.F32)).end())
        .isEqualTo(TrainingEnd.TIME_LIMIT);
    assertThat(ShardedTrainer.of(plain.stopBelow(1e9)).fit(rows(DType.F32)).end())
        .isEqualTo(TrainingEnd.STOP_BELOW);
  }
}
