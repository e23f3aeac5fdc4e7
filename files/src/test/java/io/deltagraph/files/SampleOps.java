package io.deltagraph.files;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
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
import java.util.List;
import java.util.function.Function;

/** Just enough ops of every kind for the graphs of these tests, and two of a stranger's. */
final class SampleOps {
  private SampleOps() {}

  /** A registry of the usual ones. */
  static OpRegistry registry() {
    return OpRegistry.of(
        pointwise("add", 2, x -> x.get(0).plus(x.get(1))),
        pointwise("subtract", 2, x -> x.get(0).minus(x.get(1))),
        pointwise("hadamard", 2, x -> x.get(0).times(x.get(1))),
        pointwise("negate", 1, x -> x.get(0).negate()),
        pointwise("square", 1, x -> x.get(0).times(x.get(0))),
        pointwise("tanh", 1, x -> x.get(0).tanh()),
        new Transpose(),
        new MatMul(),
        new Sum());
  }

  private static Op<NoAttributes> pointwise(String name, int arity, Function<Lanes, Lane> lane) {
    return new Elementwise(OpId.of(name), arity, lane);
  }

  private record Elementwise(OpId id, int arity, Function<Lanes, Lane> lane)
      implements Pointwise<NoAttributes> {
    @Override
    public OpSignature signature() {
      return arity == 1 ? OpSignature.of("x") : OpSignature.of("left", "right");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return lane.apply(x);
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
      return at.flat("files hold no rules");
    }
  }

  /** {@code factor · x}. */
  static final class Scale implements Pointwise<Scale.Factor> {
    record Factor(double factor, String note) {}

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
  }

  /** {@code x + x}. */
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

  /** The largest element along an axis, and where it is. */
  static final class Largest implements Reduction.Several<Largest.Along> {
    record Along(int axis) {}

    @Override
    public OpId id() {
      return OpId.of("acme:largest");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x").giving("value", "index");
    }

    @Override
    public Schema<Along> schema() {
      return Schema.of(Along::new, OpAttribute.integer("axis", Along::axis).orElse(-1));
    }

    @Override
    public Axes axes(Along along) {
      return new Axes(List.of(along.axis()), false);
    }

    @Override
    public Lanes prepare(Along along, Lane x, Lane index) {
      return Lanes.of(x, index);
    }

    @Override
    public Lanes identity(Along along, Lane like) {
      return Lanes.of(
          like.constant(Double.NEGATIVE_INFINITY), Lane.constant(DType.I64, Integer.MAX_VALUE));
    }

    @Override
    public Lanes combine(Along along, Lanes left, Lanes right) {
      Lane same = left.get(0).equal(right.get(0));
      Lane first = left.get(0).greater(right.get(0));
      return Lanes.of(
          first.select(left.get(0), right.get(0)),
          same.select(left.get(1).minimum(right.get(1)), first.select(left.get(1), right.get(1))));
    }

    @Override
    public Lanes finishAll(Along along, Lanes total, Lane count) {
      return total;
    }

    @Override
    public List<Cotangent> backward(Adjoint<Along> at) {
      return List.of(Cotangent.missing("files hold no gradients"));
    }
  }
}
