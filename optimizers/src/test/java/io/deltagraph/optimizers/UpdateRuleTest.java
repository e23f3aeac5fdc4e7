package io.deltagraph.optimizers;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.optimizers.PlainRules.Slip;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule against plain loops, and its state. */
class UpdateRuleTest {

  record Case(String name, Optimizer optimizer, Supplier<PlainRules.Rule> plain) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Schedule at(double rate) {
    return Schedule.constant(rate);
  }

  static Stream<Case> rules() {
    return Stream.of(
        new Case(
            "gradient_descent",
            new GradientDescent(1e-3),
            PlainRules.sgd(1e-3, 0, 0, false, false)),
        new Case(
            "sgd plain", new Sgd(at(1e-3), 0, 0, false), PlainRules.sgd(1e-3, 0, 0, false, false)),
        new Case("heavy ball", new Sgd(1e-3, 0.9), PlainRules.sgd(1e-3, 0.9, 0, false, false)),
        new Case(
            "dampened",
            new Sgd(at(1e-3), 0.9, 0.5, false),
            PlainRules.sgd(1e-3, 0.9, 0.5, false, false)),
        new Case(
            "nesterov", new Sgd(at(1e-3), 0.9, 0, true), PlainRules.sgd(1e-3, 0.9, 0, true, false)),
        new Case("adagrad", new Adagrad(0.1), PlainRules.adagrad(0.1, 0, 0, 1e-10, false)),
        new Case(
            "adagrad with decay",
            new Adagrad(at(0.1), 0.2, 0.1, 1e-3),
            PlainRules.adagrad(0.1, 0.2, 0.1, 1e-3, false)),
        new Case("adadelta", new Adadelta(1), PlainRules.adadelta(1, 0.9, 1e-6, false)),
        new Case(
            "rmsprop", new RmsProp(0.01), PlainRules.rmsProp(0.01, 0.99, 1e-8, 0, false, false)),
        new Case(
            "rmsprop centred with momentum",
            new RmsProp(at(0.01), 0.9, 1e-3, 0.8, true),
            PlainRules.rmsProp(0.01, 0.9, 1e-3, 0.8, true, false)),
        new Case("adam", new Adam(0.05), adam(1e-8, 0, false, Slip.NONE)),
        new Case(
            "adam with a large epsilon",
            new Adam(at(0.05), 0.9, 0.999, 0.1),
            adam(0.1, 0, false, Slip.NONE)),
        new Case(
            "adamw", new AdamW(at(0.05), 0.9, 0.999, 1e-8, 0.1), adam(1e-8, 0.1, false, Slip.NONE)),
        new Case("amsgrad", new AmsGrad(0.05), adam(1e-8, 0, true, Slip.NONE)),
        new Case("adamax", new Adamax(0.05), PlainRules.adamax(0.05, 0.9, 0.999, 1e-8, false)));
  }

