package io.deltagraph.derivations.marking;

import static java.util.Objects.requireNonNull;

import io.deltagraph.derivations.language.Derivation.Written;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Operator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is said of a file as a whole. */
final class Summary {
  private final Scene scene;
  private final Attempt attempt;
  private final Mode mode;

  Summary(Scene scene, Attempt attempt, Mode mode) {
    this.scene = scene;
    this.attempt = attempt;
    this.mode = mode;
  }

  Marking marking(List<Marking.Line> lines, boolean stopped) {
    return new Marking(verdict(lines), conventions(), lines, missing(), remarks(stopped));
  }

  private static Marking.Verdict verdict(List<Marking.Line> lines) {
    boolean wrong = false;
    boolean doubt = lines.isEmpty();
    for (Marking.Line line : lines) {
      switch (line.verdict()) {
        case WRONG, FOLLOWS -> wrong = true;
        case INCONCLUSIVE, UNREAD -> doubt = true;
        case RIGHT, RIGHT_BUT_SCALED -> {}
      }
    }
    return wrong
        ? Marking.Verdict.WRONG
        : doubt ? Marking.Verdict.INCONCLUSIVE : Marking.Verdict.RIGHT;
  }

  private List<String> conventions() {
    List<String> all = new ArrayList<>(attempt.orientation().words());
    boolean reduced =
        attempt.rows().stream()
            .filter(Row::marked)
            .anyMatch(row -> KnownNames.isReduced(requireNonNull(row.name)));
    if (reduced) {
      Reductions.of(scene, mode.deltasAlone() ? Optional.empty() : mode.factor())
          .ifPresent(all::add);
    }
    if (mode.deltasAlone()) {
      all.add("deltas per sample");
    }
    Set<Operator> stars = new LinkedHashSet<>();
    attempt.rows().forEach(row -> stars.addAll(row.stars.values()));
    if (stars.contains(Operator.PRODUCT)) {
      all.add("* is the matrix product");
    }
    if (stars.contains(Operator.ENTRYWISE)) {
      all.add("* is entry by entry");
    }
    return all;
  }

  private List<String> missing() {
    Set<Name> said = new LinkedHashSet<>();
    attempt
        .rows()
        .forEach(row -> {
          if (row.name != null) {
            said.add(row.name);
          }
        });
    return attempt.names().parameterGradients().stream()
        .filter(name -> !said.contains(name))
        .map(KnownNames::label)
        .toList();
  }

  private List<String> remarks(boolean stopped) {
    List<String> remarks = new ArrayList<>();
    for (Row row : attempt.rows()) {
      if (row.line instanceof Written written) {
        written
            .warnings()
            .forEach(warning -> remarks.add("line " + row.line.number() + ": " + warning));
      }
    }
    if (stopped) {
      remarks.add("The search for causes ended before everything was tried.");
    }
    return remarks;
  }
}
