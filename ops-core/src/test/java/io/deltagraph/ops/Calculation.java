package io.deltagraph.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds, runs and differentiates an expression of some tensors. */
final class Calculation {
  private static final OpRegistry OPS = OpRegistry.load();

  /** An expression of inputs. */
  interface Formula {
    Value of(Value[] x);
  }

  private final GraphBuilder builder = new GraphBuilder(OPS);
  private final Map<String, Tensor> feeds = new HashMap<>();
  private final Value[] inputs;

  private Calculation(Tensor... tensors) {
    inputs = new Value[tensors.length];
    for (int i = 0; i < tensors.length; i++) {
      inputs[i] = builder.input("x" + i, tensors[i].type());
      feeds.put("x" + i, tensors[i]);
    }
  }

  static Tensor tensor(Formula formula, Tensor... tensors) {
    Calculation calculation = new Calculation(tensors);
    return Evaluate.value(formula.of(calculation.inputs), calculation.feeds);
  }

  static double[] elements(Formula formula, Tensor... tensors) {
    return tensor(formula, tensors).toDoubles();
  }

  static double[] elements(Formula formula, double... x) {
    return elements(formula, Tensor.vector(x));
  }

  /** The values of {@code formula} where the first dimension of every input is called N. */
  static double[] batched(Formula formula, Tensor... tensors) {
    Calculation calculation = new Calculation();
    Value[] inputs = new Value[tensors.length];
    for (int i = 0; i < tensors.length; i++) {
      TensorType type = tensors[i].type();
      Shape shape = Shape.batch("N").concat(type.shape().slice(1, type.rank()));
      inputs[i] = calculation.builder.input("x" + i, type.with(shape));
      calculation.feeds.put("x" + i, tensors[i]);
    }
    return Evaluate.value(formula.of(inputs), calculation.feeds).toDoubles();
  }

  /** The gradient of the sum of a formula's elements with respect to one input. */
  static double[] gradient(Formula formula, int wrt, Tensor... tensors) {
    return elements(x -> slope(formula, wrt).of(x), tensors);
  }

  static double[] gradient(Formula formula, double... x) {
    return gradient(formula, 0, Tensor.vector(x));
  }

  /** That gradient as a formula, to be differentiated again. */
  static Formula slope(Formula formula, int wrt) {
    return x -> Gradient.of(formula.of(x).sum(), List.of(x[wrt])).wrt(x[wrt]);
  }

  /** Why the op of a formula says that its gradients are zero, each reason once. */
  static List<String> flat(Formula formula, Tensor... tensors) {
    Apply y = (Apply) formula.of(new Calculation(tensors).inputs);
    List<Cotangent> rule = y.op().backward(new At(y));
    assertThat(rule).hasSameSizeAs(y.inputs()).hasOnlyElementsOfType(Cotangent.Flat.class);
    return rule.stream().map(cotangent -> ((Cotangent.Flat) cotangent).why()).distinct().toList();
  }

  /** What a rule without a gradient sees; the engine does not ask ops that give no floats. */
  private record At(Apply output) implements Adjoint<Record> {
    @Override
    public Record attributes() {
      return output.attributes();
    }

    @Override
    public Value gradient() {
      throw new AssertionError("There is no gradient.");
    }

    @Override
    public Value input(int index) {
      return output.input(index);
    }

    @Override
    public List<Value> inputs() {
      return output.inputs();
    }

    @Override
    public List<Cotangent> derived() {
      throw new AssertionError("Nothing can be derived.");
    }

    @Override
    public List<Value> derivedKinks() {
      throw new AssertionError("Nothing can be derived.");
    }

    @Override
    public Value raw(String name, TensorType type, Kernel.Loops loops, Value... inputs) {
      throw new AssertionError("Nothing can be computed.");
    }
  }

  /** The first line of the message that refuses inputs of those types. */
  static String refusal(Formula formula, String... types) {
    Calculation calculation = new Calculation();
    List<Value> inputs = new ArrayList<>();
    for (String type : types) {
      int bracket = type.indexOf('[');
      inputs.add(
          calculation.builder.input(
              "x" + inputs.size(),
              new TensorType(
                  DType.parse(type.substring(0, bracket)), Shape.parse(type.substring(bracket)))));
    }
    return firstLine(() -> formula.of(inputs.toArray(Value[]::new)));
  }

  /** The first line of the message that refuses a run with those tensors. */
  static String runRefusal(Formula formula, Tensor... tensors) {
    return firstLine(() -> tensor(formula, tensors));
  }

  private static String firstLine(Runnable run) {
    GraphException refused = catchThrowableOfType(GraphException.class, run::run);
    return refused == null ? "nothing was refused" : refused.getMessage().lines().findFirst().get();
  }

  static Tensor indices(int... elements) {
    return Tensor.indices(elements);
  }

  static Tensor mask(double... elements) {
    return Tensor.of(TensorType.of(DType.BOOL, elements.length), elements);
  }

  static Tensor single(double... elements) {
    return Tensor.of(TensorType.of(DType.F32, elements.length), elements);
  }

  static Tensor whole(double... elements) {
    return Tensor.of(TensorType.of(DType.I32, elements.length), elements);
  }
}
