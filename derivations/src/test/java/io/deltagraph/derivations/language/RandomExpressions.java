package io.deltagraph.derivations.language;

import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Call;
import io.deltagraph.derivations.language.Expression.Derivative;
import io.deltagraph.derivations.language.Expression.Function;
import io.deltagraph.derivations.language.Expression.IndexSum;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Negate;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Expression.Reduction;
import io.deltagraph.derivations.language.Expression.Selection;
import io.deltagraph.derivations.language.Expression.Selector;
import io.deltagraph.derivations.language.Expression.Transpose;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/** Trees that the language can write, whether or not they mean anything. */
final class RandomExpressions {
  private static final List<String> BASES =
      List.of(
          "W",
          "X",
          "T",
          "b",
          "n",
          "k",
          "lambda",
          "eta",
          "alpha",
          "yhat",
          "A",
          "Z",
          "H",
          "E",
          "mine",
          "layer1.weight",
          "C");
  private static final List<String> FUNCTIONS =
      List.of(
          "sigmoid",
          "tanh",
          "relu",
          "exp",
          "log",
          "heaviside",
          "softmax",
          "one_hot",
          "I",
          "ones",
          "diag",
          "acme:swish");

  private static final List<Operator> OPERATORS = List.of(Operator.values());

  private final Random random;

  RandomExpressions(long seed) {
    random = new Random(seed);
  }

  Name name() {
    String base = BASES.get(random.nextInt(BASES.size()));
    boolean whole = base.contains(".");
    int index = whole || random.nextInt(3) == 0 ? Name.NO_INDEX : random.nextInt(12);
    boolean gradient =
        !whole
            && random.nextInt(4) == 0
            && List.of("W", "X", "b", "A", "Z", "alpha").contains(base);
    return new Name(gradient ? Name.Of.GRADIENT : Name.Of.VALUE, base, index);
  }

  Expression expression(int depth) {
    if (depth == 0) {
      return random.nextInt(4) == 0
          ? new Numeral(List.of(0.0, 1.0, 2.0, 0.5, 1e-3, 12345.678).get(random.nextInt(6)))
          : name();
    }
    Expression inner = expression(random.nextInt(depth));
    return switch (random.nextInt(14)) {
      case 0 -> new Negate(inner);
      case 1 -> inner instanceof Numeral ? inner : new Transpose(inner);
      case 2 ->
          new Reduction(
              random.nextBoolean(),
              inner,
              random.nextBoolean() ? OptionalInt.of(random.nextInt(2)) : OptionalInt.empty(),
              random.nextBoolean());
      case 3 -> new Call(function(), List.of(inner), Map.of());
      case 4 -> new Call(Function.of("elu"), List.of(inner, expression(0)), Map.of("alpha", 0.25));
      case 5 -> new Derivative(function(), List.of(inner), Map.of());
      case 6 ->
          new Selection(
              inner,
              List.of(
                  new Selector.Range(OptionalInt.empty(), OptionalInt.of(-1)),
                  random.nextBoolean() ? new Selector.At(0) : new Selector.Index("i")));
      case 7 -> new IndexSum(random.nextBoolean() ? List.of("s") : List.of("s", "i"), inner);
      default ->
          new Binary(OPERATORS.get(random.nextInt(OPERATORS.size())), expression(depth - 1), inner);
    };
  }

  private Function function() {
    return random.nextInt(5) == 0
        ? Function.activation(1 + random.nextInt(3))
        : Function.of(FUNCTIONS.get(random.nextInt(FUNCTIONS.size())));
  }
}
