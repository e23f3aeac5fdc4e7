package io.deltagraph.derivations.explain;

import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Call;
import io.deltagraph.derivations.language.Expression.Derivative;
import io.deltagraph.derivations.language.Expression.IndexSum;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Negate;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Reduction;
import io.deltagraph.derivations.language.Expression.Selection;
import io.deltagraph.derivations.language.Expression.Selector;
import io.deltagraph.derivations.language.Expression.Transpose;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Value;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;

/**
 * The numbers of a written expression, on plain loops: what it says, whatever it came from. Ops by
 * name are asked for their forward values alone; derivatives are central differences of these.
 */
public final class PlainNumbers {
  private static final double STEP = 1e-5;

  private final GraphBuilder builder;
  private final Map<Name, Tensor> known;

  public PlainNumbers(GraphBuilder builder, Map<Name, Tensor> known) {
    this.builder = builder;
    this.known = known;
  }

  public Tensor of(Expression expression) {
    return switch (expression) {
      case Numeral(double value) -> Tensor.scalar(value);
      case Name name -> Objects.requireNonNull(known.get(name), () -> "no number for " + name);
      case Negate(Expression operand) -> entries(Tensor.scalar(-1), of(operand), (a, b) -> a * b);
      case Binary binary -> binary(binary, of(binary.left()), of(binary.right()));
      case Transpose(Expression operand) -> transposed(of(operand));
      case Reduction reduction -> reduced(reduction, of(reduction.operand()));
      case Call call -> call(call.function().name(), call.arguments(), call.attributes(), 0);
      case Derivative d -> slope(d);
      case Selection selection -> selected(selection, of(selection.operand()));
      case IndexSum sum -> throw new AssertionError("no line has index form: " + sum);
    };
  }

  private static Tensor binary(Binary binary, Tensor left, Tensor right) {
    return switch (binary.operator()) {
      case PLUS -> entries(left, right, Double::sum);
      case MINUS -> entries(left, right, (a, b) -> a - b);
      case ENTRYWISE -> entries(left, right, (a, b) -> a * b);
      case QUOTIENT -> entries(left, right, (a, b) -> a / b);
      case POWER -> entries(left, right, Math::pow);
      case PRODUCT ->
          left.type().rank() == 0 || right.type().rank() == 0
              ? entries(left, right, (a, b) -> a * b)
              : product(left, right);
      case STAR -> throw new AssertionError("no line leaves the product open: " + binary);
    };
  }

  private static Tensor entries(Tensor left, Tensor right, DoubleBinaryOperator operator) {
    int[] a = left.type().shape().sizes();
    int[] b = right.type().shape().sizes();
    int rank = Math.max(a.length, b.length);
    int[] sizes = new int[rank];
    for (int i = 0; i < rank; i++) {
      int own = size(a, rank, i);
      int other = size(b, rank, i);
      if (own != other && own != 1 && other != 1) {
        throw new AssertionError(left.type() + " against " + right.type());
      }
      sizes[i] = own == 1 ? other : own;
    }
    TensorType type = new TensorType(DType.F64, Shape.of(sizes));
    return Tensor.generate(
        type, at -> operator.applyAsDouble(entry(left, a, sizes, at), entry(right, b, sizes, at)));
  }

  private static int size(int[] sizes, int rank, int axis) {
    int own = axis - (rank - sizes.length);
    return own < 0 ? 1 : sizes[own];
  }

  private static double entry(Tensor tensor, int[] own, int[] sizes, int at) {
    int index = 0;
    int rest = at;
    int stride = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      int place = rest % sizes[axis];
      rest /= sizes[axis];
      int size = size(own, sizes.length, axis);
      index += (size == 1 ? 0 : place) * stride;
      stride *= size;
    }
    return tensor.get(index);
  }

  private static Tensor product(Tensor left, Tensor right) {
    int[] a = left.type().shape().sizes();
    int[] b = right.type().shape().sizes();
    if (a.length != 2 || b.length != 2 || a[1] != b[0]) {
      throw new AssertionError(left.type() + " times " + right.type());
    }
    return Tensor.generate(
        TensorType.of(DType.F64, a[0], b[1]),
        at -> {
          double sum = 0;
          for (int j = 0; j < a[1]; j++) {
            sum += left.get(at / b[1] * a[1] + j) * right.get(j * b[1] + at % b[1]);
          }
          return sum;
        });
  }

  private static Tensor transposed(Tensor tensor) {
    int[] sizes = tensor.type().shape().sizes();
    return Tensor.generate(
        TensorType.of(DType.F64, sizes[1], sizes[0]),
        at -> tensor.get(at % sizes[0] * sizes[1] + at / sizes[0]));
  }

  private static Tensor reduced(Reduction reduction, Tensor tensor) {
    int[] sizes = tensor.type().shape().sizes();
    double[] all = tensor.toDoubles();
    if (reduction.axis().isEmpty()) {
      double sum = 0;
      for (double entry : all) {
        sum += entry;
      }
      return Tensor.scalar(reduction.mean() ? sum / all.length : sum);
    }
    int axis = reduction.axis().getAsInt();
    int after = 1;
    for (int i = axis + 1; i < sizes.length; i++) {
      after *= sizes[i];
    }
    double[] sums = new double[all.length / sizes[axis]];
    for (int i = 0; i < all.length; i++) {
      sums[i / (after * sizes[axis]) * after + i % after] += all[i];
    }
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      if (i != axis) {
        left.add(sizes[i]);
      } else if (reduction.keepdims()) {
        left.add(1);
      }
    }
    int[] shape = left.stream().mapToInt(i -> i).toArray();
    double divisor = reduction.mean() ? sizes[axis] : 1;
    return Tensor.generate(new TensorType(DType.F64, Shape.of(shape)), at -> sums[at] / divisor);
  }

  private static Tensor selected(Selection selection, Tensor tensor) {
    int[] sizes = tensor.type().shape().sizes();
    if (!(selection.selectors().getLast() instanceof Selector.Range(var from, var to))
        || selection.selectors().size() != 2
        || !selection.selectors().getFirst().equals(Selector.Range.ALL)) {
      throw new AssertionError("only columns are selected: " + selection);
    }
    int first = from.orElse(0);
    int last = to.isEmpty() ? sizes[1] : Math.floorMod(to.getAsInt(), sizes[1]);
    int width = last - first;
    return Tensor.generate(
        TensorType.of(DType.F64, sizes[0], width),
        at -> tensor.get(at / width * sizes[1] + first + at % width));
  }

  private Tensor slope(Derivative d) {
    Tensor above = call(d.function().name(), d.arguments(), d.attributes(), STEP);
    Tensor below = call(d.function().name(), d.arguments(), d.attributes(), -STEP);
    return entries(above, below, (a, b) -> (a - b) / (2 * STEP));
  }

  private Tensor call(
      String function, List<Expression> arguments, Map<String, Object> attributes, double shift) {
    List<Value> inputs = new ArrayList<>();
    for (Expression argument : arguments) {
      Tensor value = of(argument);
      Tensor moved =
          inputs.isEmpty() && shift != 0
              ? entries(value, Tensor.scalar(shift), Double::sum)
              : value;
      inputs.add(builder.constant(moved));
    }
    Map<String, Object> all = new HashMap<>(attributes);
    if (function.equals("sign") && attributes.isEmpty()) {
      all.put("value_at_zero", 0.0);
    }
    if (function.equals("one_hot")) {
      all.put("depth", (int) of(Name.value("k")).item());
    }
    Value result = builder.apply(OpId.of(function), all, inputs);
    return Objects.requireNonNull(Evaluate.value(result, Map.of()));
  }
}
