package io.deltagraph.derivations.marking;

import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.IndexSum;
import io.deltagraph.derivations.language.Expression.Negate;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Expression.Selector;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The index form: entries as values whose axes are named by the indices. */
final class Entries {
  /** A value, and the index that each of its axes is. */
  private record Labelled(Value value, List<String> labels) {}

  private final Evaluation matrices;

  Entries(Evaluation matrices) {
    this.matrices = matrices;
  }

  /** Whether an expression is written in index form. */
  static boolean indexed(Expression expression) {
    return switch (expression) {
      case IndexSum sum -> true;
      case Expression.Selection selection ->
          selection.selectors().stream().anyMatch(Selector.Index.class::isInstance)
              || indexed(selection.operand());
      case Binary binary -> indexed(binary.left()) || indexed(binary.right());
      case Negate(Expression operand) -> indexed(operand);
      case Expression.Transpose(Expression operand) -> indexed(operand);
      case Expression.Reduction reduction -> indexed(reduction.operand());
      case Expression.Call call -> call.arguments().stream().anyMatch(Entries::indexed);
      case Expression.Derivative derivative ->
          derivative.arguments().stream().anyMatch(Entries::indexed);
      case Expression.Numeral numeral -> false;
      case Expression.Name name -> false;
    };
  }

  /** A sum over all of its indices, within an expression in matrix form. */
  Value whole(IndexSum sum) throws Misfit {
    Labelled labelled = evaluate(sum);
    if (!labelled.labels().isEmpty()) {
      throw new Misfit(sum, bound(labelled.labels().getFirst()));
    }
    return labelled.value();
  }

  /** The tensor whose entry at the indices is the expression. */
  Value tensor(Expression expression, List<String> indices, Shape shape) throws Misfit {
    Labelled labelled = evaluate(expression);
    for (String label : labelled.labels()) {
      if (!indices.contains(label)) {
        throw new Misfit(expression, bound(label));
      }
    }
    if (indices.size() != shape.rank() || Set.copyOf(indices).size() != indices.size()) {
      throw new Misfit(expression, "as many indices on the left as it has axes, each another");
    }
    for (String label : labelled.labels()) {
      Dim has = labelled.value().shape().dim(labelled.labels().indexOf(label));
      if (!has.equals(shape.dim(indices.indexOf(label)))) {
        throw new Misfit(
            expression, "the index " + label + " with the range that it has on the left");
      }
    }
    return aligned(labelled, indices).broadcastTo(shape);
  }

  /** The same of the shape that the expression gives it. */
  Value tensor(Expression expression, List<String> indices) throws Misfit {
    Labelled labelled = evaluate(expression);
    if (!Set.copyOf(indices).equals(Set.copyOf(labelled.labels()))) {
      throw new Misfit(expression, "the indices of the left, " + String.join(", ", indices));
    }
    return aligned(labelled, indices);
  }

  private static String bound(String label) {
    return "an index that is on the left or summed over: " + label + " is neither";
  }

  private Labelled evaluate(Expression expression) throws Misfit {
    if (!indexed(expression)) {
      Value value = matrices.number(expression);
      if (value.type().rank() != 0) {
        throw new Misfit(
            expression, "an entry, with an index for each axis: it is " + Evaluation.shape(value));
      }
      return new Labelled(value, List.of());
    }
    return switch (expression) {
      case IndexSum sum -> sum(sum);
      case Expression.Selection selection -> entry(selection);
      case Binary binary -> binary(binary);
      case Negate(Expression operand) -> {
        Labelled inner = evaluate(operand);
        yield new Labelled(inner.value().negate(), inner.labels());
      }
      case Expression.Call call -> {
        List<Labelled> arguments = together(call.arguments());
        yield new Labelled(
            matrices.functions().call(call, arguments.stream().map(Labelled::value).toList()),
            arguments.getFirst().labels());
      }
      case Expression.Derivative derivative -> {
        List<Labelled> arguments = together(derivative.arguments());
        yield new Labelled(
            matrices
                .functions()
                .derivative(derivative, arguments.stream().map(Labelled::value).toList()),
            arguments.getFirst().labels());
      }
      case Expression.Transpose transpose -> throw new Misfit(transpose, "an entry");
      case Expression.Reduction reduction ->
          throw new Misfit(reduction, "a sum by a named index, as in sum_s(...)");
      case Expression.Numeral numeral -> throw new IllegalStateException();
      case Expression.Name name -> throw new IllegalStateException();
    };
  }

