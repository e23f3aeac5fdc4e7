package io.deltagraph.losses;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.activations.LogSoftmax;
import io.deltagraph.activations.Sigmoid;
import io.deltagraph.activations.Sign;
import io.deltagraph.activations.Softmax;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Value;
import io.deltagraph.ops.textbook.Match;
import io.deltagraph.ops.textbook.Pullback;
import io.deltagraph.ops.textbook.Slope;
import io.deltagraph.ops.textbook.Symbol;
import io.deltagraph.ops.textbook.TextbookRule;
import io.deltagraph.ops.textbook.TextbookRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** How a textbook writes costs, and the deltas that they begin with. */
public final class LossRules implements TextbookRules {
  private static final String ROWS = "the rows of T sum to 1";

  /** Costs that are written as what they are made of, and how that reads for one entry. */
  private static final Map<OpId, String> WRITTEN_OUT =
      ImmutableMap.<OpId, String>builder()
          .put(HalfSquaredError.ID, "½ (A − T)²")
          .put(MeanSquaredError.ID, "(A − T)²")
          .put(SquaredDistance.ID, "(A − T)²")
          .put(MeanAbsoluteError.ID, "abs(A − T)")
          .put(Hinge.ID, "relu(1 − T ⊙ A)")
          .put(Huber.ID, "e ⊙ (E − ½ e) with e the error E within ±δ")
          .put(Supremum.ID, "max(abs(A − T))")
          .buildOrThrow();

  /** Costs whose own backward rule is the textbook's. */
  private static final Map<OpId, String> OWN_RULES =
      ImmutableMap.<OpId, String>builder()
          .put(HalfSquaredError.ID, "½ (A − T)² has the derivative A − T")
          .put(MeanSquaredError.ID, "(A − T)² has the derivative 2 (A − T)")
          .put(SquaredDistance.ID, "(A − T)² has the derivative 2 (A − T) of a sum")
          .put(MeanAbsoluteError.ID, "abs(A − T) has the derivative sign(A − T)")
          .put(Huber.ID, "Huber's cost has the derivative clip(A − T)")
          .put(SparseSoftmaxCrossEntropy.ID, "−ln softmax(Z) of a class: softmax(Z) − one_hot(T)")
          .put(NegativeLogLikelihood.ID, "−A of a class has the derivative −one_hot(T)")
          .buildOrThrow();

  @Override
  public List<TextbookRule> rules() {
    ImmutableList.Builder<TextbookRule> rules = ImmutableList.builder();
    WRITTEN_OUT.forEach((id, form) ->
        rules.add(
            TextbookRule.of(
                id + " is written out: " + form,
                node -> Match.is(node, id) ? node.body() : Optional.empty())));
    OWN_RULES.forEach((id, name) ->
        rules.add(
            TextbookRule.of(name, node -> Pullback.in(node, id, 0).flatMap(parts -> node.body()))));
    costs(rules);
    derivatives(rules);
    jointly(rules);
    penalties(rules);
    return rules.build();
  }

  private static void costs(ImmutableList.Builder<TextbookRule> rules) {
    rules.add(
        cost(
            CategoricalCrossEntropy.ID,
            "categorical cross entropy: −Σ(T ⊙ ln(A))",
            (a, t) -> t.times(a.log())),
        cost(
            SoftmaxCrossEntropy.ID,
            "cross entropy of logits: −Σ(T ⊙ ln(softmax(Z)))",
            (z, t) -> t.times(softmax(z).log())),
        cost(
            SparseSoftmaxCrossEntropy.ID,
            "cross entropy of classes: −Σ(one_hot(T) ⊙ ln(softmax(Z)))",
            (z, t) -> oneHot(z, t).times(softmax(z).log())),
        cost(
            NegativeLogLikelihood.ID,
            "log-likelihood of classes: −Σ(one_hot(T) ⊙ A)",
            (a, t) -> oneHot(a, t).times(a)),
        cost(
            BinaryCrossEntropy.ID,
            "binary cross entropy: −Σ(T ⊙ ln(A) + (1 − T) ⊙ ln(1 − A))",
            LossRules::bernoulli),
        cost(
            ElementwiseCrossEntropy.ID,
            "element-wise cross entropy: −Σ(T ⊙ ln(A) + (1 − T) ⊙ ln(1 − A))",
            LossRules::bernoulli),
        cost(
            BinaryCrossEntropyWithLogits.ID,
            "binary cross entropy of logits: A is σ(Z)",
            (z, t) -> bernoulli(Sigmoid.of(z), t)));
  }

