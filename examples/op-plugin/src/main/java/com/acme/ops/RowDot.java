package com.acme.ops;

import io.deltagraph.graph.*;

/** {@code yᵢ = Σⱼ aᵢⱼ bᵢⱼ}: the product of each row with the row beside it. */
public final class RowDot implements Contraction<NoAttributes> {
  @Override public OpId id() { return OpId.of("acme:row_dot"); }
  @Override public Signature signature() { return Signature.of("a", "b"); }
  @Override public Subscripts subscripts(NoAttributes none, Types inputs) {
    return Subscripts.parse("ij,ij->i");
  }
}
