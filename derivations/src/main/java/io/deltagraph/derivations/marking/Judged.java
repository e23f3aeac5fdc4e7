package io.deltagraph.derivations.marking;

import static java.util.Objects.requireNonNull;

import io.deltagraph.check.Diagnosis.Finding;
import io.deltagraph.check.Ratio;
import io.deltagraph.check.Slip;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lines of an attempt, compared. */
final class Judged {
  private final Scene scene;
  private final Likeness comparison;
  private final Function<Name, Optional<String>> rightLines;
  private final Attempt attempt;
  private final List<Row> marked;
  private final Map<Row, Value> references = new HashMap<>();
  private final Map<Row, Likeness.Result> own = new HashMap<>();
  private final Map<Row, Likeness.Result> actual = new HashMap<>();
  private final Map<Row, Likeness.Result> corrected = new HashMap<>();
  private final SameForm forms;
  private Mode mode = Mode.OWN;
  private @Nullable Audit audit;

  Judged(
      Scene scene,
      Likeness comparison,
      Function<Name, Optional<String>> rightLines,
      Attempt attempt) {
    this.scene = scene;
    this.comparison = comparison;
    this.rightLines = rightLines;
    this.attempt = attempt;
    forms = new SameForm(scene, attempt.names());
    marked = attempt.rows().stream().filter(Row::marked).toList();
    apply(Mode.OWN);
    own.putAll(actual);
    choose();
  }

  int notRight() {
    int count = 0;
    for (Row row : attempt.rows()) {
      boolean right = row.marked() && right(row) && !row.unfit;
      boolean counts = row.marked() || row.problem != null;
      count += counts && !right ? 1 : 0;
    }
    return count;
  }

  private boolean right(Row row) {
    Likeness.Result result = actual.get(row);
    return result != null && result.tells() && result.equal();
  }

  private void apply(Mode chosen) {
    mode = chosen;
    references.clear();
    for (Row row : marked) {
      Value truth = requireNonNull(row.truth);
      Name name = requireNonNull(row.name);
      references.put(
          row, chosen.of(name).map(ratio -> Ratios.times(scene, truth, ratio)).orElse(truth));
    }
    attempt.correct(references);
    actual.clear();
    corrected.clear();
    List<Likeness.Pair> pairs = new ArrayList<>();
    List<Row> first = fitting(pairs, true);
    List<Row> second = fitting(pairs, false);
    List<Likeness.Result> results = comparison.compare(pairs);
    for (int i = 0; i < first.size(); i++) {
      actual.put(first.get(i), results.get(i));
    }
    for (int i = 0; i < second.size(); i++) {
      corrected.put(second.get(i), results.get(first.size() + i));
    }
  }

  private List<Row> fitting(List<Likeness.Pair> pairs, boolean student) {
    List<Row> fitting = new ArrayList<>();
    for (Row row : marked) {
      Value value = student ? row.student : row.corrected;
      Value reference = requireNonNull(references.get(row));
      Value fitted = value == null ? null : attempt.fit(value, reference, row);
      if (fitted != null) {
        pairs.add(new Likeness.Pair(fitted, reference));
        fitting.add(row);
      }
    }
    return fitting;
  }

  private int score() {
    int score = 0;
    for (Row row : marked) {
      Likeness.Result result = corrected.get(row);
      score += right(row) || (result != null && result.tells() && result.equal()) ? 1 : 0;
    }
    return score;
  }