  private static void derivatives(ImmutableList.Builder<TextbookRule> rules) {
    rules.add(
        derivative(
            CategoricalCrossEntropy.ID,
            "−T ⊙ ln(A) has the derivative −T / A",
            (a, t) -> t.over(a).negate()),
        derivative(
            KlDivergence.ID,
            "T ⊙ ln(T / A) has the derivative −T / A",
            (a, t) -> t.over(a).negate()),
        derivative(
            BinaryCrossEntropy.ID,
            "binary cross entropy has the derivative (A − T) / (A ⊙ (1 − A))",
            (a, t) -> a.minus(t).over(a.times(a.oneMinus()))),
        derivative(
            ElementwiseCrossEntropy.ID,
            "element-wise cross entropy has the derivative (A − T) / (A ⊙ (1 − A))",
            (a, t) -> a.minus(t).over(a.times(a.oneMinus()))),
        derivative(
            BinaryCrossEntropyWithLogits.ID,
            "binary cross entropy of logits has the derivative σ(Z) − T",
            (z, t) -> Sigmoid.of(z).minus(t)),
        derivative(
            Hinge.ID,
            "relu(1 − T ⊙ A) has the derivative −T ⊙ relu'(1 − T ⊙ A)",
            (a, t) -> t.times(reluSlope(t.times(a).oneMinus())).negate()),
        TextbookRule.assuming(
            ROWS,
            "softmax and its cross entropy: softmax(Z) − T",
            node ->
                Pullback.in(node, SoftmaxCrossEntropy.ID, 0)
                    .map(at -> share(at).times(softmax(at.input(0)).minus(at.input(1))))),
        TextbookRule.of(
            "max(abs(E)) has the derivative sign(E) at the largest, shared among m that tie",
            LossRules::supremum));
  }

  /** Rules of a cost and the activation before it, which are shorter together. */
  private static void jointly(ImmutableList.Builder<TextbookRule> rules) {
    rules.add(
        TextbookRule.of("σ'(Z) cancels A ⊙ (1 − A): A − T is left", LossRules::bernoulliSigmoid),
        TextbookRule.assuming(
            ROWS, "the Jacobian of softmax takes T / A to T − A", LossRules::categoricalSoftmax),
        TextbookRule.of(
            "the Jacobian of log_softmax takes one_hot(T) to one_hot(T) − exp(A)",
            LossRules::likelihoodLogSoftmax));
  }

  private static void penalties(ImmutableList.Builder<TextbookRule> rules) {
    rules.add(
        TextbookRule.of(
            "the penalty ½ λ Σ W²",
            node ->
                penalty(node, L2Penalty.ID)
                    .map(of -> total(node, Value::square).times(lambda(node, of, 2)).times(0.5))),
        TextbookRule.of(
            "the penalty λ Σ abs(W)",
            node ->
                penalty(node, L1Penalty.ID)
                    .map(of -> total(node, Value::abs).times(lambda(node, of, 1)))),
        TextbookRule.of(
            "½ λ Σ W² has the derivative λ W",
            node ->
                Pullback.in(node)
                    .filter(at -> at.op().id().equals(L2Penalty.ID))
                    .map(at -> pulled(at, node, 2).times(at.input(at.input())))),
        TextbookRule.of(
            "λ Σ abs(W) has the derivative λ sign(W)",
            node ->
                Pullback.in(node)
                    .filter(at -> at.op().id().equals(L1Penalty.ID))
                    .map(at -> pulled(at, node, 1).times(Sign.of(at.input(at.input()), 0)))));
  }

  private static TextbookRule cost(OpId id, String name, BiFunction<Value, Value, Value> terms) {
    return TextbookRule.of(
        name,
        node ->
            Match.is(node, id) && node.attributes() instanceof LossReduction.Of of
                ? Optional.of(
                    of.reduce(terms.apply(node.input(0), node.input(1)), node.input(0)).negate())
                : Optional.empty());
  }

  private static TextbookRule derivative(
      OpId id, String name, BiFunction<Value, Value, Value> entries) {
    return TextbookRule.of(
        name,
        node ->
            Pullback.in(node, id, 0)
                .map(at -> share(at).times(entries.apply(at.input(0), at.input(1)))));
  }

