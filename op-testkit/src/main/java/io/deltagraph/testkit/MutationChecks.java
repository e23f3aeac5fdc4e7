package io.deltagraph.testkit;

import io.deltagraph.check.Agreement;
import io.deltagraph.check.Bounds;
import io.deltagraph.check.Verdict;
import io.deltagraph.graph.Op;
import io.deltagraph.type.DType;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.TestReporter;

/** Every seeded mistake in the backward rule is caught by the check of the gradient. */
final class MutationChecks {
  private final Subject subject;
  private final List<Trial> trials;

  MutationChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  /** What became of a mistake. */
  private enum Fate {
    /** The gradient check fails on some case. */
    CAUGHT,
    /** It gives the same gradients as the op itself on every case. */
    EQUIVALENT,
    /** It gives other gradients and no case fails: the cases are too weak. */
    SURVIVED
  }

  void mistakes(TestReporter reporter) {
    Findings findings = new Findings(subject);
    int caught = 0;
    int seeded = 0;
    Set<Mutator> uncaught = new HashSet<>();
    Set<List<String>> looks = new LinkedHashSet<>();
    trials.forEach(trial -> looks.add(trial.at().outputs()));
    for (List<String> outputs : looks) {
      List<Trial> flowing = flowing(outputs);
      if (!flowing.isEmpty()) {
        seeded += Mutator.values().length;
        caught += mistakes(findings, flowing, outputs, uncaught);
      }
    }
    for (Mutator mutator : subject.equivalent().keySet()) {
      if (seeded > 0 && !uncaught.contains(mutator)) {
        findings.add(
            "the mistake '"
                + mutator
                + "' is listed as equivalent, but it was caught;"
                + " remove it from equivalentMutants()");
      }
    }
    reporter.publishEntry(
        subject.op().id().name(),
        caught
            + " of "
            + seeded
            + " seeded mistakes caught"
            + (subject.equivalent().isEmpty() ? "" : ", equivalent: " + subject.equivalent()));
    findings.conclude();
  }

  /** The trials by some outputs through which anything flows. */
  private List<Trial> flowing(List<String> outputs) {
    return trials.stream()
        .filter(trial -> trial.at().outputs().equals(outputs))
        .filter(trial ->
            trial.hasElements()
                && trial.floats().stream()
                    .anyMatch(input -> trial.flow(input) instanceof Trial.Flow.Of))
        .sorted((a, b) -> Integer.compare(rank(b), rank(a)))
        .toList();
  }

  /** How many mistakes are caught, looking at some outputs; adds those that are not to find. */
  private int mistakes(
      Findings findings, List<Trial> flowing, List<String> outputs, Set<Mutator> uncaught) {
    String by = outputs.isEmpty() ? "" : " by " + String.join(" and ", outputs);
    int caught = 0;
    for (Mutator mutator : Mutator.values()) {
      switch (fate(findings, flowing, mutator)) {
        case CAUGHT -> caught++;
        case EQUIVALENT -> {
          uncaught.add(mutator);
          if (!subject.equivalent().containsKey(mutator)) {
            findings.add(
                "the mistake '"
                    + mutator
                    + "' changes no gradient on any case"
                    + by
                    + ": add a case that shows it, or list it in"
                    + " equivalentMutants() with the reason (Mutator."
                    + mutator.name()
                    + ")");
          }
        }
        case SURVIVED -> {
          uncaught.add(mutator);
          findings.add(
              "the mistake '"
                  + mutator
                  + "' changes gradients"
                  + by
                  + ", but no case fails; add stronger"
                  + " cases");
        }
      }
    }
    return caught;
  }

  /** Matrices first: they show most mistakes at once. */
  private static int rank(Trial trial) {
    int rank = trial.outputType().rank();
    return rank == 2 ? 3 : rank == 1 ? 1 : rank == 0 ? 0 : 2;
  }

  private Fate fate(Findings findings, List<Trial> flowing, Mutator mutator) {
    Op<?> mutant = Mutant.of(subject.op(), mutator);
    boolean changed = false;
    for (Trial trial : flowing) {
      try {
        Trial ruled = Trial.of(subject, mutant, trial.at(), DType.F64, trial.point());
        for (int input : trial.floats()) {
          if (trial.flow(input) instanceof Trial.Flow.Of right
              && ruled.flow(input) instanceof Trial.Flow.Of wrong) {
            Slopes slopes =
                Slopes.of(trial, ruled, input, wrong.gradient(), List.of(trial.cotangent()));
            if (slopes.agreement().verdict() == Verdict.FAIL) {
              return Fate.CAUGHT;
            }
            Slopes original =
                Slopes.of(trial, trial, input, right.gradient(), List.of(trial.cotangent()));
            changed |=
                Agreement.of(slopes.rule(), original.rule(), Bounds.CLOSED_FORM).verdict()
                    == Verdict.FAIL;
          }
        }
      } catch (RuntimeException e) {
        findings.add(trial.at(), "cannot seed the mistake '" + mutator + "': " + e);
        return Fate.CAUGHT;
      }
    }
    return changed ? Fate.SURVIVED : Fate.EQUIVALENT;
  }
}
