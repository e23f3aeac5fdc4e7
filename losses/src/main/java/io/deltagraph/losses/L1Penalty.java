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
 * {@code λ/m Σ |W|} over the weights of a model, m being the number of samples; the gradient is 0
 * where a weight is 0. Biases are left out by not being given: see {@link Penalty#weights}.
 */
public final class L1Penalty implements Composite<Penalty> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("l1_penalty");

  /** {@code λ/m Σ |W|}. */
  public static Value of(double lambda, double samples, List<? extends Value> weights) {
    return Penalty.of("l1_penalty", lambda, samples, weights);
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
    Value total = x.all().stream().map(w -> w.abs().sum()).reduce(Value::plus).orElseThrow();
    return total.times(penalty.strength());
  }

  /** {@code dW = λ/m g sign(W)}, 0 where W is 0. */
  @Override
  public List<Cotangent> backward(Adjoint<Penalty> at) {
    Value share = at.gradient().times(at.attributes().strength());
    return at.flow(at.inputs().stream().map(w -> share.times(w.signum())).toArray(Value[]::new));
  }

  @Override
  public List<Value> kinks(Adjoint<Penalty> at) {
    return at.inputs();
  }

  @Override
  public Notation notation() {
    return Notation.template(
        "l1_penalty({*}, lambda={lambda}, samples={samples})",
        "\\tfrac{{lambda}}{{samples}}\\left\\lVert {*}\\right\\rVert_1",
        Notation.Binding.PRODUCT);
  }
}
