package com.acme.ops;

import io.deltagraph.graph.*;

/** {@code yᵢ = Σⱼ aᵢⱼ bᵢⱼ}: the product of each row with the row beside it. */
public final class RowDot implements Contraction<NoAttributes> {
  @Override public OpId id() { return OpId.of("acme:row_dot"); }
  @Override public OpSignature signature() { return OpSignature.of("a", "b"); }
  @Override public Subscripts subscripts(NoAttributes none, InputTypes inputs) {
    return Subscripts.parse("ij,ij->i");
  }
}
