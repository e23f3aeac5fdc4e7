package io.deltagraph.ops;

import com.google.common.base.Preconditions;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import java.util.List;

/**
 * {@code y = min(max(x, low), high)}, for numbers of any dtype. The gradient flows where {@code low
 * ≤ x ≤ high}, the bounds included.
 */
public final class Clip implements Pointwise<Clip.Bounds> {

  /** The least and the greatest value; infinite where there is no bound. */
  public record Bounds(double low, double high) {
    /** Checks their order. */
    public Bounds {
      Preconditions.checkArgument(
          low <= high, "clip needs low <= high, got low %s and high %s.", low, high);
    }
  }

  /** The op applied. */
  public static Value of(Value x, double low, double high) {
    return x.op("clip", new Bounds(low, high));
  }

  @Override
  public OpId id() {
    return OpId.of("clip");
  }

  @Override
  public List<String> synonyms() {
    return List.of("clamp");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "x");
  }

  @Override
  public Schema<Bounds> schema() {
    return Schema.of(
        Bounds::new,
        OpAttribute.number("low", Bounds::low).orElse(Double.NEGATIVE_INFINITY),
        OpAttribute.number("high", Bounds::high).orElse(Double.POSITIVE_INFINITY));
  }

  @Override
  public Lane forward(Bounds bounds, Lanes x) {
    Lane lane = x.get(0);
    return lane.maximum(lane.constant(bounds.low())).minimum(lane.constant(bounds.high()));
  }

  /** {@code dx = g} where {@code low ≤ x ≤ high}, else 0. */
  @Override
  public List<Cotangent> backward(Adjoint<Bounds> at) {
    Value x = at.input(0);
    Value g = at.gradient();
    Value above = x.greaterEqual(x.constant(at.attributes().low()));
    Value below = x.lessEqual(x.constant(at.attributes().high()));
    return at.flow(above.and(below).where(g, g.constant(0)));
  }

  @Override
  public List<Value> kinks(Adjoint<Bounds> at) {
    Value x = at.input(0);
    return List.of(x.minus(at.attributes().low()), x.minus(at.attributes().high()));
  }

  @Override
  public Notation notation() {
    return Notation.template(
        "clip({*}, {low}, {high})",
        "\\operatorname{clip}_{[{low},{high}]}\\left({*}\\right)",
        Notation.Binding.ATOM);
  }
}
