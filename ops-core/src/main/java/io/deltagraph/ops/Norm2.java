package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import java.util.List;

/**
 * {@code y = √(Σ x²)} over some axes; the derivative where all elements are 0 is taken to be 0. No
 * square overflows or underflows where the norm does not.
 */
public final class Norm2 implements Reduction<Reduction.Axes> {

  /** The op applied over some axes, all of them if none are given. */
  public static Value of(Value x, List<Integer> axes, boolean keepdims) {
    return ReductionAxes.of("norm2", x, axes, keepdims);
  }

  @Override
  public OpId id() {
    return OpId.of("norm2");
  }

  @Override
  public List<String> synonyms() {
    return List.of("norm", "l2_norm");
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
  public Lanes prepare(Axes attributes, Lane x, Lane index) {
    return ScaledSquares.of(x.dtype()).square(x);
  }

  @Override
  public Lanes identity(Axes attributes, Lane like) {
    return Lanes.of(like.constant(0), like.constant(0), like.constant(0));
  }

  @Override
  public Lanes combine(Axes attributes, Lanes left, Lanes right) {
    return Lanes.of(
        left.get(0).plus(right.get(0)),
        left.get(1).plus(right.get(1)),
        left.get(2).plus(right.get(2)));
  }

  @Override
  public Lane finish(Axes attributes, Lanes total, Lane count) {
    return ScaledSquares.of(count.dtype()).root(total);
  }

  /** {@code dx = g ⊙ x / y}, where infinities count as finite; 0 where {@code y = 0}. */
  @Override
  public List<Cotangent> backward(Adjoint<Axes> at) {
    Value y = ReductionAxes.finite(ReductionAxes.kept(at, at.output()));
    Value origin = y.equal(y.constant(0));
    Value direction = ReductionAxes.finite(at.input(0)).over(origin.where(y.constant(1), y));
    Value g = ReductionAxes.kept(at, at.gradient());
    return at.flow(origin.where(y.constant(0), g.times(direction)));
  }

  /** The norm has a kink where all elements are 0. */
  @Override
  public List<Value> kinks(Adjoint<Axes> at) {
    return List.of(at.output());
  }

  @Override
  public Notation notation() {
    return Notation.template("‖{0}‖₂", "\\left\\lVert {0}\\right\\rVert_2", Notation.Binding.ATOM);
  }
}
