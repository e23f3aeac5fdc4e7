package io.deltagraph.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.InputException;
import io.deltagraph.experiments.spec.Choice;
import io.deltagraph.experiments.spec.OptimizerSpec;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.optimizers.OptimizerStep;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Optimizers of specs, and what is said about those that are none. */
class OptimizerPlansTest {

  private static OptimizerSpec spec(String optimizer) {
    String json =
        """
        {
          "data": { "builtIn": "iris", "task": "classification" },
          "model": { "family": "softmax" },
          "loss": "softmax_cross_entropy",
          "optimizer": %s,
          "epochs": 1
        }
        """
            .formatted(optimizer);
    return SpecReader.parse("my.json", "my", json.getBytes(StandardCharsets.UTF_8))
        .optimizer()
        .orElseThrow();
  }

  private static Optimizer optimizer(String json) {
    return OptimizerPlans.of(spec(json), "my.json");
  }

  /** The parameters w = (1, 1) after some steps along the constant gradient (3, 4). */
  private static double[] after(int steps, Optimizer optimizer) {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    GraphParameter w = builder.parameter("w", TensorType.of(DType.F64, 2));
    Value gradient = builder.constant(Tensor.vector(3, 4));
    OptimizerStep step = optimizer.step(Map.of(w, gradient));
    try (Session session = Session.open(builder.graph(Map.of("w now", w), step.updates()))) {
      session.set("w", Tensor.vector(1, 1));
      step.initialState().forEach((state, value) -> session.set(state.label(), value));
      for (int i = 0; i < steps; i++) {
        session.run(Map.of());
      }
      return session.get("w").toDoubles();
    }
  }

  @Test
  void readsRuleScheduleAndClipping() {
    // Rates 1, 1, 0.5; momentum ½ makes velocities 1, 1.5, 1.75 times the clipped gradient.
    double[] w =
        after(
            3,
            optimizer(
                """
                { "name": "sgd", "learningRate": 1, "momentum": 0.5,
                  "schedule": { "name": "step", "every": 2, "factor": 0.5 },
                  "clipping": { "value": 2 } }
                """));
    assertThat(w).containsExactly(1 - 2 * 3.375, 1 - 2 * 3.375);
  }

  @Test
  void clipsByTheGlobalNorm() {
    double[] w =
        after(
            1,
            optimizer(
                """
                { "name": "gradient_descent", "learningRate": 1, "clipping": { "globalNorm": 1 } }
                """));
    assertThat(w).containsExactly(1 - 3 * (1 / (5 + 1e-6)), 1 - 4 * (1 / (5 + 1e-6)));
  }

  @Test
  void isTheBareOptimizerWhereNothingElseIsAsked() {
    OptimizerSpec spec =
        new OptimizerSpec(
            Choice.of("adam", Map.of("beta1", 0.5)), 0.25, Optional.empty(), Optional.empty());
    Optimizer made = OptimizerPlans.of(spec, "my.json");
    assertThat(made).isInstanceOf(Adam.class);
    assertThat(((Adam) made).beta1()).isEqualTo(0.5);
    assertThat(((Adam) made).beta2()).isEqualTo(0.999);
  }

  @Test
  void makesTheOptimizerOfEachBuiltInSpec() {
    for (BuiltInSet set : BuiltInSet.values()) {
      SpecReader.builtIn(set)
          .optimizer()
          .ifPresent(spec ->
              assertThat(OptimizerPlans.of(spec, set.id()).name()).isEqualTo(spec.rule().name()));
    }
  }

  @Test
  void namesThePathOfWhatIsWrong() {
    refused(
        """
        { "name": "adma", "learningRate": 1 }
        """,
        "my.json, at $.optimizer.name: found 'adma', expected one of 'gradient_descent', 'sgd',"
            + " 'adagrad', 'adadelta', 'rmsprop', 'adam', 'adamw', 'amsgrad', 'adamax'; perhaps"
            + " 'adam' was meant.");
    refused(
        """
        { "name": "adam", "learningRate": 1, "beta1": 1 }
        """,
        "my.json, at $.optimizer.beta1: found 1.0, expected a number from 0 to below 1; correct"
            + " the value.");
    refused(
        """
        { "name": "adam", "learningRate": 1, "momentum": 0.9 }
        """,
        "my.json, at $.optimizer.momentum: found the unknown option 'momentum', expected only"
            + " 'name', 'learningRate', 'schedule', 'clipping', 'beta1', 'beta2', 'epsilon',"
            + " 'weightDecay'; delete it.");
    refused(
        """
        { "name": "sgd", "learningRate": 1, "shedule": "cosine" }
        """,
        "my.json, at $.optimizer.shedule: found the unknown option 'shedule', expected only 'name',"
            + " 'learningRate', 'schedule', 'clipping', 'momentum', 'dampening', 'nesterov',"
            + " 'weightDecay'; perhaps 'schedule' was meant.");
    refused(
        """
        { "name": "sgd", "learningRate": 1, "schedule": { "name": "step", "evry": 2 } }
        """,
        "my.json, at $.optimizer.schedule.every: found nothing, expected a number; add it.");
    refused(
        """
        { "name": "adam", "learningRate": 1, "schedule": "cosin" }
        """,
        "my.json, at $.optimizer.schedule: found 'cosin', expected one of 'constant', 'step',"
            + " 'exponential', 'inverse_time', 'polynomial', 'linear', 'cosine', 'plateau'; perhaps 'cosine'"
            + " was meant.");
    refused(
        """
        { "name": "adam", "learningRate": 1, "schedule": "cosine" }
        """,
        "my.json, at $.optimizer.schedule.steps: found nothing, expected a number; add it.");
  }

  private static void refused(String json, String message) {
    assertThatThrownBy(() -> optimizer(json))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
