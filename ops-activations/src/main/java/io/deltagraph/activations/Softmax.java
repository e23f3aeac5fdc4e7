package io.deltagraph.activations;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Codomain;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import java.util.List;
import java.util.Map;

/**
 * {@code e^(c xi) / Σj e^(c xj)} along an axis, by default the last; c is {@code 1 / temperature}
 * (001; 002; 003 eq. 13; 004). The largest of a row is subtracted first, so nothing overflows; a
 * row with ∞ or with −∞ alone gives NaN. Jacobian {@code c (diag(s) − s sᵀ)}; where s is next to 1
 * a gradient is right to 4 roundings of the largest cotangent.
 */
public final class Softmax implements Composite<Softmax.Along> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("softmax");

  /** The axis that sums to 1, and the temperature, finite and above 0. */
  public record Along(int axis, double temperature) {
    /** Checks the temperature. */
    public Along {
      AttributeChecks.positive("temperature", temperature);
    }
  }

  /** {@code e^xi / Σj e^xj} along an axis. */
  public static Value of(Value x, int axis) {
    return x.op("softmax", Map.of("axis", axis));
  }

  /** {@code e^(xi/T) / Σj e^(xj/T)} along an axis. */
  public static Value of(Value x, int axis, double temperature) {
    return x.op("softmax", Map.of("axis", axis, "temperature", temperature));
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Schema<Along> schema() {
    return Schema.of(
        Along::new,
        OpAttribute.integer("axis", Along::axis).orElse(-1),
        OpAttribute.number("temperature", Along::temperature).orElse(1.0));
  }

  @Override
  public Value forward(Along along, Values x) {
    List<Integer> axis = List.of(x.types().axis(0, along.axis()));
    Value shifted = x.get(0).minus(x.get(0).max(axis, true));
    double temperature = along.temperature();
    Value powers = (temperature == 1 ? shifted : shifted.over(temperature)).exp();
    return powers.over(powers.sum(axis, true));
  }

  /** {@code dx = c y ⊙ (g − Σ g ⊙ y)}. */
  @Override
  public List<Cotangent> backward(Adjoint<Along> at) {
    Value g = at.gradient();
    Value y = at.output();
    double temperature = at.attributes().temperature();
    Value mean = g.times(y).sum(List.of(at.attributes().axis()), true);
    Value dx = y.times(g.minus(mean));
    return at.flow(temperature == 1 ? dx : dx.over(temperature));
  }

  @Override
  public Codomain codomain(Along along, int rank) {
    boolean last = along.axis() == -1 || along.axis() == rank - 1;
    return last ? Codomain.CLASS_PROBABILITIES : Codomain.NON_NEGATIVE;
  }

  @Override
  public Notation notation() {
    return Notation.function("softmax", "\\operatorname{softmax}");
  }
}
