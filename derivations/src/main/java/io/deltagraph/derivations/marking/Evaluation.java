package io.deltagraph.derivations.marking;

import static java.util.Objects.requireNonNull;

import io.deltagraph.derivations.language.DerivationWriter;
import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Negate;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Expression.Selector;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Makes values of expressions in matrix form; those in index form it leaves to {@link Entries}. */
final class Evaluation {

  /** What names stand for. */
  interface Scope {
    /** The value of a name as it is written. */
    Value value(Name name) throws Misfit;
  }

  private final Scope scope;
  private final Functions functions;
  private final Likeness comparison;
  private final IdentityHashMap<Expression, Operator> stars = new IdentityHashMap<>();

  private @Nullable IdentityHashMap<Expression, Value> known;

  Evaluation(Scope scope, Functions functions, Likeness comparison) {
    this.scope = scope;
    this.functions = functions;
    this.comparison = comparison;
  }

  /** This one, which from now on computes each part of a tree once. */
  Evaluation remembering() {
    known = new IdentityHashMap<>();
    return this;
  }

  /** What each {@code *} turned out to be, where it was not by a number. */
  IdentityHashMap<Expression, Operator> stars() {
    return stars;
  }

  Functions functions() {
    return functions;
  }

  Value value(Expression expression) throws Misfit {
    try {
      return evaluate(expression);
    } catch (GraphException e) {
      throw new Misfit(expression, "shapes that fit");
    }
  }

  /** The same, with whole numbers as what else is computed with. */
  Value number(Expression expression) throws Misfit {
    return asNumber(value(expression));
  }

  static Value asNumber(Value value) {
    return value.dtype() == DType.F64 ? value : value.cast(DType.F64);
  }

  private Value evaluate(Expression expression) throws Misfit {
    IdentityHashMap<Expression, Value> done = known;
    if (done == null) {
      return computed(expression);
    }
    Value value = done.get(expression);
    if (value == null) {
      value = computed(expression);
      done.put(expression, value);
    }
    return value;
  }

  private Value computed(Expression expression) throws Misfit {
    return switch (expression) {
      case Numeral(double number) -> functions.number(number);
      case Name name -> scope.value(name);
      case Negate(Expression operand) -> number(operand).negate();
      case Binary binary -> binary(binary);
      case Expression.Transpose(Expression operand) -> {
        Value value = value(operand);
        yield value.type().rank() < 2 ? value : value.transpose();
      }
      case Expression.Reduction reduction -> reduction(reduction);
      case Expression.Call call -> functions.call(call, arguments(call));
      case Expression.Derivative derivative ->
          functions.derivative(derivative, values(derivative.arguments()));
      case Expression.Selection selection -> selection(selection);
      case Expression.IndexSum sum -> new Entries(this).whole(sum);
    };
  }