  /** The mode that explains the most lines; any line in the cost's own reduction decides for it. */
  private void choose() {
    List<Row> reduced =
        marked.stream().filter(row -> KnownNames.isReduced(requireNonNull(row.name))).toList();
    List<Row> ownRight = reduced.stream().filter(this::right).toList();
    boolean gradients =
        ownRight.stream().anyMatch(row -> KnownNames.isParameterGradient(requireNonNull(row.name)));
    boolean deltasAlone =
        ownRight.stream()
            .allMatch(row ->
                KnownNames.isParameterGradient(requireNonNull(row.name))
                    || "C".equals(row.name.base()));
    Set<Ratio> seen = new LinkedHashSet<>();
    Set<Ratio> ofGradients = new LinkedHashSet<>();
    for (Row row : reduced) {
      Ratios.reduction(scene, own.get(row))
          .ifPresent(factor -> {
            seen.add(factor);
            if (KnownNames.isParameterGradient(requireNonNull(row.name))) {
              ofGradients.add(factor);
            }
          });
      Ratios.reduction(scene, corrected.get(row)).ifPresent(seen::add);
    }
    if (ownRight.size() == reduced.size()
        || seen.isEmpty()
        || !deltasAlone
        || (!ownRight.isEmpty() && !gradients)) {
      return;
    }
    int best = score();
    Mode chosen = Mode.OWN;
    for (Ratio factor : seen) {
      if (!ownRight.isEmpty() && ofGradients.contains(factor)) {
        continue;
      }
      Mode candidate = new Mode(Optional.of(factor), !ownRight.isEmpty());
      apply(candidate);
      if (score() > best) {
        best = score();
        chosen = candidate;
      }
    }
    apply(chosen);
  }

  Marking marking(Audit audit) {
    this.audit = audit;
    Search search = new Search(scene, attempt, comparison);
    List<Marking.Line> lines = lines(search);
    Optional<Ratio> other = mode.equals(Mode.OWN) ? anotherReduction(lines) : Optional.empty();
    if (other.isPresent()) {
      apply(new Mode(other, false));
      List<Marking.Line> again = lines(search);
      if (mistakes(again) < mistakes(lines)) {
        lines = again;
      } else {
        apply(Mode.OWN);
      }
    }
    return new Summary(scene, attempt, mode).marking(lines, search.stopped());
  }

  private List<Marking.Line> lines(Search search) {
    List<Marking.Line> lines = new ArrayList<>();
    Map<Row, Marking.Verdict> verdicts = new HashMap<>();
    for (Row row : attempt.rows()) {
      if (row.marked() || row.problem != null) {
        Marking.Line line = line(row, verdicts, search);
        verdicts.put(row, line.verdict());
        lines.add(line);
      }
    }
    return lines;
  }

  private static int mistakes(List<Marking.Line> lines) {
    int count = 0;
    for (Marking.Line line : lines) {
      if (line.verdict() == Marking.Verdict.WRONG) {
        count +=
            line.causes().isEmpty()
                ? 3
                : Math.max(1, line.causes().getFirst().cause().parts().size());
      }
    }
    return count;
  }

  /** A reduction that explains half of a mistake, where no line is in the cost's own. */
  private Optional<Ratio> anotherReduction(List<Marking.Line> lines) {
    boolean ownRight =
        marked.stream()
            .anyMatch(row -> KnownNames.isReduced(requireNonNull(row.name)) && right(row));
    if (ownRight) {
      return Optional.empty();
    }
    for (Marking.Line line : lines) {
      for (Finding cause : line.causes()) {
        for (Ratio factor : Ratio.values()) {
          if (factor.isReduction() && cause.cause().parts().contains(Slip.Constant.of(factor))) {
            return Optional.of(factor);
          }
        }
      }
    }
    return Optional.empty();
  }

