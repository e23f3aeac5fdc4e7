package io.deltagraph.losses;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import java.util.List;

/**
 * {@code λ/(2m) Σ W²} over the weights of a model, m being the number of samples (002, whose update
 * adds λ/m W). Biases are left out by not being given: see {@link Penalty#weights}.
 */
public final class L2Penalty implements Composite<Penalty> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("l2_penalty");

  /** {@code λ/(2m) Σ W²}. */
  public static Value of(double lambda, double samples, List<? extends Value> weights) {
    return Penalty.of("l2_penalty", lambda, samples, weights);
  }

  /**
   * The same with the number of samples as a scalar, such as {@code x.elementCount(List.of(0))}.
   */
  public static Value of(double lambda, Value samples, List<? extends Value> weights) {
    return of(lambda, 1, weights).over(samples);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("weights").repeating();
  }

  @Override
  public Schema<Penalty> schema() {
    return Penalty.schema();
  }

  @Override
  public Value forward(Penalty penalty, Values x) {
    Value total = x.all().stream().map(w -> w.square().sum()).reduce(Value::plus).orElseThrow();
    return total.times(penalty.strength() / 2);
  }

  /** {@code dW = λ/m g W}. */
  @Override
  public List<Cotangent> backward(Adjoint<Penalty> at) {
    Value share = at.gradient().times(at.attributes().strength());
    return at.flow(at.inputs().stream().map(w -> share.times(w)).toArray(Value[]::new));
  }

  @Override
  public Notation notation() {
    return Notation.template(
        "l2_penalty({*}, lambda={lambda}, samples={samples})",
        "\\tfrac{{lambda}}{2 \\cdot {samples}}\\left\\lVert {*}\\right\\rVert_2^2",
        Notation.Binding.PRODUCT);
  }
}
