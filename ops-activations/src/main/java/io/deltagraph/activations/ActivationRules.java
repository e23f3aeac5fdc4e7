package io.deltagraph.activations;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Value;
import io.deltagraph.ops.textbook.Match;
import io.deltagraph.ops.textbook.Pullback;
import io.deltagraph.ops.textbook.Slope;
import io.deltagraph.ops.textbook.TextbookRule;
import io.deltagraph.ops.textbook.TextbookRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a textbook writes activations and what passes back through them. */
public final class ActivationRules implements TextbookRules {
  /** What each backward rule makes of G, before it is written with a derivative. */
  private static final Map<OpId, String> SLOPES =
      ImmutableMap.<OpId, String>builder()
          .put(Sigmoid.ID, "G ⊙ y ⊙ (1 − y) → G ⊙ σ'(x)")
          .put(Tanh.ID, "G ⊙ (1 − y²) → G ⊙ tanh'(x)")
          .put(Relu.ID, "G where y > 0, else 0 → G ⊙ relu'(x)")
          .put(LeakyRelu.ID, "G where x > 0, else α G → G ⊙ leaky_relu'(x)")
          .put(Prelu.ID, "G where x > 0, else α G → G ⊙ prelu'(x, α)")
          .put(Elu.ID, "G where x > 0, else G ⊙ α exp(x) → G ⊙ elu'(x)")
          .put(Selu.ID, "λ G where x > 0, else G ⊙ λ α exp(x) → G ⊙ selu'(x)")
          .put(Gelu.ID, "G ⊙ (Φ(x) + x ⊙ Φ'(x)) → G ⊙ gelu'(x)")
          .put(Silu.ID, "G ⊙ (σ(x) + y ⊙ (1 − σ(x))) → G ⊙ silu'(x)")
          .put(Mish.ID, "G ⊙ (t + x ⊙ (1 − t²) ⊙ σ(x)) → G ⊙ mish'(x)")
          .put(Softplus.ID, "G ⊙ σ(x) → G ⊙ softplus'(x)")
          .put(Softsign.ID, "G / (1 + abs(x))² → G ⊙ softsign'(x)")
          .put(LogSigmoid.ID, "G ⊙ σ(−x) → G ⊙ log_sigmoid'(x)")
          .put(Logit.ID, "G / (x ⊙ (1 − x)) → G ⊙ logit'(x)")
          .put(Heaviside.ID, "0 away from the step → G ⊙ heaviside'(x)")
          .put(Sign.ID, "0 away from the step → G ⊙ sign'(x)")
          .buildOrThrow();

  @Override
  public List<TextbookRule> rules() {
    ImmutableList.Builder<TextbookRule> rules = ImmutableList.builder();
    SLOPES.forEach((id, name) ->
        rules.add(
            TextbookRule.general(name, node -> Pullback.in(node, id, 0).flatMap(Slope::times))));
    return rules
        .add(
            TextbookRule.of("identity(x) → x", node -> Match.input(node, Identity.ID.name(), 0)),
            TextbookRule.of(
                "G ⊙ identity'(x) → G",
                node -> Pullback.in(node, Identity.ID, 0).map(Pullback.Parts::gradient)),
            TextbookRule.of("linear(x) → k x", ActivationRules::linear),
            TextbookRule.of(
                "G ⊙ linear'(x) → k G",
                node -> Pullback.in(node, Linear.ID, 0).flatMap(parts -> node.body())),
            TextbookRule.of(
                "x where x < 0, else 0 → min(x, 0), summed for one α", ActivationRules::prelu),
            TextbookRule.of("1 where x > 0, −1 where x < 0 → sign(x)", ActivationRules::sign),
            TextbookRule.of("y ⊙ (1 − y) → σ'(x)", ActivationRules::sigmoidSlope),
            TextbookRule.of("1 − y² → tanh'(x)", ActivationRules::tanhSlope),
            TextbookRule.general(
                "the Jacobian of softmax: y ⊙ (G − Σ(G ⊙ y))",
                node -> Pullback.in(node, Softmax.ID, 0).flatMap(parts -> node.body())),
            TextbookRule.general(
                "the Jacobian of log_softmax: G − exp(y) ⊙ Σ(G)",
                node -> Pullback.in(node, LogSoftmax.ID, 0).flatMap(parts -> node.body())))
        .build();
  }

  private static Optional<Value> linear(Apply node) {
    return node.attributes() instanceof Linear.Rate(double k) && Match.is(node, Linear.ID)
        ? Optional.of(node.input(0).times(k))
        : Optional.empty();
  }

  private static Optional<Value> prelu(Apply node) {
    return Pullback.in(node, Prelu.ID, 1)
        .map(parts -> {
          Value x = parts.input(0);
          return parts.gradient().times(x.minimum(x.constant(0))).sum();
        });
  }

  private static Optional<Value> sign(Apply node) {
    if (!Match.is(node, "subtract")) {
      return Optional.empty();
    }
    Optional<Value> above = Match.input(node.input(0), "cast", 0);
    Optional<Value> below = Match.input(node.input(1), "cast", 0);
    Optional<Value> x = above.flatMap(mask -> Match.input(mask, "greater", 0));
    return x.isPresent()
            && x.equals(below.flatMap(mask -> Match.input(mask, "less", 0)))
            && above
                .flatMap(mask -> Match.input(mask, "greater", 1))
                .filter(ActivationRules::zero)
                .isPresent()
            && below
                .flatMap(mask -> Match.input(mask, "less", 1))
                .filter(ActivationRules::zero)
                .isPresent()
            && x.get().type().equals(node.type())
        ? x.map(value -> Sign.of(value, 0))
        : Optional.empty();
  }

  private static boolean zero(Value value) {
    return Match.isNumber(value, 0);
  }

  /** Also where another factor stands before the two. */
  private static Optional<Value> sigmoidSlope(Apply node) {
    if (!Match.is(node, "hadamard")) {
      return Optional.empty();
    }
    Value left = node.input(0);
    for (Value y :
        left instanceof Apply rest && Match.is(rest, "hadamard") ? rest.inputs() : List.of(left)) {
      Optional<Value> rest = Match.input(node.input(1), "subtract", 1);
      if (y instanceof Apply sigmoid
          && sigmoid.attributes() instanceof Sigmoid.Slope(double c)
          && c == 1
          && Match.is(sigmoid, Sigmoid.ID)
          && rest.filter(sigmoid::equals).isPresent()
          && Match.input(node.input(1), "subtract", 0)
              .filter(one -> Match.isNumber(one, 1))
              .isPresent()) {
        Value slope = Slope.of(sigmoid.op(), sigmoid.attributes(), sigmoid.inputs());
        return Optional.of(y == left ? slope : other(left, y).times(slope));
      }
    }
    return Optional.empty();
  }

  private static Value other(Value product, Value factor) {
    Apply node = (Apply) product;
    return node.input(0) == factor ? node.input(1) : node.input(0);
  }

  private static Optional<Value> tanhSlope(Apply node) {
    return Match.input(node, "subtract", 0).filter(one -> Match.isNumber(one, 1)).isPresent()
            && Match.input(node.input(1), "square", 0).orElse(node) instanceof Apply tanh
            && Match.is(tanh, Tanh.ID)
        ? Optional.of(Slope.of(tanh.op(), tanh.attributes(), tanh.inputs()))
        : Optional.empty();
  }
}
