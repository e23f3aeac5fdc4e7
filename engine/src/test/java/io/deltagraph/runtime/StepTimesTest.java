package io.deltagraph.runtime;

import static io.deltagraph.runtime.Samples.f64;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class StepTimesTest {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  /** Takes loops alone, as the plain loops would. */
  private record LoopsAlone() implements Backend {
    @Override
    public String name() {
      return "loops alone";
    }

    @Override
    public Optional<List<Task>> tasks(Step step, Memory memory) {
      return step instanceof Step.Loop ? Backend.reference().tasks(step, memory) : Optional.empty();
    }
  }

  private static Value slow(Value x, long nanos) {
    return TestOps.kernel(
        "slow" + nanos,
        f64(1),
        (in, out) -> {
          long end = System.nanoTime() + nanos;
          while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
          }
          out.set(0, in.getFirst().get(0) + 1);
        },
        x);
  }

  @Test
  void aStepsTimeIsItsOwn() {
    GraphBuilder builder = TestOps.builder();
    GraphParameter w = builder.parameter("w", f64(1));
    Value last = TestOps.scale(slow(slow(w, 2 * PAUSE), 0), 1);
    Graph graph = builder.graph(Map.of("last", last), Map.of(w, slow(last, PAUSE)));
    Session.Options options = Session.Options.defaults().withBackend(new LoopsAlone());
    try (Session session = Session.open(graph, options)) {
      session.set("w", Tensor.vector(4));
      BoundSession bound = session.bind(Map.of());
      StepTimes times = StepTimes.of(bound.plan());
      for (int i = 0; i < 3; i++) {
        bound.run(times);
      }
      // Three more each time, as a run without a clock does.
      assertThat(session.get("w").item()).isEqualTo(13);
      assertThat(bound.scalar("last")).isEqualTo(12);
      assertThat(times.runs()).isEqualTo(3);
      assertThat(times.clockNanos()).isPositive();
      List<Step> steps =
          ImmutableList.<Step>builder()
              .addAll(bound.plan().steps())
              .addAll(bound.plan().commits())
              .build();
      int slowest = 0;
      int loops = 0;
      double all = 0;
      for (int i = 0; i < steps.size(); i++) {
        boolean loop = steps.get(i) instanceof Step.Loop;
        loops += loop ? 1 : 0;
        assertThat(bound.backend(i)).isEqualTo(loop ? "loops alone" : "plain loops");
        slowest = times.nanos(i) > times.nanos(slowest) ? i : slowest;
        all += times.nanos(i);
      }
      assertThat(loops).isPositive();
      assertThat(times.nanos(slowest)).isGreaterThanOrEqualTo(5.9 * PAUSE);
      // The other slow step, which is not hidden in this one's time.
      assertThat(all - times.nanos(slowest)).isGreaterThanOrEqualTo(2.9 * PAUSE);
      assertThat(steps.get(slowest)).isInstanceOf(Step.Call.class);
      assertThat(steps.get(slowest).inputs().getFirst().slot())
          .isEqualTo(bound.plan().parameters().get("w").slot());
    }
  }
}
