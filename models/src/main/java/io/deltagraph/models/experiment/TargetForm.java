package io.deltagraph.models.experiment;

import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Signature;
import io.deltagraph.models.data.OneHot;
import io.deltagraph.models.data.Target;
import io.deltagraph.models.network.NetworkPlan;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Arrays;

/** How a loss wants its targets; read from the names and dtypes of its inputs. */
public enum TargetForm {
  /** Class indices, n of them: the loss takes integers. */
  INDICES,
  /** −1 and 1, n × 1: the loss calls its second input {@code labels}. */
  SIGNS,
  /** 0 and 1, n × 1: one output for two classes. */
  BITS,
  /** Rows of 0 and 1, n × K. */
  ONE_HOT;

  /** The form for a net's classes. */
  public static TargetForm of(NetworkPlan plan, OpLookup ops) {
    Signature.Param targets = ops.op(OpId.of(plan.loss().op())).signature().input(1);
    if (targets.accepts() == Signature.Accepts.INTEGER) {
      return INDICES;
    }
    if (plan.outputs() > 1) {
      return ONE_HOT;
    }
    return targets.name().equals("labels") ? SIGNS : BITS;
  }

  /** T for classes in this form. */
  public Tensor encode(Target.Classes classes, DType dtype) {
    int rows = classes.rows();
    return switch (this) {
      case INDICES -> Tensor.indices(classes.labels().toArray());
      case SIGNS ->
          Tensor.generate(TensorType.of(dtype, rows, 1), i -> 2 * classes.labels().get(i) - 1);
      case BITS -> Tensor.generate(TensorType.of(dtype, rows, 1), classes.labels()::get);
      case ONE_HOT ->
          Tensor.generate(
              TensorType.of(dtype, rows, classes.names().size()), OneHot.full(classes)::get);
    };
  }

  /** The class that each row of targets in this form stands for. */
  public int[] classes(Tensor targets) {
    if (this != INDICES) {
      return decode(targets);
    }
    int[] classes = new int[targets.length()];
    Arrays.setAll(classes, i -> (int) targets.get(i));
    return classes;
  }

  /** The class that each row of outputs speaks for. */
  public int[] decode(Tensor outputs) {
    int width = outputs.type().rank() == 1 ? 1 : outputs.size(1);
    int[] classes = new int[outputs.size(0)];
    for (int i = 0; i < classes.length; i++) {
      if (width == 1) {
        classes[i] = outputs.get(i) >= (this == SIGNS ? 0 : 0.5) ? 1 : 0;
      } else {
        for (int j = 1; j < width; j++) {
          if (outputs.get(i * width + j) > outputs.get(i * width + classes[i])) {
            classes[i] = j;
          }
        }
      }
    }
    return classes;
  }
}
