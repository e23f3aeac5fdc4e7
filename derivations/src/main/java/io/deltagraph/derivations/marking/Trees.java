package io.deltagraph.derivations.marking;

import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Call;
import io.deltagraph.derivations.language.Expression.Derivative;
import io.deltagraph.derivations.language.Expression.IndexSum;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Negate;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Expression.Reduction;
import io.deltagraph.derivations.language.Expression.Selection;
import io.deltagraph.derivations.language.Expression.Transpose;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Walks through expressions and changes of them. */
final class Trees {
  private Trees() {}

  /**
   * A part of an expression.
   *
   * @param node the part
   * @param put the whole with another part in its place
   */
  record Spot(Expression node, UnaryOperator<Expression> put) {}

  /** All parts, the whole first. */
  static List<Spot> spots(Expression root) {
    List<Spot> all = new ArrayList<>();
    collect(root, UnaryOperator.identity(), all);
    return all;
  }

  private static void collect(Expression node, UnaryOperator<Expression> put, List<Spot> all) {
    all.add(new Spot(node, put));
    List<Expression> parts = parts(node);
    for (int i = 0; i < parts.size(); i++) {
      int place = i;
      collect(
          parts.get(i),
          other -> {
            List<Expression> changed = new ArrayList<>(parts);
            changed.set(place, other);
            return put.apply(with(node, changed));
          },
          all);
    }
  }

  static List<Expression> parts(Expression node) {
    return switch (node) {
      case Numeral numeral -> List.of();
      case Name name -> List.of();
      case Negate(Expression operand) -> List.of(operand);
      case Binary binary -> List.of(binary.left(), binary.right());
      case Transpose(Expression operand) -> List.of(operand);
      case Reduction reduction -> List.of(reduction.operand());
      case Call call -> call.arguments();
      case Derivative derivative -> derivative.arguments();
      case Selection selection -> List.of(selection.operand());
      case IndexSum sum -> List.of(sum.operand());
    };
  }

  /** The node with other parts. */
  static Expression with(Expression node, List<Expression> parts) {
    return switch (node) {
      case Numeral numeral -> numeral;
      case Name name -> name;
      case Negate negate -> new Negate(parts.getFirst());
      case Binary binary -> new Binary(binary.operator(), parts.get(0), parts.get(1));
      case Transpose transpose -> new Transpose(parts.getFirst());
      case Reduction reduction ->
          new Reduction(reduction.mean(), parts.getFirst(), reduction.axis(), reduction.keepdims());
      case Call call -> new Call(call.function(), parts, call.attributes());
      case Derivative derivative ->
          new Derivative(derivative.function(), parts, derivative.attributes());
      case Selection selection -> new Selection(parts.getFirst(), selection.selectors());
      case IndexSum sum -> new IndexSum(sum.indices(), parts.getFirst());
    };
  }

  /** The expression with each part changed from the leaves up. */
  @SuppressWarnings("ReferenceEquality") // equal trees at different places have different places
  static Expression mapped(Expression node, Function<Expression, Expression> change) {
    List<Expression> parts = parts(node);
    List<Expression> changed = new ArrayList<>();
    boolean same = true;
    for (Expression part : parts) {
      Expression other = mapped(part, change);
      same &= other == part;
      changed.add(other);
    }
    return change.apply(same ? node : with(node, changed));
  }

  /** The names in an expression. */
  static Set<Name> names(Expression root) {
    Set<Name> names = new LinkedHashSet<>();
    for (Spot spot : spots(root)) {
      if (spot.node() instanceof Name name) {
        names.add(name);
      }
    }
    return names;
  }

  static int size(Expression root) {
    int size = 1;
    for (Expression part : parts(root)) {
      size += size(part);
    }
    return size;
  }

  static Expression join(Operator operator, Expression left, Expression right) {
    return new Binary(operator, left, right);
  }

  /** The factors of a product by entries. */
  static List<Expression> factors(Expression product) {
    List<Expression> factors = new ArrayList<>();
    if (product instanceof Binary binary && binary.operator() == Operator.ENTRYWISE) {
      factors.addAll(factors(binary.left()));
      factors.addAll(factors(binary.right()));
    } else {
      factors.add(product);
    }
    return factors;
  }

  /** Their product; there is at least one. */
  static Expression product(List<Expression> factors) {
    Expression product = factors.getFirst();
    for (Expression factor : factors.subList(1, factors.size())) {
      product = join(Operator.ENTRYWISE, product, factor);
    }
    return product;
  }
}
