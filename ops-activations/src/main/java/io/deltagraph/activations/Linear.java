package io.deltagraph.activations;

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
import java.util.Map;

/**
 * {@code k x}, derivative {@code k}, the firing rate (003 eq. 1–2, where k > 0; any finite k is
 * taken here).
 */
public final class Linear implements Pointwise<Linear.Rate> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("linear");

  /** The slope k, a finite number. */
  public record Rate(double k) {
    /** Checks that the slope is finite. */
    public Rate {
      AttributeChecks.finite("k", k);
    }
  }

  /** {@code k x}. */
  public static Value of(Value x, double k) {
    return x.op("linear", Map.of("k", k));
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
  public Schema<Rate> schema() {
    return Schema.of(Rate::new, OpAttribute.number("k", Rate::k).orElse(1.0));
  }

  @Override
  public Lane forward(Rate rate, Lanes x) {
    return x.get(0).times(rate.k());
  }

  /** {@code dx = k g}. */
  @Override
  public List<Cotangent> backward(Adjoint<Rate> at) {
    return at.flow(at.gradient().times(at.attributes().k()));
  }

  @Override
  public Notation notation() {
    return Notation.template("{k}·{0:p}", "{k} \\cdot {0:p}", Notation.Binding.PRODUCT);
  }
}