  private Marking.Line line(Row row, Map<Row, Marking.Verdict> verdicts, Search search) {
    String name = row.name == null ? "" : KnownNames.label(row.name);
    if (!row.marked()) {
      return unread(row, name);
    }
    Name about = requireNonNull(row.name);
    Likeness.Result now = actual.get(row);
    Likeness.Result fixed = corrected.get(row);
    Value reference = requireNonNull(references.get(row));
    double difference = now == null ? Double.NaN : now.difference();
    Optional<String> doubt = audit == null ? Optional.empty() : audit.doubt(about);
    if (doubt.isPresent()) {
      return inconclusive(row, name, difference, doubt.get());
    }
    boolean identical = mode.of(about).isEmpty() && identical(row, reference);
    if (now != null && !now.tells() && !identical && !equalForAnyNumbers(row, about, reference)) {
      return inconclusive(
          row,
          name,
          difference,
          "Both sides are 0 to rounding, or no numbers, at all weights that were tried: other rows"
              + " or other weights would tell.");
    }
    Optional<Row> unfit =
        row.unfit && row.student != null
            ? source(row, verdicts, new LinkedHashSet<>())
            : Optional.empty();
    if (unfit.isPresent() && fixed != null && fixed.equal()) {
      return follows(row, name, difference, unfit.get());
    }
    if (now != null && (now.equal() || !now.tells())) {
      boolean scaled = mode.of(about).isPresent();
      return said(
          row,
          name,
          scaled ? Marking.Verdict.RIGHT_BUT_SCALED : Marking.Verdict.RIGHT,
          identical,
          List.of(),
          difference,
          Optional.empty(),
          OptionalInt.empty(),
          "");
    }
    if (fixed != null && fixed.equal()) {
      Optional<Row> source = source(row, verdicts, new LinkedHashSet<>());
      if (source.isPresent()) {
        return follows(row, name, difference, source.get());
      }
    }
    List<Finding> causes = search.causes(row, reference);
    if (row.student == null && causes.isEmpty()) {
      return unread(row, name);
    }
    return said(
        row,
        name,
        Marking.Verdict.WRONG,
        false,
        causes,
        difference,
        rightLines.apply(about),
        OptionalInt.empty(),
        "");
  }

  /** Whether what the line says, given right ones above, is the same formula as the right one. */
  private boolean identical(Row row, Value reference) {
    Value value = row.corrected == null ? row.student : row.corrected;
    Value fitted = value == null || row.unfit ? null : attempt.fit(value, reference, row);
    return fitted != null && forms.identical(fitted, reference);
  }

  private boolean equalForAnyNumbers(Row row, Name about, Value reference) {
    Value fitted = row.corrected == null ? null : attempt.fit(row.corrected, reference, row);
    return fitted != null
        && about.isGradient()
        && forms.equalForAnyNumbers(about, fitted, reference);
  }

  private Optional<Row> source(Row row, Map<Row, Marking.Verdict> verdicts, Set<Row> seen) {
    for (Row used : row.uses) {
      Marking.Verdict verdict = verdicts.get(used);
      if (verdict == Marking.Verdict.WRONG
          || verdict == Marking.Verdict.FOLLOWS
          || verdict == Marking.Verdict.INCONCLUSIVE
          || used.kind == Row.Kind.UPDATE) {
        return Optional.of(used);
      }
    }
    for (Row used : row.uses) {
      if (used.kind == Row.Kind.OWN && seen.add(used)) {
        Optional<Row> deeper = source(used, verdicts, seen);
        if (deeper.isPresent()) {
          return deeper;
        }
      }
    }
    return Optional.empty();
  }

  private Marking.Line said(
      Row row,
      String name,
      Marking.Verdict verdict,
      boolean identical,
      List<Finding> causes,
      double difference,
      Optional<String> right,
      OptionalInt follows,
      String remark) {
    return new Marking.Line(
        row.line.number(),
        name,
        row.line.source(),
        verdict,
        identical,
        causes,
        difference,
        right,
        follows,
        Optional.empty(),
        remark);
  }

  private Marking.Line follows(Row row, String name, double difference, Row source) {
    return said(
        row,
        name,
        Marking.Verdict.FOLLOWS,
        false,
        List.of(),
        difference,
        rightLines.apply(requireNonNull(row.name)),
        OptionalInt.of(source.line.number()),
        "");
  }

  private Marking.Line inconclusive(Row row, String name, double difference, String why) {
    return said(
        row,
        name,
        Marking.Verdict.INCONCLUSIVE,
        false,
        List.of(),
        difference,
        Optional.empty(),
        OptionalInt.empty(),
        why);
  }

  private Marking.Line unread(Row row, String name) {
    return new Marking.Line(
        row.line.number(),
        name,
        row.line.source(),
        Marking.Verdict.UNREAD,
        false,
        List.of(),
        Double.NaN,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.ofNullable(row.problem),
        "");
  }
}
