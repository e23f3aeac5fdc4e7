package io.deltagraph.testkit;

import io.deltagraph.check.FiniteDifferences;
import io.deltagraph.check.Program;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** First derivatives against central differences. */
final class GradientChecks {
  private final Subject subject;
  private final List<Trial> trials;

  GradientChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  /** Every flow agrees with the slopes of the forward pass, and each is certified somewhere. */
  void gradients() {
    Findings findings = new Findings(subject);
    Set<Place> flowing = new LinkedHashSet<>();
    Set<Place> certified = new HashSet<>();
    for (Trial trial : trials) {
      for (int input : trial.floats()) {
        switch (trial.flow(input)) {
          case Trial.Flow.Of flow -> {
            Place place = new Place(input, trial.at().outputs());
            flowing.add(place);
            if (trial.hasElements()) {
              findings.guard(
                  trial.at(),
                  () -> {
                    Slopes slopes =
                        Slopes.of(trial, trial, input, flow.gradient(), trial.rows(input));
                    switch (slopes.agreement().verdict()) {
                      case PASS -> certified.add(place);
                      case FAIL -> {
                        certified.add(place); // not for being right, but it has its finding
                        findings.add(trial.at(), described(slopes, trial, input, flow));
                      }
                      case INCONCLUSIVE -> {}
                    }
                  });
            }
          }
          case Trial.Flow.None none -> {}
          case Trial.Flow.Refused refused -> refused(findings, trial, refused);
          case Trial.Flow.Broken broken ->
              findings.add(trial.at(), "its backward rule fails: " + broken.failure());
        }
      }
    }
    flowing.removeAll(certified);
    flowing.forEach(place ->
        findings.add(
            "no case was conclusive for the gradient of input "
                + place
                + ": all entries are tiny, or at kinks; add cases whose gradients are not"));
    boolean differentiable = trials.stream().anyMatch(trial -> !trial.floats().isEmpty());
    if (differentiable && trials.stream().noneMatch(GradientChecks::exercised)) {
      findings.add("no case has elements, so that no gradient was looked at; add one that has");
    }
    findings.conclude();
  }

  /** An input whose gradient was looked at, by way of some outputs; none of an op of one. */
  private record Place(int input, List<String> outputs) {
    @Override
    public String toString() {
      return input + (outputs.isEmpty() ? "" : " by " + String.join(" and ", outputs));
    }
  }

  /** The same numbers give the same gradients, whatever ran between. */
  void purity() {
    Findings findings = new Findings(subject);
    for (Trial trial : trials) {
      for (int input : trial.floats()) {
        if (trial.hasElements() && trial.flow(input) instanceof Trial.Flow.Of flow) {
          findings.guard(trial.at(), () -> purity(findings, trial, input, flow.gradient()));
        }
      }
    }
    findings.conclude();
  }

  private static void purity(Findings findings, Trial trial, int input, Value gradient) {
    List<Value> values = List.of(trial.output(), gradient);
    Program program = trial.program(values);
    Tensor first = program.run(trial.point()).getLast();
    Map<String, Tensor> others = new HashMap<>();
    trial.point().forEach((name, tensor) -> others.put(name, ForwardChecks.other(tensor)));
    program.run(others);
    Tensor again = program.run(trial.point()).getLast();
    trial.program(List.of(trial.output())).run(others);
    Tensor alone = trial.program(List.of(gradient)).run(trial.point()).getFirst();
    if (!first.bitEquals(again) || !first.bitEquals(alone)) {
      findings.add(
          trial.at(),
          "two runs of its backward rule on the same numbers differ for input "
              + input
              + ": "
              + first
              + " and "
              + (first.bitEquals(again) ? alone : again));
    }
  }

  /** How far apart they are, and why. */
  private String described(Slopes slopes, Trial trial, int input, Trial.Flow.Of flow) {
    String cause = Explanation.of(subject, trial, input, flow.gradient());
    return slopes.describe(input) + (cause.isEmpty() ? "" : "\n    likely cause: " + cause);
  }

  private static boolean exercised(Trial trial) {
    return trial.hasElements() && !trial.floats().isEmpty();
  }

  private void refused(Findings findings, Trial trial, Trial.Flow.Refused refused) {
    String message = String.valueOf(refused.reason().getMessage());
    if (!message.contains("'" + subject.op().id() + "'") && !named(trial, message)) {
      findings.add(trial.at(), "refuses a gradient without naming an op: " + message);
    }
  }

  private static boolean named(Trial trial, String message) {
    return SecondOrderChecks.names(List.of(trial.output()), message);
  }

  /** Where the rule says that nothing flows, the forward pass has slope 0, away from its steps. */
  void flatness() {
    Findings findings = new Findings(subject);
    for (Trial trial : trials) {
      for (int input : trial.floats()) {
        if (trial.hasElements() && trial.flow(input) instanceof Trial.Flow.None) {
          findings.guard(trial.at(), () -> flatness(findings, trial, input));
        }
      }
    }
    findings.conclude();
  }

  private void flatness(Findings findings, Trial trial, int input) {
    double steepest = 0;
    boolean looked = false;
    for (FiniteDifferences.Column column : trial.columns(input)) {
      if (!column.masked()) {
        looked = true;
        for (int i = 0; i < column.slopes().size(); i++) {
          double slope = Math.abs(column.slopes().get(i));
          steepest = slope > column.floors().get(i) ? Math.max(steepest, slope) : steepest;
        }
      }
    }
    if (severed(input)) {
      if (steepest == 0) {
        findings.add(
            trial.at(), "input " + input + " is listed as severed, but the output has no slope");
      }
    } else if (steepest > 0) {
      findings.add(
          trial.at(),
          "claims that nothing flows to input "
              + input
              + ", but central differences find a slope of "
              + steepest);
    } else if (!looked) {
      findings.add(
          trial.at(), "claims to be flat in input " + input + ", but every step crosses a kink");
    }
  }

  private boolean severed(int input) {
    return subject.severed().containsKey(input);
  }
}
