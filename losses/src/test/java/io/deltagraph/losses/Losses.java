package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** Losses computed by the engine, and the plain loops that they are compared with. */
final class Losses {
  private static final OpRegistry OPS = OpRegistry.load();

  private Losses() {}

  /** A loss of outputs and targets. */
  @FunctionalInterface
  interface Loss {
    Value of(Value outputs, Value targets);
  }

  /** A loss with a reduction. */
  @FunctionalInterface
  interface ReducedLoss {
    Value of(Value outputs, Value targets, LossReduction reduction);
  }

  private static TensorType named(TensorType type) {
    Shape shape = type.shape();
    return type.rank() == 0
        ? type
        : type.with(Shape.batch("N").concat(shape.slice(1, shape.rank())));
  }

  private static List<Tensor> run(Loss loss, boolean batch, Tensor outputs, Tensor targets) {
    GraphBuilder builder = new GraphBuilder(OPS);
    Value a = builder.input("a", batch ? named(outputs.type()) : outputs.type());
    Value t = builder.input("t", batch ? named(targets.type()) : targets.type());
    Value value = loss.of(a, t);
    List<Value> wrt = t.dtype().isFloat() ? List.of(a, t) : List.of(a);
    Gradient gradient = Gradient.of(value, wrt);
    List<Value> roots = new ArrayList<>(List.of(value));
    wrt.forEach(input -> roots.add(gradient.wrt(input)));
    return Evaluate.values(roots, Map.of("a", outputs, "t", targets));
  }

  /** The loss. */
  static double value(Loss loss, Tensor outputs, Tensor targets) {
    return run(loss, false, outputs, targets).get(0).item();
  }

  /** The gradients by outputs and by targets, if these are numbers. */
  static List<Tensor> gradients(Loss loss, Tensor outputs, Tensor targets) {
    return run(loss, false, outputs, targets).subList(1, targets.type().dtype().isFloat() ? 3 : 2);
  }

  /** What a reduction divides by. */
  static double divisor(LossReduction reduction, Tensor outputs) {
    int rows = outputs.type().shape().sizes()[0];
    return switch (reduction) {
      case SUM -> 1;
      case MEAN -> rows;
      case MEAN_ALL -> outputs.length();
    };
  }

  /**
   * Compares a loss and its gradients with a formula per element, under every reduction, with the
   * batch's size known and named.
   */
  static void assertFormula(
      ReducedLoss loss,
      DoubleBinaryOperator term,
      DoubleBinaryOperator byOutput,
      DoubleBinaryOperator byTarget,
      Tensor outputs,
      Tensor targets) {
    double sum = 0;
    double size = 0;
    for (int i = 0; i < outputs.length(); i++) {
      double each = term.applyAsDouble(outputs.get(i), targets.get(i));
      sum += each;
      size += Math.abs(each);
    }
    for (LossReduction reduction : LossReduction.values()) {
      for (boolean batch : new boolean[] {false, true}) {
        double divisor = divisor(reduction, outputs);
        List<Tensor> got = run((a, t) -> loss.of(a, t, reduction), batch, outputs, targets);
        assertEquals(sum / divisor, got.get(0).item(), 1e-14 * size, reduction.text());
        for (int i = 0; i < outputs.length(); i++) {
          assertClose(byOutput, outputs, targets, i, divisor, got.get(1));
          assertClose(byTarget, outputs, targets, i, divisor, got.get(2));
        }
      }
    }
  }

  private static void assertClose(
      DoubleBinaryOperator slope, Tensor a, Tensor t, int at, double divisor, Tensor got) {
    double expected = slope.applyAsDouble(a.get(at), t.get(at)) / divisor;
    assertEquals(expected, got.get(at), 1e-14 * Math.max(1, Math.abs(expected)), "element " + at);
  }

  /** Compares two losses to the bit. */
  static void assertSame(Loss one, Loss other, Tensor outputs, Tensor targets) {
    assertEquals(value(other, outputs, targets), value(one, outputs, targets));
  }

  /** The logarithms of the softmax of each row, without any care for huge logits. */
  static double[] logSoftmax(Tensor logits) {
    double[][] rows = logits.toRows();
    double[] result = new double[logits.length()];
    for (int i = 0; i < rows.length; i++) {
      double total = 0;
      for (double z : rows[i]) {
        total += Math.exp(z);
      }
      for (int j = 0; j < rows[i].length; j++) {
        result[i * rows[i].length + j] = rows[i][j] - Math.log(total);
      }
    }
    return result;
  }

  /** {@code (softmax Σ t − t)/n}. */
  static double[] softmaxDelta(Tensor logits, Tensor targets) {
    double[][] rows = targets.toRows();
    double[] logs = logSoftmax(logits);
    double[] result = new double[logits.length()];
    for (int i = 0; i < rows.length; i++) {
      double total = 0;
      for (double t : rows[i]) {
        total += t;
      }
      for (int j = 0; j < rows[i].length; j++) {
        int at = i * rows[i].length + j;
        result[at] = (Math.exp(logs[at]) * total - rows[i][j]) / rows.length;
      }
    }
    return result;
  }
}
