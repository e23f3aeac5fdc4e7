package io.deltagraph.testkit;

import io.deltagraph.check.Bounds;
import io.deltagraph.check.FiniteDifferences;
import io.deltagraph.check.Program;
import io.deltagraph.graph.Domain;
import io.deltagraph.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the slope of the forward pass jumps, the op says that there is a kink. Random numbers never
 * meet one, so the usual places are looked at: 0, and inputs that are equal.
 */
final class KinkChecks {
  private static final double[] PLACES = {0, 0.5};
  private static final double JUMP = 1e-2;

  /**
   * Twice the step makes the bend of a smooth function twice as large, that of a kink no larger.
   */
  private static final double GROWTH = 1.5;

  private static final double ROUNDING_UNITS = 100;
  private static final int MOST_CASES = 3;
  private static final int MOST_ENTRIES = 3;
  private static final int MOST_ELEMENTS = 12;

  private final Subject subject;
  private final List<Trial> trials;

  KinkChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  void told() {
    Findings findings = new Findings(subject);
    trials.stream()
        .filter(trial -> trial.hasElements() && trial.at().samplers().isEmpty())
        .filter(trial -> trial.tensor(0).length() <= MOST_ELEMENTS)
        .sorted((a, b) -> Integer.compare(b.tensor(0).length(), a.tensor(0).length()))
        .limit(MOST_CASES)
        .forEach(trial -> {
          for (double place : PLACES) {
            findings.guard(trial.at(), () -> told(findings, trial, place));
          }
        });
    findings.conclude();
  }

  private void told(Findings findings, Trial trial, double place) {
    Map<String, Tensor> point = new HashMap<>(trial.point());
    for (int input : trial.floats()) {
      Domain.Interval interval = subject.op().domain().input(input);
      if (!(interval.low() < place - Bounds.STEP && place + Bounds.STEP < interval.high())) {
        return;
      }
      Tensor tensor = trial.tensor(input);
      point.put(Trial.name(input), Tensor.generate(tensor.type(), i -> place));
    }
    Program program = trial.program(List.of(trial.output()));
    Tensor here = program.run(point).getFirst();
    FiniteDifferences differences = null;
    for (int input : trial.floats()) {
      if (!(trial.flow(input) instanceof Trial.Flow.Of)) {
        continue;
      }
      for (int entry = 0; entry < Math.min(MOST_ENTRIES, trial.tensor(input).length()); entry++) {
        double jump = jump(program, point, here, input, entry);
        if (jump > JUMP) {
          differences =
              differences == null ? FiniteDifferences.of(trial.output(), point) : differences;
          if (!differences.column(Trial.name(input), entry).masked()) {
            findings.add(
                trial.at(),
                String.format(
                    Locale.ROOT,
                    "where all inputs are %s, the slope by entry %d of input %d jumps by %.3g, and"
                        + " none of its kinks' values changes its sign; override kinks()",
                    place,
                    entry,
                    input,
                    jump));
            return;
          }
        }
      }
    }
  }

  private static Tensor moved(
      Program program, Map<String, Tensor> point, int input, int entry, double step) {
    Map<String, Tensor> moved = new HashMap<>(point);
    moved.computeIfPresent(
        Trial.name(input),
        (name, tensor) ->
            Tensor.generate(tensor.type(), i -> tensor.get(i) + (i == entry ? step : 0)));
    return program.run(moved).getFirst();
  }

  /**
   * How much larger the slope is to one side than to the other, of all outputs at most; 0 where
   * that grows with the step, as the curvature of a smooth function makes it.
   */
  private static double jump(
      Program program, Map<String, Tensor> point, Tensor here, int input, int entry) {
    double[] near = bends(program, point, here, input, entry, Bounds.STEP);
    double[] wide = bends(program, point, here, input, entry, 2 * Bounds.STEP);
    double most = 0;
    for (int i = 0; i < near.length; i++) {
      double rounding = ROUNDING_UNITS * Math.ulp(here.get(i)) / Bounds.STEP;
      boolean kink = near[i] > Math.max(JUMP, rounding) && wide[i] < GROWTH * near[i];
      most = kink ? Math.max(most, near[i]) : most;
    }
    return most;
  }

  private static double[] bends(
      Program program, Map<String, Tensor> point, Tensor here, int input, int entry, double step) {
    Tensor up = moved(program, point, input, entry, step);
    Tensor down = moved(program, point, input, entry, -step);
    double[] bends = new double[here.length()];
    for (int i = 0; i < bends.length; i++) {
      double bend = Math.abs(up.get(i) - 2 * here.get(i) + down.get(i)) / step;
      bends[i] = Double.isFinite(bend) ? bend : 0;
    }
    return bends;
  }
}
