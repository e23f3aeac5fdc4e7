package io.deltagraph.serving;

import io.deltagraph.data.Targets;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Arrays;

/** How a loss wants its targets; read from the roles and dtypes of its inputs. */
public enum TargetForm {
  /** Class indices, n of them: the loss takes integers. */
  INDICES,
  /** −1 and 1, n × 1: the loss takes signs. */
  SIGNS,
  /** Rows of −1 and 1, n × K: the same for a net of many outputs. */
  SIGNED_ROWS,
  /** 0 and 1, n × 1: one output for two classes. */
  BITS,
  /** 0 and 1, n × 1, where the output is the loss's logit: above 0 it speaks for class 1. */
  LOGITS,
  /** Rows of 0 and 1, n × K. */
  ONE_HOT;

  /** The form for a net's classes. */
  public static TargetForm of(NetworkPlan plan, OpLookup ops) {
    OpSignature loss = ops.op(plan.loss().id()).signature();
    if (loss.input(1).accepts() == OpSignature.Accepts.INTEGER) {
      return INDICES;
    }
    boolean signs = loss.input(1).role() == OpSignature.Role.SIGNS;
    if (plan.outputs() > 1) {
      return signs ? SIGNED_ROWS : ONE_HOT;
    }
    if (signs) {
      return SIGNS;
    }
    boolean logit = loss.input(0).role().isLogits();
    boolean shown = plan.layers().getLast().activation().codomain(ops).isProbability();
    return logit && !shown ? LOGITS : BITS;
  }

  /** T for classes in this form. */
  public Tensor encode(Targets.Classes classes, DType dtype) {
    int rows = classes.rows();
    return switch (this) {
      case INDICES -> classes.indices();
      case SIGNS ->
          Tensor.generate(TensorType.of(dtype, rows, 1), i -> 2 * classes.labels().get(i) - 1);
      case BITS, LOGITS -> Tensor.generate(TensorType.of(dtype, rows, 1), classes.labels()::get);
      case ONE_HOT -> rows(classes, dtype, 0);
      case SIGNED_ROWS -> rows(classes, dtype, -1);
    };
  }

  /** Rows of 1 for the class and {@code other} for the others. */
  private static Tensor rows(Targets.Classes classes, DType dtype, int other) {
    Tensor bits = classes.oneHot();
    return Tensor.generate(bits.type().with(dtype), i -> bits.get(i) == 1 ? 1 : other);
  }

  /** The class that a row of targets in this form stands for. */
  public int trueClass(TensorReader targets, int row) {
    return switch (this) {
      case INDICES -> (int) targets.get(row);
      case SIGNS -> decode(targets, row, 0);
      case SIGNED_ROWS, BITS, LOGITS, ONE_HOT -> decode(targets, row, 0.5);
    };
  }

  /** The class that a row of outputs speaks for; the first of those that tie. */
  public int predictedClass(TensorReader outputs, int row) {
    return switch (this) {
      case SIGNS -> decode(outputs, row, 0);
      case LOGITS -> decode(outputs, row, Double.MIN_VALUE);
      case INDICES, SIGNED_ROWS, BITS, ONE_HOT -> decode(outputs, row, 0.5);
    };
  }

  /** The class that each row of outputs speaks for. */
  public int[] predictedClasses(TensorReader outputs) {
    int[] classes = new int[outputs.size(0)];
    Arrays.setAll(classes, row -> predictedClass(outputs, row));
    return classes;
  }

  /** Class 1 from a bound on where there is one output, else the largest output. */
  private static int decode(TensorReader values, int row, double bound) {
    int width = values.type().rank() == 1 ? 1 : values.size(1);
    if (width == 1) {
      return values.get(row) >= bound ? 1 : 0;
    }
    int best = 0;
    for (int j = 1; j < width; j++) {
      best = values.get(row * width + j) > values.get(row * width + best) ? j : best;
    }
    return best;
  }
}
