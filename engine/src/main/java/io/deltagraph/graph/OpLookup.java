package io.deltagraph.graph;

import java.util.List;

/** Where a builder finds ops by name. */
public interface OpLookup {

  /**
   * The op of that name.
   *
   * @throws GraphException.UnknownOp with near names, if there is none
   */
  Op<?> op(OpId id);

  /**
   * Who provides an op, registered here or not, for messages: {@code ops-core 0.1
   * (io.deltagraph.ops.MatMul)}.
   */
  String provider(Op<?> op);

  /** The names of all ops that {@link #op} finds, in order; none where they are not known. */
  default List<OpId> ids() {
    return List.of();
  }

  /**
   * The plugins of another kind that were found together with the ops, such as rewrite rules and
   * backends; none unless this says otherwise.
   */
  default <S> List<S> plugins(Class<S> service) {
    return List.of();
  }
}
