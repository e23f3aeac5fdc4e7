package io.deltagraph.testkit;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * f32 against f64 at the same inputs, which are rounded to f32 first. An output may be off by
 * {@value #UNITS} units of f32 roundoff, {@code 2^-24}, of its own size plus the size of what its
 * inputs contribute, {@code Σ|∂y/∂x · x|}: an ill-conditioned op is allowed what its condition
 * costs, an op that cancels digits on its way is not. A gradient may be off by {@value
 * #GRADIENT_UNITS} units of the largest entry.
 */
final class PrecisionChecks {
  private static final int UNITS = 32;
  private static final int GRADIENT_UNITS = 256;

  private final Subject subject;
  private final List<Trial> trials;

  PrecisionChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  void singlePrecision() {
    Findings findings = new Findings(subject);
    for (Trial trial : trials) {
      if (trial.inputs().stream().anyMatch(input -> input.dtype() == DType.F64)) {
        findings.guard(trial.at(), () -> compare(findings, trial));
      }
    }
    findings.conclude();
  }

  private void compare(Findings findings, Trial trial) {
    Op<?> op = subject.op();
    Case at = trial.at();
    Map<String, Tensor> rounded = new HashMap<>();
    trial.point().forEach((name, tensor) -> rounded.put(name, rounded(tensor)));
    Trial narrow = Trial.of(subject, op, at, DType.F32, rounded);
    Trial wide = Trial.of(subject, op, at, DType.F64, rounded);
    Tensor expected = wide.run();
    Tensor actual = narrow.run();
    double[] sizes = sizes(wide, expected);
    double unit = UNITS * DType.F32.epsilon();
    for (int i = 0; i < expected.length(); i++) {
      double gap = Math.abs(actual.get(i) - expected.get(i));
      if (!(gap <= unit * sizes[i]) && !same(actual.get(i), expected.get(i))) {
        findings.add(
            at,
            String.format(
                Locale.ROOT,
                "in f32 output element %d is %.9g, in f64 %.9g: %.0f units of roundoff apart, %d"
                    + " allowed",
                i,
                actual.get(i),
                expected.get(i),
                gap / sizes[i] / DType.F32.epsilon(),
                UNITS));
        return;
      }
    }
    for (int input : wide.floats()) {
      if (wide.flow(input) instanceof Trial.Flow.Of exact
          && narrow.flow(input) instanceof Trial.Flow.Of flow
          && wide.hasElements()) {
        gradient(
            findings,
            at,
            input,
            narrow.gradients(flow.gradient(), List.of(narrow.cotangent()))[0],
            wide.gradients(exact.gradient(), List.of(narrow.cotangent().cast(DType.F64)))[0]);
      }
    }
  }

  private static void gradient(
      Findings findings, Case at, int input, double[] actual, double[] expected) {
    double largest = 0;
    double gap = 0;
    for (int i = 0; i < actual.length; i++) {
      if (!same(actual[i], expected[i])) {
        largest = Math.max(largest, Math.abs(expected[i]));
        gap = Math.max(gap, Math.abs(actual[i] - expected[i]));
      }
    }
    if (!(gap <= GRADIENT_UNITS * DType.F32.epsilon() * Math.max(1, largest))) {
      findings.add(
          at,
          String.format(
              Locale.ROOT,
              "in f32 the gradient of input %d is %.3g away from that in f64, whose largest entry"
                  + " is %.3g",
              input,
              gap,
              largest));
    }
  }

  private static boolean same(double actual, double expected) {
    return Double.compare(actual, expected) == 0;
  }

  private static Tensor rounded(Tensor tensor) {
    return tensor.type().dtype().isFloat() ? tensor.cast(DType.F32).cast(DType.F64) : tensor;
  }

  /** The size of each output and of what its inputs contribute to it. */
  private static double[] sizes(Trial trial, Tensor output) {
    double[] sizes = new double[output.length()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(output.get(i));
    }
    for (int input : trial.floats()) {
      if (trial.flow(input) instanceof Trial.Flow.Of flow && trial.hasElements()) {
        Tensor x = trial.tensor(input);
        double[][] jacobian = trial.gradients(flow.gradient(), Trial.units(trial.outputType()));
        for (int i = 0; i < sizes.length; i++) {
          for (int j = 0; j < x.length(); j++) {
            sizes[i] += Math.abs(jacobian[i][j] * x.get(j));
          }
        }
      }
    }
    return sizes;
  }
}
