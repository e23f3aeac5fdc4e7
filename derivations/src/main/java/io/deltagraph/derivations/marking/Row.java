package io.deltagraph.derivations.marking;

import io.deltagraph.derivations.language.Derivation.Line;
import io.deltagraph.derivations.language.Derivation.Written;
import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Misreading;
import io.deltagraph.graph.Value;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line and what is known of it so far. */
final class Row {
  enum Kind {
    /** Compared with automatic differentiation. */
    MARKED,
    /** The student's own, or a step towards a later line of its name: computed. */
    OWN,
    /** Sets an input or a parameter: computed. */
    UPDATE,
    /** Not understood. */
    UNREAD
  }

  final Line line;
  final @Nullable Name name;
  Kind kind;
  @Nullable Misreading problem;

  /** With the student's own lines above. */
  @Nullable Value student;

  /** With the right values for the marked lines above. */
  @Nullable Value corrected;

  /** What it should be. */
  @Nullable Value truth;

  final IdentityHashMap<Expression, Operator> stars = new IdentityHashMap<>();

  /** Whether it has no value because its parts do not fit, or uses a line of which that is so. */
  boolean unfit;

  /** The lines above that it uses. */
  final Set<Row> uses = new LinkedHashSet<>();

  Row(Line line, @Nullable Name name, Kind kind) {
    this.line = line;
    this.name = name;
    this.kind = kind;
  }

  Written written() {
    return (Written) line;
  }

  boolean marked() {
    return kind == Kind.MARKED;
  }
}
