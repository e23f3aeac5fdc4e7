package io.deltagraph.derivations.marking;

import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Operator;
import java.util.function.UnaryOperator;

/** Draws numbers out of products, so that what remains is what a derivation is about. */
final class Scalars {
  private final KnownNames names;

  Scalars(KnownNames names) {
    this.names = names;
  }

  /** A body and what is done with it outside. */
  private record Scaled(Expression body, UnaryOperator<Expression> outside) {}

  /** An expression of the same value, in which no product by entries or of matrices has numbers. */
  Expression out(Expression root) {
    return Trees.mapped(root, this::outOfProduct);
  }

  private Expression outOfProduct(Expression node) {
    if (!(node instanceof Binary(Operator operator, Expression left, Expression right))
        || (operator != Operator.ENTRYWISE && operator != Operator.PRODUCT)
        || number(left)
        || number(right)) {
      return node;
    }
    Scaled first = scaled(left);
    Scaled second = scaled(right);
    return first
        .outside()
        .apply(second.outside().apply(new Binary(operator, first.body(), second.body())));
  }

  private Scaled scaled(Expression node) {
    if (!(node instanceof Binary(Operator operator, Expression left, Expression right))) {
      return new Scaled(node, UnaryOperator.identity());
    }
    boolean times = operator == Operator.PRODUCT || operator == Operator.ENTRYWISE;
    if ((times || operator == Operator.QUOTIENT) && number(right)) {
      Scaled inner = scaled(left);
      return new Scaled(
          inner.body(), body -> new Binary(operator, inner.outside().apply(body), right));
    }
    if (times && number(left)) {
      Scaled inner = scaled(right);
      return new Scaled(
          inner.body(), body -> new Binary(operator, left, inner.outside().apply(body)));
    }
    return new Scaled(node, UnaryOperator.identity());
  }

  /** Whether it is a number whatever the net. */
  private boolean number(Expression node) {
    return switch (node) {
      case Numeral numeral -> true;
      case Name name ->
          switch (names.canonical(name).base()) {
            case "n", "k", "lambda", "eta" -> !name.isGradient();
            default -> false;
          };
      case Binary binary -> number(binary.left()) && number(binary.right());
      case Expression.Negate(Expression operand) -> number(operand);
      case Expression.Transpose transpose -> false;
      case Expression.Reduction reduction -> false;
      case Expression.Call call -> false;
      case Expression.Derivative derivative -> false;
      case Expression.Selection selection -> false;
      case Expression.IndexSum sum -> false;
    };
  }
}
