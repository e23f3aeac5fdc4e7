package io.deltagraph.testkit;

import io.deltagraph.check.Agreement;
import io.deltagraph.check.Bounds;
import io.deltagraph.check.FiniteDifferences;
import io.deltagraph.check.Program;
import io.deltagraph.check.Verdict;
import io.deltagraph.gradient.Derivatives;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.RawKernel;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Gradients of gradients, and forward mode. */
final class SecondOrderChecks {
  private static final int MOST_ELEMENTS = 12;
  private static final int MOST_CASES = 4;

  private final Subject subject;
  private final List<Trial> trials;

  SecondOrderChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  /** A few small trials, those with more elements first. */
  private List<Trial> small() {
    return trials.stream()
        .filter(trial -> trial.hasElements() && !trial.floats().isEmpty() && size(trial) > 0)
        .filter(trial -> size(trial) <= MOST_ELEMENTS)
        .sorted((a, b) -> Integer.compare(size(b), size(a)))
        .limit(MOST_CASES)
        .toList();
  }

  private static int size(Trial trial) {
    return trial.floats().stream().mapToInt(input -> trial.tensor(input).length()).sum();
  }

  /** The Hessian of a weighted sum of the outputs, against differences of gradients; symmetric. */
  void hessians() {
    Findings findings = new Findings(subject);
    for (Trial trial : small()) {
      Map<List<Integer>, double[]> blocks = new HashMap<>();
      for (int input : trial.floats()) {
        if (trial.flow(input) instanceof Trial.Flow.Of flow) {
          for (int by : trial.floats()) {
            findings.guard(
                trial.at(), () -> block(findings, trial, flow.gradient(), input, by, blocks));
          }
        }
      }
      symmetry(findings, trial, blocks);
    }
    findings.conclude();
  }

  private void block(
      Findings findings,
      Trial trial,
      Value gradient,
      int input,
      int by,
      Map<List<Integer>, double[]> blocks) {
    String name = "second." + input + "." + by;
    Value vector = trial.output().builder().input(name, trial.inputs().get(input).type());
    Value product;
    try {
      Input wrt = trial.inputs().get(by);
      product = Gradient.pullback(gradient, vector, List.of(wrt)).wrt(wrt);
    } catch (GraphException.NoGradient e) {
      refusal(findings, trial, gradient, e);
      return;
    }
    int rows = trial.tensor(input).length();
    int columns = trial.tensor(by).length();
    double[] rule = new double[rows * columns];
    Program program = trial.program(List.of(product));
    List<Tensor> units = Trial.units(trial.tensor(input).type());
    for (int row = 0; row < rows; row++) {
      Tensor result = program.run(trial.with(name, units.get(row))).getFirst();
      for (int column = 0; column < columns; column++) {
        rule[row * columns + column] = result.get(column);
      }
    }
    blocks.put(List.of(input, by), rule);
    Agreement agreement = againstDifferences(trial, gradient, by, rule);
    if (agreement.verdict() == Verdict.FAIL) {
      findings.add(
          trial.at(),
          "the derivative by input "
              + by
              + " of the gradient of input "
              + input
              + " is wrong: "
              + agreement);
    }
  }