  /** What the gradient of the loss is for each of its terms. */
  private static Value share(Pullback.Parts at) {
    return at.attributes() instanceof LossReduction.Of(LossReduction reduction)
        ? reduction.share(at.gradient(), at.input(0))
        : at.gradient();
  }

  private static Value softmax(Value logits) {
    return logits.op(Softmax.ID.name());
  }

  private static Value oneHot(Value outputs, Value classes) {
    return Terms.oneHot(outputs, classes, outputs.dtype());
  }

  private static Value bernoulli(Value a, Value t) {
    return t.times(a.log()).plus(t.oneMinus().times(a.oneMinus().log()));
  }

  private static Value reluSlope(Value x) {
    Apply relu = (Apply) x.op("relu");
    return Slope.of(relu.op(), relu.attributes(), relu.inputs());
  }

  private static Optional<Value> supremum(Apply node) {
    return Pullback.in(node, Supremum.ID, 0)
        .map(at -> {
          Value error = at.input(0).minus(at.input(1));
          Value zero = error.constant(0);
          Value largest = error.abs().equal(error.abs().max(List.of(), false));
          Value ties = largest.where(error.constant(1), zero).sum();
          return at.gradient().times(largest.where(Sign.of(error, 0), zero)).over(ties);
        });
  }

  private static Optional<Value> bernoulliSigmoid(Apply node) {
    return Pullback.in(node, Sigmoid.ID, 0)
        .flatMap(at -> {
          Value a = at.output();
          Value entries = a.times(a.oneMinus());
          Optional<Value> derivative =
              Slope.times(at).flatMap(share -> Match.input(share, "hadamard", 1));
          double c = at.attributes() instanceof Sigmoid.Slope(double slope) ? slope : 1;
          return Match.input(at.gradient(), "divide", 1)
              .filter(under ->
                  under == entries || (c == 1 && derivative.filter(under::equals).isPresent()))
              .flatMap(same -> Match.input(at.gradient(), "divide", 0))
              .filter(error -> Match.input(error, "subtract", 0).filter(a::equals).isPresent())
              .map(error -> c == 1 ? error : error.times(c));
        });
  }

  private static Optional<Value> categoricalSoftmax(Apply node) {
    return Pullback.in(node, Softmax.ID, 0)
        .filter(at -> lastAxis(at.attributes(), node))
        .flatMap(at -> {
          Value a = at.output();
          double temperature = at.attributes() instanceof Softmax.Along of ? of.temperature() : 1;
          return Match.input(at.gradient(), "divide", 1)
              .filter(a::equals)
              .flatMap(same -> Match.input(at.gradient(), "divide", 0))
              .map(t -> temperature == 1 ? t.minus(a) : t.minus(a).over(temperature));
        });
  }

  private static boolean lastAxis(Record attributes, Value node) {
    return attributes instanceof Softmax.Along of
        && (of.axis() == -1 || of.axis() == node.type().rank() - 1);
  }

  private static Optional<Value> likelihoodLogSoftmax(Apply node) {
    return Pullback.in(node, LogSoftmax.ID, 0)
        .filter(at ->
            at.attributes() instanceof LogSoftmax.Along(int axis)
                && (axis == -1 || axis == node.type().rank() - 1)
                && Match.is(at.gradient(), "one_hot"))
        .map(at -> at.gradient().minus(at.output().exp()));
  }

  private static Optional<Penalty> penalty(Apply node, OpId id) {
    return Match.is(node, id) && node.attributes() instanceof Penalty of
        ? Optional.of(of)
        : Optional.empty();
  }

  private static Value total(Apply node, UnaryOperator<Value> entries) {
    return node.inputs().stream()
        .map(w -> entries.apply(w).sum())
        .reduce(Value::plus)
        .orElseThrow();
  }

  private static Value pulled(Pullback.Parts at, Value like, int number) {
    return at.attributes() instanceof Penalty of
        ? at.gradient().times(lambda(like, of, number))
        : at.gradient();
  }

  private static Value lambda(Value like, Penalty of, int number) {
    Value lambda = Symbol.of(like.constant(of.lambda()), "lambda" + number);
    return of.samples() == 1 ? lambda : lambda.over(of.samples());
  }
}
