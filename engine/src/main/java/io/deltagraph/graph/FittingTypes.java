package io.deltagraph.graph;

import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Inputs of the element types that an op takes, to learn what is wrong with them besides. Builders
 * that record no sites, as the one here, do not ask.
 */
final class FittingTypes {
  private FittingTypes() {}

  /** What the op would refuse if the element types were right, as the end of a sentence. */
  static <A extends Record> String besides(Op<A> op, A attributes, List<Value> inputs) {
    OpSignature signature = op.signature();
    if (!signature.takes(inputs.size())) {
      return "";
    }
    GraphBuilder scratch = GraphBuilder.withoutSites(inputs.getFirst().builder().ops());
    List<Value> fitting = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      TensorType type = inputs.get(i).type();
      DType dtype =
          switch (signature.input(i).accepts()) {
            case FLOAT, SAME -> DType.F64;
            case INTEGER -> DType.I32;
            case MASK -> DType.BOOL;
            case ANY -> type.dtype();
          };
      fitting.add(scratch.input("x" + i, type.with(dtype)));
    }
    try {
      scratch.tuple(op, attributes, fitting);
      return "";
    } catch (GraphException.BadTypes e) {
      return "; besides, " + e.reason();
    } catch (GraphException broken) {
      return ""; // a mistake of the op's, which is told when its inputs are right
    }
  }
}
