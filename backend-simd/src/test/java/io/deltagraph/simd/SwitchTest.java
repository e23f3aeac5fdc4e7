package io.deltagraph.simd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Step;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Switching from plain loops to vectors at any step, and inputs that change in between. */
class SwitchTest {
  private static final Net NET =
      Net.of(DType.F32, 37, List.of(13, 18, 1), "tanh", new SplittableRandom(3));

  /** The first steps of the plan run on vectors and the others on plain loops, from none to all. */
  @Test
  void everyBorderGivesTheSameBits() {
    Map<String, List<Long>> plain = NET.trained(Backend.reference(), 1, 3);
    int steps = steps();
    assertThat(steps).isGreaterThan(8);
    for (int border = 0; border <= steps; border++) {
      assertThat(NET.trained(new UpTo(border, new ArrayList<>()), 1, 3))
          .as("the first %d steps on vectors", border)
          .isEqualTo(plain);
    }
  }

  private static int steps() {
    List<Step> seen = new ArrayList<>();
    NET.trained(new UpTo(0, seen), 1, 1);
    return seen.size();
  }

  /** A backend that takes the first steps of a plan only. */
  private record UpTo(int border, List<Step> seen) implements Backend {
    @Override
    public String name() {
      return "up to " + border;
    }

    @Override
    public Optional<List<Task>> tasks(Step step, Memory memory) {
      seen.add(step);
      return seen.size() <= border ? new SimdBackend().tasks(step, memory) : Optional.empty();
    }
  }

  /** Steps are switched one by one while a session runs: every loss on the way is the same. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void switchingOverWhileRunningChangesNoBit() {
    Session.Options plain = Session.Options.defaults().withBackend(Backend.reference());
    Session.Options warm = Session.Options.defaults().warming(new SimdBackend());
    try (Session expected = Session.open(NET.graph(), plain);
        Session session = Session.open(NET.graph(), warm)) {
      BoundSession a = expected.setAll(NET.start()).bind(NET.data());
      BoundSession b = session.setAll(NET.start()).bind(NET.data());
      int after = 0;
      while (after < 50) {
        after += b.isSettled() ? 1 : 0;
        a.run();
        b.run();
        assertThat(Double.doubleToLongBits(b.scalar("loss")))
            .isEqualTo(Double.doubleToLongBits(a.scalar("loss")));
      }
      assertThat(b.fastSteps()).isGreaterThan(steps() / 2);
    }
  }

  /**
   * What a task arranged from an input, such as a packed operand, is arranged anew for the next.
   */
  @Test
  void anInputThatIsSetAgainCounts() {
    assertThat(lastLoss(new SimdBackend())).isEqualTo(lastLoss(Backend.reference()));
    assertThat(lastLoss(new Arranging())).isNotEqualTo(lastLoss(Backend.reference()));
  }

  private static double lastLoss(Backend backend) {
    Session.Options options = Session.Options.defaults().withBackend(backend);
    try (Session session = Session.open(NET.graph(), options)) {
      BoundSession bound = session.setAll(NET.start()).bind(NET.data());
      bound.run();
      bound.run();
      Map<String, Tensor> other = new LinkedHashMap<>(NET.data());
      Tensor x = NET.data().get("x");
      bound.set("x", Tensor.generate(x.type(), i -> Math.sin(i)));
      bound.run();
      bound.run();
      bound.set("x", other.get("x"));
      bound.run();
      return bound.scalar("loss");
    }
  }

  /** A backend that wrongly says that products only arrange their input: they miss new weights. */
  private record Arranging() implements Backend {
    @Override
    public String name() {
      return "arranging";
    }

    @Override
    public Optional<List<Task>> tasks(Step step, Memory memory) {
      Optional<List<Task>> tasks = new SimdBackend().tasks(step, memory);
      return step instanceof Step.Product product
          ? tasks.map(all -> wrapped(all, memory.of(product.left())))
          : tasks;
    }

    private static List<Task> wrapped(List<Task> tasks, TensorBuffer source) {
      return tasks.stream()
          .<Task>map(task -> new SayingThatItArranges(task, source))
          .collect(ImmutableList.toImmutableList());
    }
  }

  private record SayingThatItArranges(Task task, TensorBuffer source) implements Task {
    @Override
    public int units() {
      return task.units();
    }

    @Override
    public long cost() {
      return task.cost();
    }

    @Override
    public Optional<TensorBuffer> arranges() {
      return Optional.of(source);
    }

    @Override
    public void run(int from, int to, int worker) {
      task.run(from, to, worker);
    }
  }
}
