package io.deltagraph.runtime;

import static io.deltagraph.runtime.Samples.f64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Planner;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is the same in every run is computed once, with the plan. */
class FoldingTest {

  /** The number of elements, or (wrongly) their first one, though it said it reads shapes only. */
  private record Count(boolean lies) implements Kernel<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:count");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return inputs.get(0).with(Shape.scalar());
    }

    @Override
    public boolean readsShapesOnly(NoAttributes none) {
      return true;
    }

    @Override
    public void forward(NoAttributes none, List<TensorReader> inputs, TensorWriter output) {
      TensorReader x = inputs.getFirst();
      output.set(0, lies ? x.get(0) : x.length());
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return List.of(Cotangent.zero());
    }
  }

  /** Adds 1 by a kernel. */
  private record Increment() implements Kernel<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:increment");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return inputs.get(0);
    }

    @Override
    public void forward(NoAttributes none, List<TensorReader> inputs, TensorWriter output) {
      output.set(0, inputs.getFirst().get(0) + 1);
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return List.of(Cotangent.zero());
    }
  }

  @Test
  void aCountAndWhatOnlyItReadFallAway() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(6));
    Value scaled = TestOps.scale(x, 3);
    Value count = builder.apply(new Count(false), NoAttributes.NONE, ImmutableList.of(scaled));
    Graph graph =
        builder.graph(Map.of("y", TestOps.loop("twice", v -> v.get(0).plus(v.get(0)), count)));
    Plan plan = Planner.plan(graph, Map.of());
    assertThat(plan.steps()).singleElement().isInstanceOf(Step.Loop.class);
    assertThat(Planner.nodeByNode(graph, Map.of()).steps()).hasSize(3);
    assertThat(Evaluate.value(graph.outputs().get("y"), Map.of("x", Tensor.zeros(x.type()))).item())
        .isEqualTo(12);
  }

  @Test
  void aKernelOfConstantsIsRunOnce() {
    GraphBuilder builder = TestOps.builder();
    Value one = builder.constant(Tensor.scalar(1));
    Value two = builder.apply(new Increment(), NoAttributes.NONE, ImmutableList.of(one));
    Value three = builder.apply(new Increment(), NoAttributes.NONE, ImmutableList.of(two));
    Graph graph = builder.graph(Map.of("three", three));
    assertThat(Planner.plan(graph, Map.of()).steps()).isEmpty();
    assertThat(Evaluate.value(three, Map.of()).item()).isEqualTo(3);
  }

  @Test
  void aKernelThatReadsNonethelessIsNamed() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(6));
    Value count = builder.apply(new Count(true), NoAttributes.NONE, ImmutableList.of(x));
    Graph graph = builder.graph(Map.of("y", count));
    assertThatThrownBy(() -> Planner.plan(graph, Map.of()))
        .isInstanceOf(GraphException.BadOp.class)
        .hasMessageContaining("test:count")
        .hasStackTraceContaining("said that it reads shapes only");
  }
}
