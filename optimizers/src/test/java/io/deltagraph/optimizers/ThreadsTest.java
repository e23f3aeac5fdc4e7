package io.deltagraph.optimizers;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bits of a step that is large enough to be shared among threads do not depend on them. */
class ThreadsTest {

  private static Map<String, Tensor> train(int threads, double learningRate) {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    GraphParameter w = builder.parameter("w", TensorType.of(DType.F32, 200, 300));
    Value gradient = w.square().times(w).minus(w.sin());
    Optimizer optimizer =
        Projection.ontoL1Ball(500)
            .after(Clipping.byGlobalNorm(3).before(new AmsGrad(learningRate)));
    OptimizerStep step = optimizer.step(Map.of(w, gradient));
    Session.Options options = Session.Options.defaults().withThreads(threads);
    try (Session session = Session.open(builder.graph(Map.of(), step.updates()), options)) {
      session.set("w", Tensor.generate(w.type(), i -> Math.sin(i * 0.37)));
      step.initialState().forEach((state, value) -> session.set(state.label(), value));
      for (int i = 0; i < 3; i++) {
        session.run(Map.of());
      }
      return session.parameters();
    }
  }

  @Test
  void doNotChangeTheBits() {
    Map<String, Tensor> alone = train(1, 0.1);
    for (int threads = 2; threads <= 3; threads++) {
      Map<String, Tensor> shared = train(threads, 0.1);
      alone.forEach((name, tensor) ->
          assertThat(shared)
              .hasEntrySatisfying(
                  name, other -> assertThat(other.bitEquals(tensor)).as(name).isTrue()));
    }
    assertThat(train(1, 0.1000001).get("w"))
        .satisfies(
            other -> assertThat(other.bitEquals(alone.get("w"))).as("another rate").isFalse());
  }
}
