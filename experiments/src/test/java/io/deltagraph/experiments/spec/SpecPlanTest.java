package io.deltagraph.experiments.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.InputException;
import io.deltagraph.graph.OpId;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.type.DType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SpecPlanTest {
  private static final OpRegistry OPS = OpRegistry.load();

  private static NetworkPlan plan(TrainingSpec spec) {
    return SpecPlan.of(spec, SpecData.load(spec, Path.of("nowhere")));
  }

  private static TrainingSpec wine(String model) {
    String json =
        """
        {
          "data": { "builtIn": "wine", "task": "classification" },
          "model": MODEL,
          "loss": { "name": "softmax_cross_entropy", "reduction": "sum", "l1": 0.5, "l2": 2 },
          "optimizer": { "name": "gradient_descent", "learningRate": 1 },
          "epochs": 1,
          "dtype": "f64"
        }
        """;
    return SpecReader.parse("w.json", "w", json.replace("MODEL", model).getBytes(UTF_8));
  }

  private static Initialiser initialiser(String json) {
    return plan(wine("{ \"family\": \"softmax\", \"initialiser\": " + json + " }"))
        .layers()
        .getFirst()
        .initialiser();
  }

  private static String error(String model) {
    return catchThrowableOfType(InputException.class, () -> plan(wine(model))).getMessage();
  }

  @ParameterizedTest
  @EnumSource(BuiltInSet.class)
  void builtInSpecsNameOpsThatExist(BuiltInSet set) {
    NetworkPlan plan = plan(SpecReader.builtIn(set));
    assertThat(OPS.op(OpId.of(plan.loss().op())).id().name()).isEqualTo(plan.loss().op());
    for (LayerPlan layer : plan.layers()) {
      OpId activation = OpId.of(layer.activation().op());
      assertThat(OPS.op(activation).id()).isEqualTo(activation);
    }
  }

  @Test
  void theDigitsNet() {
    NetworkPlan plan = plan(SpecReader.builtIn(BuiltInSet.DIGITS));
    assertThat(plan.features()).isEqualTo(64);
    assertThat(plan.layers()).extracting(LayerPlan::units).containsExactly(64, 64, 10);
    assertThat(plan.layers())
        .extracting(layer -> layer.activation().op())
        .containsExactly("relu", "relu", "softmax");
    assertThat(plan.loss()).isEqualTo(OpChoice.of("softmax_cross_entropy"));
    assertThat(plan.l2()).isEqualTo(0.0001);
    assertThat(plan.dtype()).isEqualTo(DType.F32);
  }

  @Test
  void softmaxRegressionInBothParametrisations() {
    NetworkPlan full = plan(wine("{ \"family\": \"softmax\", \"degree\": 2 }"));
    assertThat(full.features()).isEqualTo(13 + 13 * 14 / 2);
    assertThat(full.outputs()).isEqualTo(3);
    assertThat(full.referenceClass()).isFalse();
    assertThat(full.loss()).isEqualTo(OpChoice.of("softmax_cross_entropy", "reduction", "sum"));
    assertThat(List.of(full.l1(), full.l2())).containsExactly(0.5, 2.0);
    NetworkPlan reduced =
        plan(wine("{ \"family\": \"softmax\", \"parametrisation\": \"reduced\" }"));
    assertThat(reduced.layers().getFirst().units()).isEqualTo(2);
    assertThat(reduced.referenceClass()).isTrue();
    assertThat(reduced.outputs()).isEqualTo(3);
  }

  @Test
  void regressionsHaveTheirActivation() {
    assertThat(plan(SpecReader.builtIn(BuiltInSet.DIABETES)).layers().getFirst().activation().op())
        .isEqualTo("identity");
    NetworkPlan logistic = plan(SpecReader.builtIn(BuiltInSet.BREAST_CANCER));
    assertThat(logistic.layers().getFirst().activation().op()).isEqualTo("sigmoid");
    assertThat(logistic.features()).isEqualTo(30);
  }

  @Test
  void initialisers() {
    assertThat(initialiser("\"he\"")).isEqualTo(new Initialiser.He());
    assertThat(initialiser("\"glorot\"")).isEqualTo(new Initialiser.Glorot());
    assertThat(initialiser("\"zeros\"")).isEqualTo(new Initialiser.Zeros());
    assertThat(initialiser("\"normal_fan_in\"")).isEqualTo(new Initialiser.NormalFanIn());
    assertThat(initialiser("{ \"name\": \"uniform\", \"epsilon\": 0.5 }"))
        .isEqualTo(new Initialiser.Uniform(-0.5, 0.5));
    assertThat(initialiser("{ \"name\": \"uniform\", \"low\": 0, \"high\": 1 }"))
        .isEqualTo(new Initialiser.Uniform(0, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"hee\" | found 'hee', expected one of 'zeros', 'normal_fan_in', 'glorot', 'he', 'uniform';"
            + " perhaps 'he' was meant.",
        "{\"name\": \"he\", \"gain\": 2} | found the option 'gain', expected no options of 'he';"
            + " delete it.",
        "\"uniform\" | found 'uniform' without bounds, expected 'epsilon', or 'low' and 'high'; say"
            + " between which bounds to draw.",
        "{\"name\": \"uniform\", \"low\": 1, \"high\": 0} | found bounds 1.0 and 0.0, expected the"
            + " lower one first; correct the value.",
        "{\"name\": \"uniform\", \"high\": 1} | found the options 'high', expected 'epsilon', or"
            + " 'low' and 'high'; say between which bounds to draw."
      })
  void badInitialisers(String json, String expected) {
    assertThat(error("{ \"family\": \"softmax\", \"initialiser\": " + json + " }"))
        .isEqualTo("w, at $.model.initialiser: " + expected);
  }

  @Test
  void boundsAreNumbers() {
    String text = "{ \"name\": \"uniform\", \"epsilon\": \"small\" }";
    assertThat(error("{ \"family\": \"softmax\", \"initialiser\": " + text + " }"))
        .startsWith("w, at $.model.initialiser.epsilon: found no number, expected a number");
  }

  @Test
  void degreesThatMakeTooManyFeatures() {
    assertThat(error("{ \"family\": \"softmax\", \"degree\": 9 }"))
        .isEqualTo(
            "w, at $.model.degree: found 9, which makes 497419 features of 13, expected at most 10000;"
                + " lower the degree or choose fewer columns.");
  }
}
