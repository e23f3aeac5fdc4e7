package io.deltagraph.testkit;

import io.deltagraph.check.Agreement;
import io.deltagraph.check.Bounds;
import io.deltagraph.check.Verdict;
import io.deltagraph.graph.Op;
import io.deltagraph.type.DType;
import java.util.List;
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
    List<Trial> flowing =
        trials.stream()
            .filter(trial ->
                trial.hasElements()
                    && trial.floats().stream()
                        .anyMatch(input -> trial.flow(input) instanceof Trial.Flow.Of))
            .sorted((a, b) -> Integer.compare(rank(b), rank(a)))
            .toList();
    int caught = 0;
    for (Mutator mutator : Mutator.values()) {
      if (flowing.isEmpty()) {
        break;
      }
      boolean listed = subject.equivalent().containsKey(mutator);
      switch (fate(findings, flowing, mutator)) {
        case CAUGHT -> {
          caught++;
          if (listed) {
            findings.add(
                "the mistake '"
                    + mutator
                    + "' is listed as equivalent, but it was caught;"
                    + " remove it from equivalentMutants()");
          }
        }
        case EQUIVALENT -> {
          if (!listed) {
            findings.add(
                "the mistake '"
                    + mutator
                    + "' changes no gradient on any case: add a case that shows it, or list it in"
                    + " equivalentMutants() with the reason (Mutator."
                    + mutator.name()
                    + ")");
          }
        }
        case SURVIVED ->
            findings.add(
                "the mistake '"
                    + mutator
                    + "' changes gradients, but no case fails; add stronger"
                    + " cases");
      }
    }
    reporter.publishEntry(
        subject.op().id().name(),
        caught
            + " of "
            + (flowing.isEmpty() ? 0 : Mutator.values().length)
            + " seeded mistakes caught"
            + (subject.equivalent().isEmpty() ? "" : ", equivalent: " + subject.equivalent()));
    findings.conclude();
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
