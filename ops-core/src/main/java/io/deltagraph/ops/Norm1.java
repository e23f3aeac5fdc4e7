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

/** {@code y = Σ |x|} over some axes; the derivative at 0 is taken to be 0. */
public final class Norm1 implements Reduction<Reduction.Axes> {

  /** The op applied over some axes, all of them if none are given. */
  public static Value of(Value x, List<Integer> axes, boolean keepdims) {
    return ReductionAxes.of("norm1", x, axes, keepdims);
  }

  @Override
  public OpId id() {
    return OpId.of("norm1");
  }

  @Override
  public List<String> synonyms() {
    return List.of("l1_norm");
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
    return Lanes.of(x.abs());
  }

  @Override
  public Lanes identity(Axes attributes, Lane like) {
    return Lanes.of(like.constant(0));
  }

  @Override
  public Lanes combine(Axes attributes, Lanes left, Lanes right) {
    return Lanes.of(left.get(0).plus(right.get(0)));
  }

  /** {@code dx = g} where {@code x > 0}, {@code −g} where {@code x < 0}, 0 where {@code x = 0}. */
  @Override
  public List<Cotangent> backward(Adjoint<Axes> at) {
    Value x = at.input(0);
    Value g = ReductionAxes.kept(at, at.gradient());
    Value zero = x.constant(0);
    return at.flow(x.greater(zero).where(g, x.less(zero).where(g.negate(), zero)));
  }

  @Override
  public List<Value> kinks(Adjoint<Axes> at) {
    return List.of(at.input(0));
  }

  @Override
  public Notation notation() {
    return Notation.template("‖{0}‖₁", "\\left\\lVert {0}\\right\\rVert_1", Notation.Binding.ATOM);
  }
}
