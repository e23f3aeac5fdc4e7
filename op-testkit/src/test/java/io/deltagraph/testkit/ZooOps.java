package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
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
import io.deltagraph.graph.View;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The ops that the backward rules of the zoo rely on; the real ones build on the kit. */
final class ZooOps {
  private ZooOps() {}

  static OpRegistry registry() {
    return OpRegistry.of(
        loop("add", 2, x -> x.get(0).plus(x.get(1))),
        loop("subtract", 2, x -> x.get(0).minus(x.get(1))),
        loop("hadamard", 2, x -> x.get(0).times(x.get(1))),
        loop("divide", 2, x -> x.get(0).over(x.get(1))),
        loop("negate", 1, x -> x.get(0).negate()),
        loop("exp", 1, x -> x.get(0).exp()),
        loop("sin", 1, x -> x.get(0).sin()),
        loop("cos", 1, x -> x.get(0).cos()),
        loop("less", 2, x -> x.get(0).less(x.get(1))),
        new Where(),
        new Sum(),
        new Einsum(),
        new Reshape(),
        new BroadcastTo());
  }

  static Op<NoAttributes> loop(String name, int arity, Function<Lanes, Lane> lane) {
    return new Loop(OpId.of(name), arity, lane);
  }

  static OpSignature floats(int arity) {
    return OpSignature.of(arity == 1 ? new String[] {"x"} : new String[] {"x", "y"});
  }

  record Loop(OpId id, int arity, Function<Lanes, Lane> lane) implements Pointwise<NoAttributes> {
    @Override
    public OpSignature signature() {
      return floats(arity);
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return lane.apply(x);
    }
  }

  record Where() implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("where");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.all(OpSignature.Accepts.MASK, "mask")
          .and("yes", OpSignature.Accepts.SAME)
          .and("no", OpSignature.Accepts.SAME);
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(0).select(x.get(1), x.get(2));
    }
  }

  record Sum() implements Reduction<Reduction.Axes> {
    @Override
    public OpId id() {
      return OpId.of("sum");
    }

    @Override
    public OpSignature signature() {
      return floats(1);
    }

    @Override
    public Schema<Axes> schema() {
      return Schema.of(
          Axes::new,
          OpAttribute.integers("axes", Axes::axes).orElse(ImmutableList.of()),
          OpAttribute.flag("keepdims", Axes::keepdims).orElse(false));
    }

    @Override
    public Axes axes(Axes attributes) {
      return attributes;
    }

    @Override
    public Lanes identity(Axes attributes, Lane like) {
      return Lanes.of(like.constant(0));
    }

    @Override
    public Lanes combine(Axes attributes, Lanes left, Lanes right) {
      return Lanes.of(left.get(0).plus(right.get(0)));
    }

    @Override
    public List<Cotangent> backward(Adjoint<Axes> at) {
      Shape shape = at.input(0).shape();
      List<Integer> folded =
          at.attributes().of(new InputTypes(ImmutableList.of(at.input(0).type())));
      List<Dim> kept = new ArrayList<>();
      for (int i = 0; i < shape.rank(); i++) {
        kept.add(folded.contains(i) ? Dim.of(1) : shape.dim(i));
      }
      return at.flow(at.gradient().reshape(Shape.of(kept)).broadcastTo(shape));
    }
  }

  record Letters(String subscripts) {}

  record Einsum() implements Contraction<Letters> {
    @Override
    public OpId id() {
      return OpId.of("einsum");
    }

    @Override
    public OpSignature signature() {
      return floats(2);
    }

    @Override
    public Schema<Letters> schema() {
      return Schema.of(Letters::new, OpAttribute.text("subscripts", Letters::subscripts));
    }

    @Override
    public Subscripts subscripts(Letters letters, InputTypes inputs) {
      return Subscripts.parse(letters.subscripts());
    }
  }

  record To(Shape shape) {}

  record Reshape() implements View<To> {
    @Override
    public OpId id() {
      return OpId.of("reshape");
    }

    @Override
    public OpSignature signature() {
      return floats(1);
    }

    @Override
    public Schema<To> schema() {
      return Schema.of(To::new, OpAttribute.shape("shape", To::shape));
    }

    @Override
    public TensorType infer(To to, InputTypes inputs) {
      return inputs.get(0).with(to.shape());
    }

    @Override
    public IndexMap map(To to, TensorType input, TensorType output) {
      return IndexMap.identity(output.shape().sizes());
    }
  }

  record BroadcastTo() implements View<To> {
    @Override
    public OpId id() {
      return OpId.of("broadcast_to");
    }

    @Override
    public OpSignature signature() {
      return floats(1);
    }

    @Override
    public Schema<To> schema() {
      return Schema.of(To::new, OpAttribute.shape("shape", To::shape));
    }

    @Override
    public TensorType infer(To to, InputTypes inputs) {
      return inputs.get(0).with(to.shape());
    }

    @Override
    public IndexMap map(To to, TensorType input, TensorType output) {
      int[] strides = IndexMap.rowMajor(input.shape().sizes());
      int[] wide = new int[output.rank()];
      int lead = output.rank() - input.rank();
      for (int axis = 0; axis < strides.length; axis++) {
        wide[lead + axis] = input.shape().dim(axis).isOne() ? 0 : strides[axis];
      }
      return IndexMap.of(0, wide);
    }
  }
}
