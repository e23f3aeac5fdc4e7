package io.deltagraph.print;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.Notation.Binding;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.graph.View;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Just enough ops for the graphs of these tests, each with the usual notation. */
public final class SampleOps {
  private SampleOps() {}

  /** A registry of them. */
  public static OpRegistry registry() {
    return OpRegistry.of(
        pointwise("add", 2, x -> x.get(0).plus(x.get(1)), Notation.infix("+", "+", Binding.SUM)),
        pointwise(
            "subtract", 2, x -> x.get(0).minus(x.get(1)), Notation.infix("−", "-", Binding.SUM)),
        pointwise(
            "hadamard",
            2,
            x -> x.get(0).times(x.get(1)),
            Notation.infix("⊙", "\\odot", Binding.PRODUCT)),
        pointwise(
            "negate",
            1,
            x -> x.get(0).negate(),
            Notation.template("−{0:p}", "-{0:p}", Binding.PREFIX)),
        pointwise(
            "square",
            1,
            x -> x.get(0).times(x.get(0)),
            Notation.template("{0:p}²", "{{0:p}}^{2}", Binding.POWER)),
        pointwise("tanh", 1, x -> x.get(0).tanh(), Notation.function("tanh", "\\tanh")),
        new Transpose(),
        new MatMul(),
        new Sum(),
        new Scale(),
        new Twice());
  }

  private static Pointwise<NoAttributes> pointwise(
      String name, int arity, Function<Lanes, Lane> lane, Notation notation) {
    return new Elementwise(name, arity, lane, notation);
  }

  private record Elementwise(String name, int arity, Function<Lanes, Lane> lane, Notation notation)
      implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of(name);
    }

    @Override
    public OpSignature signature() {
      return arity == 1 ? OpSignature.of("x") : OpSignature.of("left", "right");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return lane.apply(x);
    }
  }

  /** {@code factor · x}: an op with an attribute that its notation shows. */
  public static final class Scale implements Pointwise<Scale.Factor> {
    /** The attributes. */
    public record Factor(double factor, String note) {}

    @Override
    public OpId id() {
      return OpId.of("acme:scale");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Schema<Factor> schema() {
      return Schema.of(
          Factor::new,
          OpAttribute.number("factor", Factor::factor),
          OpAttribute.text("note", Factor::note).orElse(""));
    }

    @Override
    public Lane forward(Factor attributes, Lanes x) {
      return x.get(0).times(x.get(0).constant(attributes.factor()));
    }

    @Override
    public Notation notation() {
      return Notation.template("{factor} {0:p}", "{factor}\\,{0:p}", Binding.PRODUCT);
    }
  }

  /** {@code x + x}, a composite. */
  static final class Twice implements Composite<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:twice");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Value forward(NoAttributes none, Values x) {
      return x.get(0).plus(x.get(0));
    }
  }

  static final class MatMul implements Contraction<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("matmul");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("left", "right");
    }

    @Override
    public Subscripts subscripts(NoAttributes none, InputTypes inputs) {
      return Subscripts.parse("ij,jk->ik");
    }

    @Override
    public Notation notation() {
      return Notation.infix("·", "", Binding.PRODUCT);
    }
  }

  static final class Transpose implements View<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("transpose");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      inputs.require(inputs.get(0).rank() == 2, "it takes a matrix");
      Shape shape = inputs.get(0).shape();
      return inputs.get(0).with(Shape.of(shape.dim(1), shape.dim(0)));
    }

    @Override
    public IndexMap map(NoAttributes none, TensorType input, TensorType output) {
      return IndexMap.of(0, 1, input.shape().dim(1).size());
    }

    @Override
    public Notation notation() {
      return Notation.template("{0:p}ᵀ", "{0:p}^\\top", Binding.POWER);
    }
  }

  static final class Sum implements Reduction<Reduction.Axes> {
    @Override
    public OpId id() {
      return OpId.of("sum");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Schema<Reduction.Axes> schema() {
      return Schema.of(
          Reduction.Axes::new,
          OpAttribute.integers("axes", Reduction.Axes::axes).orElse(ImmutableList.of()),
          OpAttribute.flag("keepdims", Reduction.Axes::keepdims).orElse(false));
    }

    @Override
    public Reduction.Axes axes(Reduction.Axes attributes) {
      return attributes;
    }

    @Override
    public Lanes identity(Reduction.Axes attributes, Lane like) {
      return Lanes.of(like.constant(0));
    }

    @Override
    public Lanes combine(Reduction.Axes attributes, Lanes left, Lanes right) {
      return Lanes.of(left.get(0).plus(right.get(0)));
    }

    @Override
    public List<Cotangent> backward(Adjoint<Reduction.Axes> at) {
      return at.flat("these tests differentiate by hand");
    }

    @Override
    public Notation notation() {
      return Notation.template("sum({*})", "\\sum {0:p}", Binding.PREFIX);
    }
  }

  /** The smallest and the largest of all elements. */
  static final class Extremes implements Reduction.Several<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("extremes");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x").giving("least", "greatest");
    }

    @Override
    public Axes axes(NoAttributes none) {
      return new Axes(ImmutableList.of(), false);
    }

    @Override
    public Lanes prepare(NoAttributes none, Lane x, Lane index) {
      return Lanes.of(x, x);
    }

    @Override
    public Lanes identity(NoAttributes none, Lane like) {
      return Lanes.of(
          like.constant(Double.POSITIVE_INFINITY), like.constant(Double.NEGATIVE_INFINITY));
    }

    @Override
    public Lanes combine(NoAttributes none, Lanes left, Lanes right) {
      return Lanes.of(left.get(0).minimum(right.get(0)), left.get(1).maximum(right.get(1)));
    }

    @Override
    public Lanes finishAll(NoAttributes none, Lanes total, Lane count) {
      return total;
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.flat("these tests differentiate by hand");
    }
  }

  /** One step of gradient descent on a 2-3-1 net; the gradient is written down by hand. */
  public static Graph step(GraphBuilder builder) {
    Value x = builder.input("X", new TensorType(DType.F64, Shape.batch("N", 2)));
    Value t = builder.input("T", new TensorType(DType.F64, Shape.batch("N", 1)));
    GraphParameter w1 = builder.parameter("W1", TensorType.of(DType.F64, 3, 2));
    GraphParameter b1 = builder.parameter("b1", TensorType.of(DType.F64, 3));
    GraphParameter w2 = builder.parameter("W2", TensorType.of(DType.F64, 1, 3));
    Value h = x.matmul(w1.transpose()).plus(b1).tanh().named("H");
    Value y = h.matmul(w2.transpose()).named("Y");
    Value error = y.minus(t);
    Value loss = error.square().sum().named("loss");
    Value delta = error.times(2).named("delta_2");
    Value inner = delta.matmul(w2).times(h.square().oneMinus());
    Map<GraphParameter, Value> gradients = new LinkedHashMap<>();
    gradients.put(w1, inner.transpose().matmul(x));
    gradients.put(b1, inner.sum(List.of(0), false));
    gradients.put(w2, delta.transpose().matmul(h));
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("loss", loss);
    Map<GraphParameter, Value> updates = new LinkedHashMap<>();
    gradients.forEach((parameter, gradient) -> {
      outputs.put("d_" + parameter.label(), gradient);
      updates.put(parameter, parameter.minus(gradient.times(0.1)));
    });
    return builder.graph(outputs, updates);
  }
}
