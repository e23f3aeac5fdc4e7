package io.deltagraph.testkit;

import io.deltagraph.graph.Pointwise;
import io.deltagraph.type.DType;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;

/**
 * Next to 0, far out and at infinity an op and its gradient are what exact arithmetic makes of its
 * lane expressions, or as near to it as the contract says. Loops over doubles have no exact form.
 */
final class ExactChecks {
  private static final int MOST_CASES = 2;
  private static final String OUTPUT = "outputWithin";
  private static final String GRADIENT = "gradientWithin";
  private static final String MIXED = "similarSizes";
  private static final String INFINITE = "finiteInputs";

  /** Of all float inputs together: enough that terms can cancel, as few as do. */
  private static final int FEWEST_ENTRIES = 3;

  private static final int MOST_ENTRIES = 12;

  private final Subject subject;
  private final List<Trial> trials;
  private final Findings findings;
  private final Set<String> needed = new HashSet<>();

  ExactChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
    this.findings = new Findings(subject);
  }

  void exact(TestReporter reporter) {
    for (Trial trial : chosen()) {
      for (DType dtype : List.of(DType.F32, DType.F64)) {
        findings.guard(trial.at(), () -> compare(trial.at(), dtype, varied(trial)));
      }
    }
    Extremes extremes = subject.extremes();
    if (!extremes.stated()) {
      reporter.publishEntry(
          subject.op().id() + " at extremes",
          findings.first().orElse("Extremes.exact() holds; extremes() may state it"));
      return;
    }
    needless(extremes.output() > 0, OUTPUT);
    needless(extremes.gradient() > 0, GRADIENT);
    needless(!extremes.mixed(), MIXED);
    needless(!extremes.infinity(), INFINITE);
    findings.conclude();
  }

  private void needless(boolean stated, String method) {
    if (stated && !needed.contains(method)) {
      findings.add(
          "extremes() says '%s', but all numbers hold without %s: remove it"
              .formatted(subject.extremes().why(), method));
    }
  }

  /** The float inputs whose numbers the author leaves to the kit. */
  private static List<Integer> varied(Trial trial) {
    return trial.floats().stream().filter(i -> !trial.at().samplers().containsKey(i)).toList();
  }

  /** A few cases, of different attributes for ops that do not care for shapes. */
  private List<Trial> chosen() {
    Stream<Trial> fitting =
        trials.stream().filter(Trial::hasElements).filter(trial -> !varied(trial).isEmpty());
    if (subject.op() instanceof Pointwise<?>) {
      Set<Object> attributes = new HashSet<>();
      return fitting
          .filter(trial -> attributes.add(trial.at().attributes()))
          .limit(MOST_CASES)
          .toList();
    }
    return fitting
        .filter(trial -> entries(trial) <= MOST_ENTRIES)
        .sorted(
            Comparator.comparing((Trial trial) -> entries(trial) < FEWEST_ENTRIES)
                .thenComparingInt(ExactChecks::entries))
        .limit(MOST_CASES)
        .toList();
  }

  private static int entries(Trial trial) {
    return trial.floats().stream().mapToInt(input -> trial.tensor(input).length()).sum();
  }

  private void compare(Case at, DType dtype, List<Integer> varied) {
    Road road =
        subject.op() instanceof Pointwise<?>
            ? new ExactPointwise(subject, at, dtype, varied)
            : new ExactTrials(subject, at, dtype, varied);
    Closeness close = new Closeness(dtype);
    Set<String> told = new HashSet<>();
    judge(at, road.finite(), close, Optional.empty(), told);
    judge(
        at,
        road.mixed(),
        close,
        subject.extremes().mixed() ? Optional.empty() : Optional.of(MIXED),
        told);
    judge(
        at,
        road.infinite(),
        close,
        subject.extremes().infinity() ? Optional.empty() : Optional.of(INFINITE),
        told);
  }

  /**
   * Judges numbers.
   *
   * @param excused by what statement of the contract they may be wrong, if by any
   * @param told which numbers were found wrong before: others are of the same kind
   */
  private void judge(
      Case at,
      List<Comparison> comparisons,
      Closeness close,
      Optional<String> excused,
      Set<String> told) {
    for (Comparison one : comparisons) {
      Extremes extremes = subject.extremes();
      boolean declared = Double.isNaN(one.actual()) && !subject.notNumbers().isEmpty();
      if (declared || one.holds(close, 0)) {
        continue;
      }
      if (one.holds(close, one.gradient() ? extremes.gradient() : extremes.output())) {
        needed.add(one.gradient() ? GRADIENT : OUTPUT);
      } else if (excused.isPresent()) {
        needed.add(excused.get());
      } else if (told.add(one.what() + one.limit())) {
        findings.add(at, one.text(close) + "; if that is meant, extremes() says so");
      }
    }
  }
}
