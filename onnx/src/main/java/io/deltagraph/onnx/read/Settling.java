package io.deltagraph.onnx.read;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Value;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Computes while a file is read what constants alone make, where a shape or an axis depends on it;
 * and counts what reading makes in all, in elements.
 */
final class Settling {
  private final Map<Value, Boolean> constant = new HashMap<>();
  private long left = ReadLimits.MADE_ELEMENTS;
  private int computed;

  /** Whether as many elements more may be made. */
  boolean makes(long elements) {
    left -= elements;
    return left >= 0;
  }

  /** The elements of a value, if constants alone make them, and few. */
  Optional<Tensor> tensor(Value value) {
    for (Value part : Reachable.from(List.of(value), constant::containsKey)) {
      constant.computeIfAbsent(part, this::isConstant);
    }
    boolean may = constant.getOrDefault(value, false) && ++computed <= ReadLimits.COMPUTED;
    return may ? Optional.of(Evaluate.value(value, Map.of())) : Optional.empty();
  }

  private boolean isConstant(Value value) {
    boolean few = value.shape().isFixed() && value.shape().elements() <= ReadLimits.NUMBERS;
    return few
        && switch (value) {
          case Constant known -> true;
          case Input input -> false;
          case GraphParameter parameter -> false;
          case Apply node ->
              makes(value.shape().elements())
                  && node.inputs().stream().allMatch(input -> constant.getOrDefault(input, false));
        };
  }
}
