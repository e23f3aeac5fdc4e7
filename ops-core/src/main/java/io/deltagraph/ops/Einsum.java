package io.deltagraph.ops;

import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import java.util.List;

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
  public List<String> synonyms() {
    return List.of("tensordot");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("left", "right");
  }

  @Override
  public Schema<Of> schema() {
    return Schema.of(Of::new, OpAttribute.text("subscripts", Of::subscripts));
  }

  @Override
  public Subscripts subscripts(Of attributes, InputTypes inputs) {
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
