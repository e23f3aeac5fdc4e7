package io.deltagraph.ops;

import io.deltagraph.graph.Attribute;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Signature;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Types;
import io.deltagraph.graph.Value;

/**
 * {@code Yᵢₖ = Σⱼ Aᵢⱼ Bₖⱼ} for the subscripts {@code ij,kj->ik}, and likewise for others: one
 * letter per axis, letters that the output lacks are summed, see {@link Subscripts}.
 */
public final class Einsum implements Contraction<Einsum.Of> {

  /** The subscripts. */
  public record Of(String subscripts) {
    /** Checks their form. */
    public Of {
      Subscripts.parse(subscripts);
    }
  }

  /** The op applied. */
  public static Value of(String subscripts, Value left, Value right) {
    return left.op("einsum", new Of(subscripts), right);
  }

  @Override
  public OpId id() {
    return OpId.of("einsum");
  }

  @Override
  public Signature signature() {
    return Signature.of("left", "right");
  }

  @Override
  public Schema<Of> schema() {
    return Schema.of(Of::new, Attribute.text("subscripts", Of::subscripts));
  }

  @Override
  public Subscripts subscripts(Of attributes, Types inputs) {
    return Subscripts.parse(attributes.subscripts());
  }

  @Override
  public Notation notation() {
    return Notation.template(
        "einsum[{subscripts}]({*})",
        "\\operatorname{einsum}_{{subscripts}}\\left({*}\\right)",
        Notation.Binding.ATOM);
  }
}
