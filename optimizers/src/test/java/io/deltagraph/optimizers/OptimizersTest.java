package io.deltagraph.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.type.DType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and options of optimizers. */
class OptimizersTest {
  private static final Schedule RATE = Schedule.constant(0.01);

  @Test
  void defaultsAreThoseOfPyTorch() {
    named("gradient_descent", Map.of(), new GradientDescent(RATE));
    named("sgd", Map.of(), new Sgd(RATE, 0, 0, false));
    named("adagrad", Map.of(), new Adagrad(RATE, 0, 0, 1e-10));
    named("adadelta", Map.of(), new Adadelta(RATE, 0.9, 1e-6));
    named("rmsprop", Map.of(), new RmsProp(RATE, 0.99, 1e-8, 0, false));
    named("adam", Map.of(), new Adam(RATE, 0.9, 0.999, 1e-8));
    named("adamw", Map.of(), new AdamW(RATE, 0.9, 0.999, 1e-8, 0.01));
    named("amsgrad", Map.of(), new AmsGrad(RATE, 0.9, 0.999, 1e-8));
    named("adamax", Map.of(), new Adamax(RATE, 0.9, 0.999, 1e-8));
    assertThat(Optimizers.names())
        .hasSize(9)
        .allSatisfy(
            name -> assertThat(Optimizers.named(name, RATE, Map.of()).name()).isEqualTo(name));
  }

  @Test
  void readsOptions() {
    named("sgd", Map.of("momentum", 0.9, "nesterov", true), new Sgd(RATE, 0.9, 0, true));
    named("sgd", Map.of("momentum", 0.9, "dampening", 0.5), new Sgd(RATE, 0.9, 0.5, false));
    named(
        "adagrad",
        Map.of("learningRateDecay", 1, "initialAccumulator", 2, "epsilon", 0),
        new Adagrad(RATE, 1, 2, 0));
    named("adadelta", Map.of("rho", 0.5, "epsilon", 0.1), new Adadelta(RATE, 0.5, 0.1));
    named(
        "rmsprop",
        Map.of("alpha", 0.5, "epsilon", 0.1, "momentum", 0.2, "centered", true),
        new RmsProp(RATE, 0.5, 0.1, 0.2, true));
    named(
        "adam", Map.of("beta1", 0.5, "beta2", 0.6, "epsilon", 0.1), new Adam(RATE, 0.5, 0.6, 0.1));
    named("adamw", Map.of("weightDecay", 0.5), new AdamW(RATE, 0.9, 0.999, 1e-8, 0.5));
  }

  private static void named(String name, Map<String, ?> options, Optimizer expected) {
    assertThat(Optimizers.named(name, RATE, options)).isEqualTo(expected);
  }

  @Test
  void weightDecayIsAddedToTheGradient() {
    assertThat(
            Problem.VALLEYS
                .path(Optimizers.named("adam", RATE, Map.of("weightDecay", 0.5)), DType.F64)
                .getLast())
        .containsExactly(
            Problem.VALLEYS.path(WeightDecay.of(0.5).before(new Adam(0.01)), DType.F64).getLast())
        .isNotEqualTo(Problem.VALLEYS.path(new Adam(0.01), DType.F64).getLast());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Optimizers.named("adamm", RATE, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The name of an optimizer: found 'adamm', expected one of 'gradient_descent', 'sgd',"
                + " 'adagrad', 'adadelta', 'rmsprop', 'adam', 'adamw', 'amsgrad', 'adamax';"
                + " perhaps 'adam' or 'adamw' was meant.");
    assertThatThrownBy(() -> Optimizers.named("adam", RATE, Map.of("beta", 0.9)))
        .hasMessage(
            "The optimizer 'adam': found the unknown option 'beta', expected only 'beta1',"
                + " 'beta2', 'epsilon', 'weightDecay'; perhaps 'beta1' or 'beta2' was meant.")
        .satisfies(e -> assertThat(((OptionException) e).option()).contains("beta"));
    assertThatThrownBy(() -> Optimizers.named("adam", RATE, Map.of("beta1", 1)))
        .hasMessage(
            "The option beta1: found 1.0, expected a number from 0 to below 1; correct the value.")
        .satisfies(e -> assertThat(((OptionException) e).option()).contains("beta1"));
    assertThatThrownBy(() -> Optimizers.named("adam", RATE, Map.of("epsilon", "small")))
        .hasMessage("The option epsilon: found 'small', expected a number; correct the value.");
    assertThatThrownBy(() -> Optimizers.named("rmsprop", RATE, Map.of("centered", 1)))
        .hasMessage("The option centered: found 1, expected true or false; correct the value.");
    assertThatThrownBy(() -> Optimizers.named("sgd", RATE, Map.of("nesterov", true)))
        .hasMessageContaining("false where momentum is 0");
    assertThatThrownBy(() ->
            Optimizers.named(
                "sgd", RATE, Map.of("momentum", 0.9, "dampening", 0.1, "nesterov", true)))
        .hasMessageContaining("option dampening");
    assertThatThrownBy(() -> new Adam(Double.NaN)).hasMessageContaining("learningRate");
    assertThatThrownBy(() -> new Adam(RATE, 0.9, -0.1, 0)).hasMessageContaining("beta2");
    assertThatThrownBy(() -> new Adadelta(RATE, 0.9, 0)).hasMessageContaining("epsilon");
    assertThatThrownBy(() -> new Adam(1).step(Map.of()))
        .hasMessage("There are no parameters to update.");
  }

  @Test
  void everyOptimizerTellsItsOptionsAndTheirDefaults() {
    assertThat(Optimizers.options("sgd"))
        .isEqualTo(
            Map.of(
                "momentum", "0.0", "dampening", "0.0", "nesterov", "false", "weightDecay", "0.0"));
    assertThat(Optimizers.options("adamw"))
        .isEqualTo(
            Map.of("beta1", "0.9", "beta2", "0.999", "epsilon", "1.0E-8", "weightDecay", "0.01"));
    for (String name : Optimizers.names()) {
      assertThatThrownBy(() -> Optimizers.named(name, RATE, Map.of("no_such", 1)))
          .isInstanceOfSatisfying(
              OptionException.class,
              e -> assertThat(e.known()).isEqualTo(List.copyOf(Optimizers.options(name).keySet())));
    }
    assertThatThrownBy(() -> Optimizers.options("adamm")).hasMessageContaining("'adamw'");
  }

  @Test
  void everyScheduleTellsItsOptionsAndWhichItNeeds() {
    assertThat(Schedules.options("step"))
        .isEqualTo(Map.of("every", "needed", "factor", "0.1", "warmUp", "none"));
    assertThat(Schedules.options("inverse_time"))
        .isEqualTo(Map.of("decay", "needed", "every", "1", "warmUp", "none"));
    assertThat(Schedules.options("constant")).isEqualTo(Map.of("warmUp", "none"));
    assertThatThrownBy(() -> Schedules.options("cosin")).hasMessageContaining("'cosine'");
  }
}
