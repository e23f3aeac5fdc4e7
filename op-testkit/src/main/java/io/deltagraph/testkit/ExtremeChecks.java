package io.deltagraph.testkit;

import io.deltagraph.graph.Domain;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * At numbers far out and next to 0, apart and all the same, an op gives numbers or infinities, and
 * so does its gradient: whatever is not a number has a reason that the contract declares.
 */
final class ExtremeChecks {
  private static final double[] PLACES = {1e3, -1e3, 1e-300, -1e-300};
  private static final int MOST_CASES = 3;
  private static final int MOST_ELEMENTS = 12;

  private final Subject subject;
  private final List<Trial> trials;

  ExtremeChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  void numbers() {
    Findings findings = new Findings(subject);
    List<String> found = new ArrayList<>();
    trials.stream()
        .filter(trial -> trial.hasElements() && trial.at().samplers().isEmpty())
        .filter(trial -> trial.point().values().stream().allMatch(t -> t.length() <= MOST_ELEMENTS))
        .sorted((a, b) -> Integer.compare(b.outputType().rank(), a.outputType().rank()))
        .limit(MOST_CASES)
        .forEach(trial -> findings.guard(trial.at(), () -> look(found, trial)));
    String reason = subject.notNumbers();
    if (reason.isEmpty()) {
      found.forEach(findings::add);
    } else if (found.isEmpty()) {
      findings.add(
          "notNumbers() says '" + reason + "', but every extreme gives a number: remove it");
    }
    findings.conclude();
  }

  /** The places one after another, from each of them on; then each of them everywhere. */
  private void look(List<String> found, Trial trial) {
    List<Value> values = new ArrayList<>(List.of(trial.output()));
    List<String> names = new ArrayList<>(List.of("its output"));
    for (int input : trial.floats()) {
      if (trial.flow(input) instanceof Trial.Flow.Of flow) {
        values.add(flow.gradient());
        names.add("the gradient of input " + input);
      }
    }
    for (int pattern = 0; pattern < 2 * PLACES.length; pattern++) {
      Map<String, Tensor> point = point(trial, pattern);
      List<Tensor> results = trial.program(values).run(point);
      for (int i = 0; i < names.size(); i++) {
        if (Arrays.stream(results.get(i).toDoubles()).anyMatch(Double::isNaN)) {
          point.remove(Trial.COTANGENT);
          found.add(trial.at() + ": " + names.get(i) + " is not a number at " + point);
          return;
        }
      }
    }
  }

  private Map<String, Tensor> point(Trial trial, int pattern) {
    Map<String, Tensor> point = new HashMap<>(trial.point());
    for (int input = 0; input < trial.inputs().size(); input++) {
      Tensor drawn = trial.tensor(input);
      Domain.Interval inside = subject.op().domain().input(input);
      double[] places =
          Arrays.stream(PLACES).filter(p -> inside.low() < p && p < inside.high()).toArray();
      if (drawn.type().dtype().isFloat() && places.length > 0) {
        int shift = pattern + input; // so that inputs differ
        point.put(
            Trial.name(input),
            Tensor.generate(
                drawn.type(),
                i -> places[(pattern < PLACES.length ? i + shift : pattern) % places.length]));
      }
    }
    return point;
  }
}