  private static Supplier<PlainRules.Rule> adam(
      double epsilon, double decay, boolean amsgrad, Slip slip) {
    return PlainRules.adam(0.05, 0.9, 0.999, epsilon, decay, amsgrad, slip);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void followsThePublishedRule(Case rule) {
    for (Problem problem : Problem.values()) {
      double difference =
          Problem.difference(problem.path(rule.optimizer(), DType.F64), problem.path(rule.plain()));
      assertThat(difference).as("%s on %s", rule, problem).isLessThan(1e-13);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void followsItInF32(Case rule) {
    for (Problem problem : Problem.values()) {
      double difference =
          Problem.difference(problem.path(rule.optimizer(), DType.F32), problem.path(rule.plain()));
      assertThat(difference).as("%s on %s", rule, problem).isBetween(1e-12, 1e-4);
    }
  }

  static Stream<Case> slips() {
    return Stream.of(
        new Case(
            "the first velocity is dampened",
            new Sgd(at(1e-3), 0.9, 0.5, false),
            PlainRules.sgd(1e-3, 0.9, 0.5, false, true)),
        new Case(
            "nesterov left out",
            new Sgd(at(1e-3), 0.9, 0, true),
            PlainRules.sgd(1e-3, 0.9, 0, false, false)),
        new Case(
            "the decay of the rate starts a step early",
            new Adagrad(at(0.1), 0.2, 0.1, 1e-3),
            PlainRules.adagrad(0.1, 0.2, 0.1, 1e-3, true)),
        new Case(
            "adadelta's epsilon outside", new Adadelta(1), PlainRules.adadelta(1, 0.9, 1e-6, true)),
        new Case(
            "rmsprop's epsilon inside",
            new RmsProp(0.01),
            PlainRules.rmsProp(0.01, 0.99, 1e-8, 0, false, true)),
        new Case("adam not corrected", new Adam(0.05), adam(1e-8, 0, false, Slip.NO_CORRECTION)),
        new Case(
            "adam's epsilon inside", new Adam(0.05), adam(1e-8, 0, false, Slip.EPSILON_INSIDE)),
        new Case(
            "adam's epsilon corrected too",
            new Adam(0.05),
            adam(1e-8, 0, false, Slip.EPSILON_BEFORE_CORRECTION)),
        new Case(
            "adamw coupled",
            new AdamW(at(0.05), 0.9, 0.999, 1e-8, 0.1),
            adam(1e-8, 0.1, false, Slip.COUPLED_DECAY)),
        new Case(
            "the largest corrected moment",
            new AmsGrad(0.05),
            adam(1e-8, 0, true, Slip.LARGEST_OF_CORRECTED)),
        new Case(
            "adamax without the maximum",
            new Adamax(0.05),
            PlainRules.adamax(0.05, 0.9, 0.999, 1e-8, true)));
  }

  @ParameterizedTest
  @MethodSource("slips")
  void noticesSlips(Case slip) {
    double most = 0;
    for (Problem problem : Problem.values()) {
      most =
          Math.max(
              most,
              Problem.difference(
                  problem.path(slip.optimizer(), DType.F64), problem.path(slip.plain())));
    }
    assertThat(most).as("%s", slip).isGreaterThan(1e-10);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void goesOnFromSavedStateBitForBit(Case rule) {
    Problem.Start start = Problem.VALLEYS.start(rule.optimizer(), DType.F32);
    Map<String, Tensor> uninterrupted;
    try (Session session = start.open(1)) {
      run(session, 20);
      uninterrupted = session.parameters();
    }
    Map<String, Tensor> saved;
    try (Session session = start.open(1)) {
      run(session, 9);
      saved = session.parameters();
    }
    // Another graph, as after a restart.
    Problem.Start again = Problem.VALLEYS.start(rule.optimizer(), DType.F32);
    try (Session session = again.open(2)) {
      session.setAll(saved);
      run(session, 11);
      session
          .parameters()
          .forEach((name, tensor) ->
              assertThat(tensor.bitEquals(uninterrupted.get(name))).as(name).isTrue());
      assertThat(session.parameters().keySet()).isEqualTo(uninterrupted.keySet());
    }
    assertThat(saved.get(OptimizerStep.STEP_COUNT).item()).isEqualTo(9);
  }

  private static void run(Session session, int steps) {
    for (int i = 0; i < steps; i++) {
      session.run(Map.of());
    }
  }

  @Test
  void namesItsState() {
    assertThat(stateOf(new GradientDescent(1))).containsExactly("optimizer/step");
    assertThat(stateOf(new Sgd(1, 0.9))).contains("layer1.weight/sgd.velocity");
    assertThat(stateOf(new Adagrad(1))).contains("layer1.weight/adagrad.sum");
    assertThat(stateOf(new Adadelta(1)))
        .contains("layer1.weight/adadelta.square", "layer1.weight/adadelta.delta");
    assertThat(stateOf(new RmsProp(at(1), 0.9, 0, 0.5, true)))
        .contains(
            "layer1.bias/rmsprop.square",
            "layer1.bias/rmsprop.mean",
            "layer1.bias/rmsprop.velocity");
    assertThat(stateOf(new Adam(1)))
        .containsExactlyInAnyOrder(
            "optimizer/step",
            "layer1.weight/adam.first",
            "layer1.weight/adam.second",
            "layer1.bias/adam.first",
            "layer1.bias/adam.second");
    assertThat(stateOf(new AdamW(1))).contains("layer1.weight/adamw.first");
    assertThat(stateOf(new AmsGrad(1))).contains("layer1.weight/amsgrad.largest");
    assertThat(stateOf(new Adamax(1))).contains("layer1.weight/adamax.norm");
  }

  private static Iterable<String> stateOf(Optimizer optimizer) {
    return Problem.QUADRATIC.start(optimizer, DType.F64).values().keySet().stream()
        .filter(name -> name.contains("/"))
        .toList();
  }

  @Test
  void countsBeyondWhatF32Can() {
    Problem.Start start = Problem.QUADRATIC.start(new Adam(0.1), DType.F32);
    try (Session session = start.open(1)) {
      session.set(OptimizerStep.STEP_COUNT, Tensor.scalar(1 << 24));
      session.run(Map.of());
      assertThat(session.get(OptimizerStep.STEP_COUNT).item()).isEqualTo((1 << 24) + 1);
    }
  }

  /** Under a constant gradient the spread is 0 but for rounding, which may fall below. */
  @Test
  void centeredRmsPropStaysFiniteUnderAConstantGradient() {
    int size = 200;
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    GraphParameter w = builder.parameter("w", TensorType.of(DType.F64, size));
    Value gradient = builder.constant(Tensor.generate(w.type(), i -> 0.01 * (i + 1)));
    Optimizer optimizer = new RmsProp(at(1e-9), 0.5, 1e-8, 0, true);
    OptimizerStep step = optimizer.step(Map.of(w, gradient));
    try (Session session = Session.open(builder.graph(Map.of(), step.updates()))) {
      session.set("w", Tensor.zeros(w.type()));
      step.initialState().forEach((state, value) -> session.set(state.label(), value));
      boolean fellBelow = false;
      for (int t = 0; t < 100; t++) {
        session.run(Map.of());
        for (int i = 0; i < size; i++) {
          double mean = session.get("w/rmsprop.mean").get(i);
          fellBelow |= session.get("w/rmsprop.square").get(i) < mean * mean;
        }
      }
      assertThat(fellBelow).as("some spread fell below 0").isTrue();
      assertThat(session.get("w").toDoubles()).doesNotContain(Double.NaN);
    }
  }
}