  private List<Value> arguments(Expression.Call call) throws Misfit {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      Value value = value(call.arguments().get(i));
      values.add(functions.takesAsItIs(call.function(), i) ? value : asNumber(value));
    }
    return values;
  }

  private List<Value> values(List<Expression> expressions) throws Misfit {
    List<Value> values = new ArrayList<>();
    for (Expression expression : expressions) {
      values.add(number(expression));
    }
    return values;
  }

  private Value binary(Binary binary) throws Misfit {
    Value left = number(binary.left());
    Value right = number(binary.right());
    return switch (binary.operator()) {
      case PLUS -> fitting(binary, left, right, "add");
      case MINUS -> fitting(binary, left, right, "subtract");
      case ENTRYWISE -> fitting(binary, left, right, "hadamard");
      case QUOTIENT -> fitting(binary, left, right, "divide");
      case PRODUCT ->
          scalar(left, right) ? left.times(right) : fitting(binary, left, right, "matmul");
      case STAR -> star(binary, left, right);
      case POWER -> power(binary, left, right);
    };
  }

  private static boolean scalar(Value left, Value right) {
    return left.type().rank() == 0 || right.type().rank() == 0;
  }

  private static Value fitting(Binary binary, Value left, Value right, String op) throws Misfit {
    Value value = quietly(left, right, op);
    if (value != null) {
      return value;
    }
    String what =
        op.equals("matmul")
            ? "a matrix product whose inner sizes are equal"
            : "shapes that fit entry by entry";
    throw new Misfit(
        binary,
        "%s, but %s is %s and %s is %s"
            .formatted(
                what,
                DerivationWriter.UNICODE.write(binary.left()),
                shape(left),
                DerivationWriter.UNICODE.write(binary.right()),
                shape(right)));
  }

  /** Asked before an op is, whose refusal is a long story that a search makes a thousand times. */
  private static boolean fits(Value left, Value right, String op) {
    if (!op.equals("matmul")) {
      return left.shape().broadcast(right.shape()).isPresent();
    }
    int before = Math.max(-2, -right.type().rank());
    return left.type().rank() > 0
        && right.type().rank() > 0
        && left.shape().dim(-1).equals(right.shape().dim(before));
  }

  static String shape(Value value) {
    Shape shape = value.shape();
    return switch (shape.rank()) {
      case 0 -> "a number";
      case 1 -> "(" + size(shape, 0) + ")";
      default -> {
        List<String> sizes = new ArrayList<>();
        for (int i = 0; i < shape.rank(); i++) {
          sizes.add(size(shape, i));
        }
        yield String.join(" × ", sizes);
      }
    };
  }

  private static String size(Shape shape, int axis) {
    return shape.dim(axis).isFixed() ? shape.dim(axis).toString() : "n";
  }

  private Value star(Binary binary, Value left, Value right) throws Misfit {
    if (scalar(left, right)) {
      return left.times(right);
    }
    Value product = quietly(left, right, "matmul");
    Value entrywise = quietly(left, right, "hadamard");
    if (product == null && entrywise == null) {
      return fitting(binary, left, right, "hadamard");
    }
    if (product != null && entrywise != null) {
      if (!product.shape().equals(entrywise.shape()) || !comparison.equal(product, entrywise)) {
        throw new Misfit(
            binary, "'@' for the matrix product or '⊙' for entry by entry: both fit here");
      }
    }
    boolean matrix = product != null;
    stars.put(binary, matrix ? Operator.PRODUCT : Operator.ENTRYWISE);
    return requireNonNull(matrix ? product : entrywise);
  }

  private static @Nullable Value quietly(Value left, Value right, String op) {
    if (!fits(left, right, op)) {
      return null;
    }
    try {
      return left.op(op, right);
    } catch (GraphException e) {
      return null;
    }
  }

  private static Value power(Binary binary, Value base, Value exponent) throws Misfit {
    if (binary.right() instanceof Numeral(double value)) {
      if (value == 2) {
        return base.square();
      }
      if (value == 3) {
        return base.square().times(base);
      }
      if (value == 0.5) {
        return base.sqrt();
      }
    }
    if (binary.right() instanceof Negate(Numeral(double value)) && value == 1) {
      return base.reciprocal();
    }
    return fitting(binary, base, exponent, "pow");
  }

  private Value reduction(Expression.Reduction reduction) throws Misfit {
    Value value = number(reduction.operand());
    List<Integer> axes = axes(reduction, reduction.axis(), value);
    Value sum =
        axes.isEmpty() && !reduction.keepdims()
            ? value.sum()
            : value.sum(axes, reduction.keepdims());
    return reduction.mean() ? sum.over(value.elementCount(axes)) : sum;
  }

  private static List<Integer> axes(Expression part, OptionalInt axis, Value value) throws Misfit {
    if (axis.isEmpty()) {
      return List.of();
    }
    int rank = value.type().rank();
    int asked = axis.getAsInt();
    if (asked >= rank || asked < -rank) {
      throw new Misfit(
          part, "an axis that there is, counted from 0: what is summed is " + shape(value));
    }
    return List.of(asked);
  }

  private Value selection(Expression.Selection selection) throws Misfit {
    if (selection.selectors().stream().anyMatch(Selector.Index.class::isInstance)) {
      throw new Misfit(selection, "an index that is on the left or summed over");
    }
    Value value = value(selection.operand());
    if (selection.selectors().size() > value.type().rank()) {
      throw new Misfit(selection, "as many places as there are axes: it is " + shape(value));
    }
    return select(selection, value, selection.selectors());
  }

  /** What is left when places and ranges are taken; indices of the index form stay whole. */
  static Value select(Expression part, Value whole, List<Selector> selectors) throws Misfit {
    Value value = whole;
    List<Integer> dropped = new ArrayList<>();
    for (int axis = 0; axis < selectors.size(); axis++) {
      try {
        switch (selectors.get(axis)) {
          case Selector.At(int position) -> {
            int stop = position == -1 ? Integer.MAX_VALUE : position + 1;
            value = slice(value, axis, position, stop);
            dropped.add(axis);
          }
          case Selector.Range(OptionalInt from, OptionalInt to) -> {
            if (from.isPresent() || to.isPresent()) {
              value = slice(value, axis, from.orElse(0), to.orElse(Integer.MAX_VALUE));
            }
          }
          case Selector.Index index -> {}
        }
      } catch (GraphException e) {
        throw new Misfit(
            part,
            whole.shape().dim(axis).isFixed()
                ? "places that there are: it is " + shape(whole)
                : "no single samples: a derivation is for any number of them");
      }
    }
    return dropped.isEmpty() ? value : value.op("squeeze", Map.of("axes", dropped));
  }

  private static Value slice(Value value, int axis, int start, int stop) {
    return value.op("slice", Map.of("axis", axis, "start", start, "stop", stop));
  }
}
