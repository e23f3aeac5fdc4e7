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
 * {@code xi − ln Σj e^xj} along an axis, by default the last: the logarithm of softmax without its
 * rounding and overflow (003 eq. 13). The largest of a row is subtracted first. The logarithm has
 * the rounding of 1, so that one next to 0 is right to 2 of these.
 */
public final class LogSoftmax implements Composite<LogSoftmax.Along> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("log_softmax");

  /** The axis. */
  public record Along(int axis) {}

  /** {@code xi − ln Σj e^xj} along an axis. */
  public static Value of(Value x, int axis) {
    return x.op("log_softmax", Map.of("axis", axis));
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
    return Schema.of(Along::new, OpAttribute.integer("axis", Along::axis).orElse(-1));
  }

  @Override
  public Value forward(Along along, Values x) {
    List<Integer> axis = List.of(x.types().axis(0, along.axis()));
    Value shifted = x.get(0).minus(x.get(0).max(axis, true));
    return shifted.minus(shifted.exp().sum(axis, true).log());
  }

  /** {@code dx = g − e^y ⊙ Σ g}. */
  @Override
  public List<Cotangent> backward(Adjoint<Along> at) {
    Value g = at.gradient();
    Value total = g.sum(List.of(at.attributes().axis()), true);
    return at.flow(g.minus(at.output().exp().times(total)));
  }

  @Override
  public Codomain codomain(Along along, int rank) {
    boolean last = along.axis() == -1 || along.axis() == rank - 1;
    return last ? Codomain.CLASS_LOG_PROBABILITIES : Codomain.NON_POSITIVE;
  }

  @Override
  public Notation notation() {
    return Notation.function("log_softmax", "\\ln\\operatorname{softmax}");
  }
}
