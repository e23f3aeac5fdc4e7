package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.Calculation.Expression;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.Sampler;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;

/** Losses computed by the engine, the plain loops to compare them with, and their cases. */
final class Losses {
  private Losses() {}

  /** The usual cases of a loss of outputs and targets of one shape. */
  static List<Case> cases() {
    return ImmutableList.<Case>builder()
        .addAll(casesOfRows())
        .add(Case.of("[]", "[]"), Case.of("[4]", "[4]"))
        .build();
  }

  /** Those of a loss of rows, which takes no numbers alone. */
  static List<Case> casesOfRows() {
    return List.of(
        Case.of("[N, 3]", "[N, 3]"),
        Case.of("[2, 3]", "[2, 3]"),
        Case.of("[1, 1]", "[1, 1]"),
        Case.of("[2, 1, 3]", "[2, 1, 3]"),
        Case.of("[0, 3]", "[0, 3]").with("reduction", "sum"),
        Case.of("[N, 3]", "[N, 3]").with("reduction", "sum"),
        Case.of("[N, 3]", "[N, 3]").with("reduction", "mean"),
        Case.of("[N, 3]", "[N, 3]").with("reduction", "mean_all"),
        Case.of("[N, 3]", "[N, 3]").with("reduction", "per_sample"));
  }

  /** What such a loss refuses. */
  static List<Case> refusals() {
    return List.of(
        Case.of("[N, 3]", "[N, 1]"),
        Case.of("[4]", "[4, 1]"),
        Case.of("[4, 3]", "[3]"),
        Case.of("[2]", "[2]").with("reduction", "average"));
  }

  /** What a loss of rows refuses. */
  static List<Case> refusalsOfRows() {
    return List.of(
        Case.of("[4]", "[4]"),
        Case.of("[N, 3]", "[N, 1]"),
        Case.of("[4, 3]", "[3]"),
        Case.of("[2, 2]", "[2, 2]").with("reduction", "average"));
  }

  /** The cases of a loss whose targets are indices of classes, three of them. */
  static List<Case> casesOfClasses() {
    return Stream.of(
            Case.of("[N, 3]", "i32[N]"),
            Case.of("[2, 3]", "i64[2]"),
            Case.of("[1, 3]", "i32[1]"),
            Case.of("[2, 2, 3]", "i32[2, 2]"),
            Case.of("[0, 3]", "i32[0]").with("reduction", "sum"),
            Case.of("[N, 3]", "i32[N]").with("reduction", "sum"),
            Case.of("[N, 3]", "i32[N]").with("reduction", "mean_all"),
            Case.of("[N, 3]", "i32[N]").with("reduction", "per_sample"))
        .map(c -> c.sampling(1, Sampler.classes(3)))
        .toList();
  }

  /** What such a loss refuses. */
  static List<Case> refusalsOfClasses() {
    return List.of(
        Case.of("[3]", "i32[]"),
        Case.of("[4, 3]", "i32[4, 1]"),
        Case.of("[4, 3]", "i32[3]"),
        Case.of("[4, N]", "i32[4]"));
  }

  /** The cases of a penalty. */
  static List<Case> casesOfWeights() {
    return List.of(
        Case.of("[2, 3]"),
        Case.of("[]"),
        Case.of("[N, 3]"),
        Case.of("[0, 3]"),
        Case.of("[2, 3]", "[1, 2]"),
        Case.of("[2, 3]", "[4]", "[3, 1]"),
        Case.of("[2, 3]", "[3]").with("lambda", 0.3).with("samples", 7.0));
  }

  /** What a penalty refuses. */
  static List<Case> refusalsOfWeights() {
    return List.of(Case.of("[2]").with("lambda", -1.0), Case.of("[2]").with("samples", 0.0));
  }

  /** A loss with a reduction. */
  @FunctionalInterface
  interface ReducedLoss {
    Value of(Value outputs, Value targets, LossReduction reduction);
  }

  private static Expression expression(BinaryOperator<Value> loss) {
    return x -> loss.apply(x[0], x[1]);
  }

  /** The loss. */
  static double value(BinaryOperator<Value> loss, Tensor outputs, Tensor targets) {
    return Calculation.value(expression(loss), outputs, targets).item();
  }

  /** The gradients by outputs and by targets, if these are numbers. */
  static List<Tensor> gradients(BinaryOperator<Value> loss, Tensor outputs, Tensor targets) {
    return Calculation.gradients(expression(loss), Tensor.scalar(1), outputs, targets);
  }

  /** The reductions that make one number. */
  static final ImmutableList<LossReduction> TO_ONE =
      ImmutableList.of(LossReduction.SUM, LossReduction.MEAN, LossReduction.MEAN_ALL);

  /** What a reduction divides by. */
  static double divisor(LossReduction reduction, Tensor outputs) {
    int rows = outputs.type().shape().sizes()[0];
    return switch (reduction) {
      case SUM -> 1;
      case MEAN -> rows;
      case MEAN_ALL -> outputs.length();
      case PER_SAMPLE -> throw new IllegalArgumentException("It makes several numbers.");
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
    for (LossReduction reduction : TO_ONE) {
      double divisor = divisor(reduction, outputs);
      Expression reduced = expression((a, t) -> loss.of(a, t, reduction));
      for (Road road : List.<Road>of(Calculation::elements, Calculation::batched)) {
        double[] got = road.run(reduced, outputs, targets);
        double[] gotByOutput = road.run(Calculation.derivative(reduced, 0), outputs, targets);
        double[] gotByTarget = road.run(Calculation.derivative(reduced, 1), outputs, targets);
        assertEquals(sum / divisor, got[0], 1e-14 * size, reduction.text());
        for (int i = 0; i < outputs.length(); i++) {
          assertClose(byOutput, outputs, targets, i, divisor, gotByOutput);
          assertClose(byTarget, outputs, targets, i, divisor, gotByTarget);
        }
      }
    }
  }

  /** To run with the size of the batch known, or named. */
  @FunctionalInterface
  private interface Road {
    double[] run(Expression expression, Tensor... inputs);
  }

  private static void assertClose(
      DoubleBinaryOperator slope, Tensor a, Tensor t, int at, double divisor, double[] got) {
    double expected = slope.applyAsDouble(a.get(at), t.get(at)) / divisor;
    assertEquals(expected, got[at], 1e-14 * Math.max(1, Math.abs(expected)), "element " + at);
  }

  /** Compares two losses to the bit. */
  static void assertSame(
      BinaryOperator<Value> one, BinaryOperator<Value> other, Tensor outputs, Tensor targets) {
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
