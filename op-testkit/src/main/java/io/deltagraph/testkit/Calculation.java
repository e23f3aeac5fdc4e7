package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Ops applied to numbers, for tests that compare an op with numbers worked by hand. The contract
 * finds a gradient that does not fit its op; only such numbers find an op that computes the wrong
 * thing.
 *
 * <pre>{@code
 * assertEquals(0.5, Calculation.elements(Sigmoid::of, 0)[0]);
 * assertEquals(0.25, Calculation.gradient(Sigmoid::of, 0)[0]);
 * Tensor product = Calculation.value(x -> MatMul.of(x[0], x[1]), left, right);
 * }</pre>
 *
 * <p>The ops are those of the class path or the module path. Errors are those of the engine.
 */
public final class Calculation {
  private final GraphBuilder builder = new GraphBuilder(OpRegistry.load());
  private final Value[] inputs;
  private final Map<String, Tensor> feeds = new HashMap<>();

  private Calculation(List<TensorType> types) {
    inputs = new Value[types.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = builder.input("x" + i, types.get(i));
    }
  }

  private Calculation(List<TensorType> types, Tensor... tensors) {
    this(types);
    for (int i = 0; i < tensors.length; i++) {
      feeds.put("x" + i, tensors[i]);
    }
  }

  /** An expression of inputs, as {@code x -> MatMul.of(x[0], x[1])}. */
  @FunctionalInterface
  public interface Expression {
    /** The expression of those inputs, which are of one graph. */
    Value of(Value... x);
  }

  /** The value of an expression. */
  public static Tensor value(Expression expression, Tensor... inputs) {
    return of(inputs).run(expression);
  }

  /** The elements of an expression's value, row by row. */
  public static double[] elements(Expression expression, Tensor... inputs) {
    return value(expression, inputs).toDoubles();
  }

  /** The elements of the value of a function of one vector. */
  public static double[] elements(UnaryOperator<Value> function, double... x) {
    return elements(of(function), Tensor.vector(x));
  }

  /**
   * The elements of an expression's value whose inputs have a first dimension without a size, as a
   * batch has until it runs. Inputs without dimensions stay as they are.
   */
  public static double[] batched(Expression expression, Tensor... inputs) {
    List<TensorType> types = new ArrayList<>();
    for (Tensor input : inputs) {
      Shape shape = input.type().shape();
      types.add(
          shape.rank() == 0
              ? input.type()
              : input.type().with(Shape.batch("N").concat(shape.slice(1, shape.rank()))));
    }
    return new Calculation(types, inputs).run(expression).toDoubles();
  }

  /**
   * The gradient of the sum of a function's elements with respect to its one vector: of a pointwise
   * function, the slope at each element.
   */
  public static double[] gradient(UnaryOperator<Value> function, double... x) {
    return elements(derivative(of(function), 0), Tensor.vector(x));
  }

  /**
   * The gradients of {@code Σ cotangent ⊙ expression} with respect to the inputs that are floats,
   * in order.
   */
  public static List<Tensor> gradients(Expression expression, Tensor cotangent, Tensor... inputs) {
    Calculation at = of(inputs);
    Value output = expression.of(at.inputs);
    List<Value> floats = at.floats();
    Gradient gradient = Gradient.pullback(output, at.builder.constant(cotangent), floats);
    return Evaluate.values(floats.stream().map(gradient::wrt).toList(), at.feeds);
  }

  /**
   * The gradient of the sum of an expression's elements, again as an expression.
   *
   * @param wrt the position of the input with respect to which it is
   */
  public static Expression derivative(Expression expression, int wrt) {
    return x -> Gradient.of(expression.of(x).sum(), List.of(x[wrt])).wrt(x[wrt]);
  }

  /**
   * Why the gradients of an expression are zero, each reason once after the name of its op.
   *
   * @throws AssertionError if a gradient reaches an input, or none does and no op says why
   */
  public static List<String> flat(Expression expression, Tensor... inputs) {
    Calculation at = of(inputs);
    Value output = expression.of(at.inputs);
    Value sum = (output.dtype().isFloat() ? output : output.cast(DType.F64)).sum();
    Set<String> reasons = new LinkedHashSet<>();
    for (Value input : at.floats()) {
      Gradient gradient = Gradient.of(sum, List.of(input));
      if (gradient.reached(input)) {
        throw new AssertionError("A gradient reaches " + input + ".");
      }
      if (gradient.flat().isEmpty()) {
        throw new AssertionError("No op says why no gradient reaches " + input + ".");
      }
      reasons.addAll(gradient.flat());
    }
    return ImmutableList.copyOf(reasons);
  }

  /**
   * The first line of the message that refuses inputs of those types.
   *
   * @param types the inputs' types, as {@code f64[N, 3]}
   * @throws AssertionError if they are taken
   */
  public static String refusal(Expression expression, String... types) {
    List<TensorType> inputs = new ArrayList<>();
    for (String type : types) {
      int bracket = type.indexOf('[');
      inputs.add(
          new TensorType(
              DType.parse(type.substring(0, bracket)), Shape.parse(type.substring(bracket))));
    }
    Calculation at = new Calculation(inputs);
    return refusal(() -> expression.of(at.inputs));
  }

  /**
   * The first line of the message that refuses those numbers.
   *
   * @throws AssertionError if they are taken
   */
  public static String refusal(Expression expression, Tensor... inputs) {
    return refusal(() -> value(expression, inputs));
  }

  private static String refusal(Runnable calculation) {
    try {
      calculation.run();
    } catch (GraphException refused) {
      return String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
    }
    throw new AssertionError("Nothing was refused.");
  }

  private static Expression of(UnaryOperator<Value> function) {
    return x -> function.apply(x[0]);
  }

  private static Calculation of(Tensor... inputs) {
    return new Calculation(Stream.of(inputs).map(Tensor::type).toList(), inputs);
  }

  private List<Value> floats() {
    return Stream.of(inputs).filter(input -> input.dtype().isFloat()).toList();
  }

  private Tensor run(Expression expression) {
    return Evaluate.value(expression.of(inputs), feeds);
  }
}
