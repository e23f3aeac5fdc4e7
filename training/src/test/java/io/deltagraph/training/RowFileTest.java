package io.deltagraph.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Model;
import io.deltagraph.models.ModelBuilder;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows on disk are those that were written, and training on them is repeatable to the bit. */
class RowFileTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final int ROWS = 20_000;

  @TempDir private Path folder;

  /** The first number of a row tells which one it is. */
  private static Samples rows(int count) {
    RandomStream random = Seeds.of(5).stream();
    Tensor x =
        Tensor.generate(
            TensorType.of(DType.F32, count, 3),
            i -> i % 3 == 0 ? Math.floorDiv(i, 3) : random.nextGaussian());
    return new Samples(x, Tensor.generate(TensorType.of(DType.F32, count, 1), x::get));
  }

  private static Model model() {
    ModelBuilder net = new ModelBuilder(OPS, DType.F32, Seeds.of(1));
    Value x = net.input("X", 3);
    GraphParameter steps = net.parameter("steps", Tensor.zeros(TensorType.of(DType.F32, 1)));
    net.update(steps, steps.plus(1));
    Value y = net.dense(net.dense(x, 4, "tanh").plus(steps.times(1e-4)), 1);
    Value error = y.minus(net.target("T", 1)).times(1e-3);
    return net.minimising(error.times(error).sum().over(x.elementCount(List.of(0))), y);
  }

  private static Trainer trainer() {
    return Trainer.of(model()).optimizer(new Adam(0.01)).epochs(3).batch(64).seed(7);
  }

  private RowFile file(Samples all) {
    return RowFile.write(
        folder,
        IntStream.rangeClosed(0, (all.count() - 1) / 777)
            .mapToObj(i -> all.range(i * 777, Math.min(all.count(), (i + 1) * 777)))
            .iterator());
  }

  private static void same(TrainingResult one, TrainingResult other) {
    assertThat(other.history()).isEqualTo(one.history());
    one.parameters()
        .forEach((name, value) ->
            assertThat(other.parameters().get(name).bitEquals(value)).as(name).isTrue());
  }

  @Test
  @DisplayName("What is written is read, of each dtype, and the file is nowhere to be seen")
  void readsWhatIsWritten() throws IOException {
    Tensor doubles = Tensor.generate(TensorType.of(DType.F64, 5, 2), i -> i / 3.0);
    Samples all =
        new Samples(
            ImmutableMap.of(
                "a", doubles,
                "b", doubles.cast(DType.F32),
                "c", Tensor.longs(1L << 53, -1, 0, 7, 8),
                "d", Tensor.indices(4, 3, -2, 1, 0),
                "e", Tensor.generate(TensorType.of(DType.BOOL, 5), i -> i % 2)));
    try (RowFile file =
        RowFile.write(folder, ImmutableList.of(all.range(0, 2), all.range(2, 5)).iterator())) {
      assertThat(file.count()).isEqualTo(5);
      all.range(1, 4)
          .tensors()
          .forEach((name, tensor) ->
              assertThat(file.rows(1, 4).get(name).bitEquals(tensor)).as(name).isTrue());
      assertThatThrownBy(() -> file.rows(4, 6)).isInstanceOf(IndexOutOfBoundsException.class);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    assertThatThrownBy(() -> RowFile.write(folder, ImmutableList.<Samples>of().iterator()))
        .hasMessage("There are no rows to write.");
    assertThatThrownBy(() -> RowFile.write(folder, ImmutableList.of(all, rows(2)).iterator()))
        .hasMessageContaining("Rows before were of")
        .hasMessageContaining("these are of");
  }

  @Test
  @DisplayName("Where all rows are in one portion, training is that in memory to the bit")
  void onePortionIsMemory() {
    Samples all = rows(900);
    Trainer trainer = trainer().validation(0.2);
    try (RowFile file = file(all)) {
      same(trainer.fit(all), trainer.fit(file));
    }
  }

  /** Which rows were seen, in their order. */
  private static final class Seen implements TrainingListener {
    private final List<Integer> rows = new ArrayList<>();

    @Override
    public void stepped(
        int epoch, int done, TensorReader outputs, TensorReader targets, double loss) {
      for (int i = 0; i < targets.length(); i++) {
        rows.add((int) targets.get(i));
      }
      assertThat(rows).hasSize((epoch - 1) * ROWS * 4 / 5 + done);
    }
  }

  @Test
  @DisplayName("Each epoch sees each row once, in another order, mixed over all of the file")
  void seesEachRowOnce() {
    // The target of a row is its number.
    Samples numbered =
        new Samples(
            rows(ROWS).inputs(), Tensor.generate(TensorType.of(DType.F32, ROWS, 1), i -> i));
    Seen seen = new Seen();
    Seen again = new Seen();
    Trainer trainer = trainer().portion(2000).validation(0.2);
    try (RowFile file = file(numbered)) {
      TrainingResult one = trainer.listener(seen).fit(file);
      same(one, trainer.listener(again).threads(2).fit(file));
      assertThat(trainer.seed(8).fit(file).history()).isNotEqualTo(one.history());
    }
    assertThat(again.rows).isEqualTo(seen.rows);
    int count = ROWS * 4 / 5;
    int[] held = ValidationRows.chosen(ROWS, Stopping.NEVER.withValidation(0.2), Seeds.of(7));
    Set<Integer> expected = new HashSet<>();
    for (int row : ValidationRows.others(ROWS, held)) {
      expected.add(row);
    }
    List<Integer> first = seen.rows.subList(0, count);
    List<Integer> second = seen.rows.subList(count, 2 * count);
    assertThat(new HashSet<>(first)).isEqualTo(expected).hasSize(count);
    assertThat(new HashSet<>(second)).isEqualTo(expected);
    assertThat(second).isNotEqualTo(first);
    // Neighbours within the first portion are far apart in the file.
    long far =
        IntStream.range(1, 2000)
            .filter(i -> Math.abs(first.get(i) - first.get(i - 1)) > 1000)
            .count();
    assertThat(far).isGreaterThan(1000);
    assertThat(first.subList(0, 2000).stream().mapToInt(row -> row).average().orElseThrow())
        .isNotCloseTo(1000, within(100.0));
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Ends training by a failure within an epoch, as if the process had been killed then. */
  private static final class Killer implements TrainingListener {
    private final int last;
    private int taken;

    Killer(int last) {
      this.last = last;
    }

    @Override
    public void stepped(
        int epoch, int done, TensorReader outputs, TensorReader targets, double loss) {
      if (++taken == last) {
        throw new Killed();
      }
    }
  }

  @Test
  @DisplayName("A training that was cut off within an epoch goes on from there, to the same bits")
  void resumesWithinAnEpoch() throws IOException {
    Samples all = rows(3000);
    Path checkpoint = folder.resolve("kept.safetensors");
    Trainer trainer = trainer().portion(800).validation(0.2).patience(2);
    Trainer kept = trainer.checkpointEvery(Duration.ZERO);
    try (RowFile file = file(all)) {
      TrainingResult whole = trainer.fit(file);
      TrainingResult memory = trainer.fit(all);
      for (int step : new int[] {2, 13, 14, 38, 39, 100}) {
        Files.deleteIfExists(checkpoint);
        Killer killer = new Killer(step);
        assertThatThrownBy(() -> kept.checkpoint(checkpoint).listener(killer).fit(file))
            .isInstanceOf(Killed.class);
        Killer after = new Killer(-1);
        same(whole, kept.resume(checkpoint).listener(after).fit(file));
        assertThat(killer.taken - 1 + after.taken).as("steps in all").isEqualTo(3 * 38);
      }
      Files.delete(checkpoint);
      assertThatThrownBy(() -> kept.checkpoint(checkpoint).listener(new Killer(50)).fit(all))
          .isInstanceOf(Killed.class);
      same(memory, kept.resume(checkpoint).fit(all));
      assertThatThrownBy(() -> kept.resume(checkpoint).fit(file))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("set of rows");
    }
  }

  @Test
  @DisplayName("Without a number of rows a step, and for copies that do not fit, it says so")
  void refusals() {
    Samples all = rows(100);
    try (RowFile file = file(all)) {
      assertThatThrownBy(() ->
              Trainer.of(model())
                  .options(
                      new TrainingOptions(
                          1, OptionalInt.empty(), OptionalDouble.empty(), Seeds.of(1), 1))
                  .fit(file))
          .hasMessageStartingWith("A step on all rows at once needs all of them in memory");
    }
    assertThatThrownBy(() -> TrainingMemory.require(3_000_000_000L, 200_000_000L))
        .hasMessageContaining("takes 3000 MB where 200 MB are left")
        .hasMessageContaining("RowFile");
  }
}
