package io.deltagraph.simd;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Planner;
import io.deltagraph.plan.Step;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several steps over the same rows, block by block, against the plain loops, bit for bit. */
class RowsTaskTest {
  private static final OpRegistry OPS = OpRegistry.load();

  /** Softmax with cross entropy: the loss and its gradient with respect to the logits. */
  private static Graph softmax(DType dtype, int rows, int columns) {
    GraphBuilder builder = new GraphBuilder(OPS);
    Value logits = builder.input("x", TensorType.of(dtype, rows, columns));
    Value targets = builder.input("t", TensorType.of(dtype, rows, columns));
    Value shifted = logits.minus(logits.max(List.of(1), true));
    Value powers = shifted.exp();
    Value sums = powers.sum(List.of(1), true);
    Value loss = targets.times(shifted.minus(sums.log())).sum().negate();
    Value mass = targets.sum(List.of(1), true);
    Value gradient = powers.over(sums).times(mass).minus(targets).times(1.0 / rows);
    return builder.graph(Map.of("loss", loss, "gradient", gradient));
  }

  private static Map<String, List<Long>> bits(Graph graph, Backend backend, int threads) {
    return Graphs.bits(graph, Graphs.feeds(graph, 5), backend, threads);
  }

  private static Step.Rows rows(Plan plan) {
    return plan.steps().stream()
        .filter(Step.Rows.class::isInstance)
        .map(Step.Rows.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<Task> tasks(Graph graph, int threads) {
    return found(graph, threads).orElseThrow();
  }

  private static Optional<List<Task>> found(Graph graph, int threads) {
    Plan plan = Planner.plan(graph, Map.of());
    return new SimdBackend().tasks(rows(plan), Graphs.memory(plan, threads));
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void everyShape(DType dtype) {
    for (int rows : new int[] {2, 16, 33, 130, 700}) {
      for (int columns : new int[] {1, 10, 16, 100, 1000, 5000}) {
        if (rows * columns <= 100_000) {
          Graph graph = softmax(dtype, rows, columns);
          for (int threads = 1; threads <= 3; threads += 2) {
            assertThat(bits(graph, new SimdBackend(), threads))
                .as("%s %d x %d on %d threads", dtype, rows, columns, threads)
                .isEqualTo(bits(graph, Backend.reference(), 1));
          }
        }
      }
    }
  }

  @Test
  void aBlockStaysInTheCache() {
    assertThat(tasks(softmax(DType.F32, 64, 10), 1)).noneMatch(task -> task instanceof RowsTask);
    assertThat(tasks(softmax(DType.F32, 64, 10), 2))
        .singleElement()
        .isInstanceOf(RowsTask.class)
        .returns(2, Task::units);
    assertThat(RowsTask.size(rows(Planner.plan(softmax(DType.F32, 5000, 10), Map.of())), 1))
        .isBetween(16, 2000)
        .matches(size -> size % 16 == 0);
    assertThat(tasks(softmax(DType.F32, 512, 1000), 1))
        .singleElement()
        .satisfies(task -> assertThat(task.units()).isBetween(32, 128));
    assertThat(tasks(softmax(DType.F32, 20, 50_000), 1)).singleElement().returns(20, Task::units);
  }

  /** All units of all tasks run in their order, with the number of the worker. */
  @Test
  void aUnitIsAllTasksOfABlock() {
    List<String> runs = new ArrayList<>();
    List<List<Task>> blocks = new ArrayList<>();
    for (String block : List.of("a", "b", "c", "d")) {
      blocks.add(List.of(new Noted(block + "1", 5, runs), new Noted(block + "2", 3, runs)));
    }
    RowsTask task = new RowsTask(blocks);
    assertThat(task.units()).isEqualTo(4);
    assertThat(task.cost()).isEqualTo(8 * 7);
    task.run(1, 3, 2);
    assertThat(runs).containsExactly("b1 0-5 by 2", "b2 0-3 by 2", "c1 0-5 by 2", "c2 0-3 by 2");
  }

  private record Noted(String name, int units, List<String> runs) implements Task {
    @Override
    public long cost() {
      return 7;
    }

    @Override
    public void run(int from, int to, int worker) {
      runs.add("%s %d-%d by %d".formatted(name, from, to, worker));
    }
  }

  /** The index of the greatest logit is a part that vectors cannot compute. */
  @Test
  void whatHasNoVectorsRunsOnPlainLoopsBesideTheOthers() {
    GraphBuilder builder = new GraphBuilder(OPS);
    Value x = builder.input("x", TensorType.of(DType.F32, 300, 500));
    Value sums = x.times(x).sum(List.of(1), true);
    Value first = x.op("arg_max", Map.of("axes", List.of(1)));
    Graph graph = builder.graph(Map.of("sums", sums, "first", first));
    assertThat(tasks(graph, 1)).hasSizeGreaterThan(1).noneMatch(task -> task instanceof RowsTask);
    assertThat(bits(graph, new SimdBackend(), 2)).isEqualTo(bits(graph, Backend.reference(), 1));
    Value last = x.negate().op("arg_max", Map.of("axes", List.of(1)));
    Value least = x.op("arg_min", Map.of("axes", List.of(1)));
    assertThat(found(builder.graph(Map.of("first", first, "least", least)), 1)).isEmpty();
    assertThat(found(builder.graph(Map.of("first", first, "last", last)), 1)).isEmpty();
  }
}
