package io.deltagraph.simd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole training steps on vectors against the plain loops, bit for bit. */
class SameBitsTest {

  /** Nets of random shapes: forward, backward, and parameters updated in place. */
  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void netsOfAnyShape(DType dtype) {
    for (int seed = 0; seed < 60; seed++) {
      Net net = Net.random(dtype, new SplittableRandom(seed));
      for (int threads = 1; threads <= 3; threads++) {
        assertThat(net.trained(new SimdBackend(), threads, 3))
            .as("netsOfAnyShape %s with seed %d on %d threads", dtype, seed, threads)
            .isEqualTo(net.trained(Backend.reference(), 1, 3));
      }
    }
  }

  /** So many steps that the compiler takes each kernel on the way. */
  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void coldAndWarm(DType dtype) {
    Net net = Net.of(dtype, 9, List.of(20, 18, 10), "tanh", new SplittableRandom(7));
    assertThat(net.trained(new SimdBackend(), 1, 6_000))
        .isEqualTo(net.trained(Backend.reference(), 1, 6_000));
  }

  @Test
  void productsAndLoopsRunOnVectors() {
    Net net = Net.of(DType.F32, 64, List.of(784, 128, 10), "relu", new SplittableRandom(1));
    List<Step> left = new ArrayList<>();
    net.trained(
        new Changed((step, tasks, memory) -> {
          if (tasks.isEmpty()) {
            left.add(step);
          }
          return tasks;
        }),
        1,
        1);
    assertThat(left).noneMatch(step -> step instanceof Step.Product || step instanceof Step.Loop);
  }

  /** The comparison sees a product whose last element is the next larger number. */
  @Test
  void aWrongTailIsSeen() {
    Net net = Net.of(DType.F32, 9, List.of(20, 18, 10), "tanh", new SplittableRandom(7));
    Backend wrong =
        new Changed((step, tasks, memory) ->
            step instanceof Step.Product product
                ? tasks.map(right -> nudged(right, product.output(), memory))
                : tasks);
    assertThat(net.trained(wrong, 1, 3)).isNotEqualTo(net.trained(Backend.reference(), 1, 3));
  }

  private static List<Task> nudged(List<Task> tasks, Operand output, Backend.Memory memory) {
    int last = output.layout().offset() + output.elements() - 1;
    return ImmutableList.<Task>builder()
        .addAll(tasks)
        .add(new LastElementOff(memory.of(output), last))
        .build();
  }

  private record LastElementOff(TensorBuffer buffer, int last) implements Task {
    @Override
    public int units() {
      return 1;
    }

    @Override
    public long cost() {
      return 1;
    }

    @Override
    public void run(int from, int to, int worker) {
      buffer.set(last, Math.nextUp((float) buffer.get(last)));
    }
  }

  private interface Change {
    Optional<List<Task>> of(Step step, Optional<List<Task>> tasks, Backend.Memory memory);
  }

  private record Changed(Change change) implements Backend {
    @Override
    public String name() {
      return "changed";
    }

    @Override
    public Optional<List<Task>> tasks(Step step, Memory memory) {
      return change.of(step, new SimdBackend().tasks(step, memory), memory);
    }
  }
}