  private List<Labelled> together(List<Expression> expressions) throws Misfit {
    Labelled first = evaluate(expressions.getFirst());
    List<Labelled> all = new ArrayList<>(List.of(first));
    for (Expression further : expressions.subList(1, expressions.size())) {
      Labelled labelled = evaluate(further);
      if (!first.labels().containsAll(labelled.labels())) {
        throw new Misfit(further, "no further index");
      }
      all.add(new Labelled(aligned(labelled, first.labels()), first.labels()));
    }
    return all;
  }

  private Labelled sum(IndexSum sum) throws Misfit {
    Labelled inner = evaluate(sum.operand());
    List<Integer> axes = new ArrayList<>();
    List<String> left = new ArrayList<>(inner.labels());
    for (String index : sum.indices()) {
      int axis = inner.labels().indexOf(index);
      if (axis < 0) {
        throw new Misfit(sum, "a sum over an index that is used: " + index + " is not");
      }
      axes.add(axis);
      left.remove(index);
    }
    return new Labelled(inner.value().sum(axes, false), left);
  }

  private Labelled entry(Expression.Selection selection) throws Misfit {
    Value value = Evaluation.asNumber(matrices.value(selection.operand()));
    List<Selector> selectors = selection.selectors();
    if (selectors.size() != value.type().rank()) {
      throw new Misfit(selection, "an index for each axis: it is " + Evaluation.shape(value));
    }
    List<String> labels = new ArrayList<>();
    for (Selector selector : selectors) {
      switch (selector) {
        case Selector.Index(String name) -> labels.add(name);
        case Selector.Range range -> throw new Misfit(selection, "an index in place of ':'");
        case Selector.At at -> {}
      }
    }
    if (Set.copyOf(labels).size() != labels.size()) {
      throw new Misfit(selection, "each index once");
    }
    return new Labelled(Evaluation.select(selection, value, selectors), labels);
  }

  private Labelled binary(Binary binary) throws Misfit {
    Labelled left = evaluate(binary.left());
    Labelled right = evaluate(binary.right());
    Set<String> union = new LinkedHashSet<>(left.labels());
    union.addAll(right.labels());
    List<String> labels = List.copyOf(union);
    check(binary, left, right);
    Value a = aligned(left, labels);
    Value b = aligned(right, labels);
    String op =
        switch (binary.operator()) {
          case PLUS -> "add";
          case MINUS -> "subtract";
          case PRODUCT, ENTRYWISE, STAR -> "hadamard";
          case QUOTIENT -> "divide";
          case POWER -> "pow";
        };
    if (binary.operator() == Operator.POWER
        && binary.right() instanceof Expression.Numeral(double value)
        && value == 2) {
      return new Labelled(a.square(), labels);
    }
    try {
      return new Labelled(a.op(op, b), labels);
    } catch (GraphException e) {
      throw new Misfit(binary, "indices that have the same range wherever they stand");
    }
  }

  private static void check(Binary binary, Labelled left, Labelled right) throws Misfit {
    Map<String, Dim> dims = new HashMap<>();
    for (Labelled side : List.of(left, right)) {
      for (int axis = 0; axis < side.labels().size(); axis++) {
        Dim dim = side.value().shape().dim(axis);
        Dim known = dims.putIfAbsent(side.labels().get(axis), dim);
        if (known != null && !known.equals(dim)) {
          throw new Misfit(
              binary,
              "the index %s with one range: it goes over %s and over %s"
                  .formatted(side.labels().get(axis), known, dim));
        }
      }
    }
  }

  /** The value with an axis for each label, in their order; axes that it lacks have the size 1. */
  private static Value aligned(Labelled labelled, List<String> labels) {
    List<Integer> order = new ArrayList<>();
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      int axis = labelled.labels().indexOf(labels.get(i));
      if (axis < 0) {
        missing.add(i);
      } else {
        order.add(axis);
      }
    }
    boolean sorted = order.equals(order.stream().sorted().toList());
    Value value = sorted ? labelled.value() : labelled.value().permute(order);
    return missing.isEmpty() || labels.size() == missing.size()
        ? value
        : value.op("unsqueeze", Map.of("axes", missing));
  }
}
