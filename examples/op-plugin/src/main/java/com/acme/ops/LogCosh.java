package com.acme.ops;

import io.deltagraph.graph.*;

/** {@code Σ ln cosh(a − t)}, a loss; written so that large errors do not overflow. */
public final class LogCosh implements Composite<NoAttributes> {
  @Override public OpId id() { return OpId.of("acme:log_cosh"); }
  @Override public OpSignature signature() { return OpSignature.of("outputs", "targets"); }
  @Override public Value forward(NoAttributes none, Values x) {
    Value size = x.get(0).minus(x.get(1)).abs();
    return size.plus(size.times(-2).exp().plus(1).log()).minus(Math.log(2)).sum();
  }
}