  private static Agreement againstDifferences(Trial trial, Value gradient, int by, double[] rule) {
    FiniteDifferences differences = FiniteDifferences.of(gradient, trial.point());
    int columns = trial.tensor(by).length();
    double[] expected = new double[rule.length];
    double[] floors = new double[rule.length];
    boolean[] masked = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      FiniteDifferences.Column slopes = differences.column(Trial.name(by), column);
      masked[column] = slopes.masked();
      for (int row = 0; row < slopes.slopes().size(); row++) {
        expected[row * columns + column] = slopes.slopes().get(row);
        floors[row * columns + column] = slopes.floors().get(row);
      }
    }
    return Agreement.of(
        rule, expected, expected, floors, cell -> masked[cell % columns], Bounds.SECOND_ORDER);
  }

  /** A refusal has a reason in the rule, and names it. */
  private static void refusal(
      Findings findings, Trial trial, Value gradient, GraphException.NoGradient refused) {
    String message = String.valueOf(refused.getMessage());
    boolean raw =
        Reachable.from(List.of(gradient)).stream()
            .anyMatch(value -> value instanceof Apply apply && isRaw(apply.op()));
    if (!names(List.of(gradient), message)) {
      findings.add(
          trial.at(),
          "the second derivative is refused without the name of the op that lacks a rule"
              + (raw ? ", a raw backward rule" : "")
              + ": "
              + message);
    }
  }

  private static boolean isRaw(Op<?> op) {
    return op instanceof RawKernel;
  }

  /** Whether a message names one of the ops that the roots are computed by. */
  static boolean names(List<Value> roots, String message) {
    return Reachable.from(roots).stream()
        .anyMatch(
            value -> value instanceof Apply apply && message.contains("'" + apply.op().id() + "'"));
  }

  private static void symmetry(
      Findings findings, Trial trial, Map<List<Integer>, double[]> blocks) {
    blocks.forEach((at, block) -> {
      double[] mirror = blocks.get(at.reversed());
      if (mirror == null) {
        return;
      }
      int rows = trial.tensor(at.get(0)).length();
      int columns = trial.tensor(at.get(1)).length();
      double[] transposed = new double[block.length];
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          transposed[row * columns + column] = mirror[column * rows + row];
        }
      }
      Agreement agreement = Agreement.of(block, transposed, Bounds.HESSIAN_SYMMETRY);
      if (agreement.verdict() == Verdict.FAIL) {
        findings.add(trial.at(), "the Hessian is not symmetric in inputs " + at + ": " + agreement);
      }
    });
  }

  /** {@code u·(Jv) = (Jᵀu)·v}, or forward mode is refused with the name of a raw rule. */
  void forwardMode() {
    Findings findings = new Findings(subject);
    for (Trial trial : trials) {
      for (int input : trial.floats()) {
        if (trial.hasElements() && trial.flow(input) instanceof Trial.Flow.Of flow) {
          findings.guard(trial.at(), () -> forwardMode(findings, trial, input, flow.gradient()));
        }
      }
    }
    findings.conclude();
  }

  private static void forwardMode(Findings findings, Trial trial, int input, Value gradient) {
    String name = "tangent." + input;
    Value tangent = trial.output().builder().input(name, trial.inputs().get(input).type());
    Value pushed;
    try {
      pushed = Derivatives.jvp(trial.output(), trial.inputs().get(input), tangent);
    } catch (GraphException.NoGradient e) {
      if (!names(List.of(gradient), String.valueOf(e.getMessage()))) {
        findings.add(trial.at(), "forward mode is refused: " + e.getMessage());
      }
      return;
    }
    Tensor v = Trial.weights(trial.tensor(input).type(), trial.random(200 + input));
    List<Tensor> results = trial.program(List.of(pushed, gradient)).run(trial.with(name, v));
    Tensor u = trial.cotangent();
    double forward = dot(u, results.get(0));
    double reverse = dot(results.get(1), v);
    double terms = terms(trial, input, gradient, u, v);
    if (!(Math.abs(forward - reverse) <= Bounds.FORWARD_AGAINST_REVERSE * terms)) {
      findings.add(
          trial.at(),
          String.format(
              Locale.ROOT,
              "forward mode and reverse differ in input %d: u·(Jv) = %.17g, (Jᵀu)·v = %.17g",
              input,
              forward,
              reverse));
    }
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.length(); i++) {
      sum += a.get(i) * b.get(i);
    }
    return sum;
  }

  /** The size of the terms that both inner products add up: {@code Σ|u||J||v|}. */
  private static double terms(Trial trial, int input, Value gradient, Tensor u, Tensor v) {
    List<Tensor> rows = trial.rows(input);
    double[][] jacobian = trial.gradients(gradient, rows);
    double sum = 0;
    for (int row = 0; row < rows.size(); row++) {
      double weight = rows.size() == u.length() ? Math.abs(u.get(row)) : 1;
      for (int i = 0; i < v.length(); i++) {
        sum += weight * Math.abs(jacobian[row][i] * v.get(i));
      }
    }
    return sum;
  }
}
