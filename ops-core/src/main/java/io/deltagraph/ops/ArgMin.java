package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * {@code y = arg_min x}: the position of the smallest element along some axes as i32, counted
 * row-major over these axes; the first one of several, or the first NaN.
 */
public final class ArgMin implements Reduction<Reduction.Axes> {

  /** The op applied over some axes, all of them if none are given. */
  public static Value of(Value x, List<Integer> axes, boolean keepdims) {
    return ReductionAxes.of("arg_min", x, axes, keepdims);
  }

  @Override
  public OpId id() {
    return OpId.of("arg_min");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Schema<Axes> schema() {
    return ReductionAxes.schema();
  }

  @Override
  public Axes axes(Axes attributes) {
    return attributes;
  }

  @Override
  public TensorType infer(Axes attributes, InputTypes inputs) {
    ReductionAxes.refuseEmpty(inputs, attributes);
    return Reduction.super.infer(attributes, inputs);
  }

  @Override
  public Lanes prepare(Axes attributes, Lane x, Lane index) {
    return Lanes.of(x, index.cast(DType.I32));
  }

  @Override
  public Lanes identity(Axes attributes, Lane like) {
    return Lanes.of(like.constant(Double.POSITIVE_INFINITY), Lane.constant(DType.I32, 0));
  }

  /** Of equals the lower index, in whatever order the elements come; the identity's is 0. */
  @Override
  public Lanes combine(Axes attributes, Lanes left, Lanes right) {
    Lane a = left.get(0);
    Lane b = right.get(0);
    Lane same = a.equal(b).or(a.isNaN().and(b.isNaN()));
    Lane first = a.less(b).or(a.isNaN().and(b.isNaN().not()));
    Lane index = first.select(left.get(1), right.get(1));
    return Lanes.of(first.select(a, b), same.select(left.get(1).minimum(right.get(1)), index));
  }

  @Override
  public Lane finish(Axes attributes, Lanes total, Lane count) {
    return total.get(1);
  }

  /** Zero: a position. */
  @Override
  public List<Cotangent> backward(Adjoint<Axes> at) {
    return at.flat("the position of the smallest element changes in jumps only");
  }

  @Override
  public Notation notation() {
    return Notation.function("arg_min", "\\arg\\min");
  }
}
