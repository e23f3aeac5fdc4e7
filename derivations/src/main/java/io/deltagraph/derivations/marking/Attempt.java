package io.deltagraph.derivations.marking;

import static java.util.Objects.requireNonNull;

import io.deltagraph.derivations.language.Derivation;
import io.deltagraph.derivations.language.Derivation.Line;
import io.deltagraph.derivations.language.Derivation.Unread;
import io.deltagraph.derivations.language.Derivation.Written;
import io.deltagraph.derivations.language.Equation;
import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.NearNames;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A file in one orientation: its lines as values. */
final class Attempt {
  private static final int MOST_INLINED = 300;

  private final Orientation orientation;
  private final KnownNames names;
  private final Functions functions;
  private final Likeness comparison;
  private final List<Row> rows = new ArrayList<>();
  private final TreeSet<String> own = new TreeSet<>();

  Attempt(Scene scene, Orientation orientation, Derivation derivation, Likeness comparison) {
    this.orientation = orientation;
    this.comparison = comparison;
    names = new KnownNames(scene, orientation);
    functions = new Functions(scene, orientation);
    List<Line> lines = derivation.lines();
    for (int i = 0; i < lines.size(); i++) {
      rows.add(row(lines.get(i), lines.subList(i + 1, lines.size())));
    }
    Map<Name, Value> student = new HashMap<>();
    Map<Name, Row> latest = new HashMap<>();
    for (Row row : rows) {
      evaluate(row, student, latest);
    }
  }

  Orientation orientation() {
    return orientation;
  }

  KnownNames names() {
    return names;
  }

  List<Row> rows() {
    return rows;
  }

  private Row row(Line line, List<Line> below) {
    return switch (line) {
      case Unread unread -> {
        Row row =
            new Row(unread, unread.name().map(names::canonical).orElse(null), Row.Kind.UNREAD);
        row.problem = unread.problem();
        yield row;
      }
      case Written written -> {
        Name name = names.canonical(written.equation().name());
        Row row = new Row(written, name, kind(name, below));
        if (outOfRange(name)) {
          row.kind = Row.Kind.UNREAD;
          row.problem =
              written.problem(written.equation().name(), "the number of a layer that there is");
        } else if (row.marked()) {
          row.truth = names.value(name).orElseThrow();
        }
        yield row;
      }
    };
  }

  /** A line whose name is set again from itself is a step towards that. */
  private Row.Kind kind(Name name, List<Line> below) {
    if (!names.isMarked(name)) {
      return !name.isGradient() && List.of("W", "b", "alpha", "X", "T").contains(name.base())
          ? Row.Kind.UPDATE
          : Row.Kind.OWN;
    }
    for (Line line : below) {
      if (line instanceof Written later && names.canonical(later.equation().name()).equals(name)) {
        boolean itself =
            Trees.names(later.equation().expression()).stream()
                .anyMatch(used -> names.canonical(used).equals(name));
        return itself ? Row.Kind.OWN : Row.Kind.MARKED;
      }
    }
    return Row.Kind.MARKED;
  }

  private boolean outOfRange(Name name) {
    boolean ofLayer = name.isGradient() || name.base().equals("Z") || name.base().equals("A");
    return ofLayer
        && names.value(name).isEmpty()
        && (name.indexed() || name.isGradient())
        && !(name.isGradient()
            && name.base().equals("A")
            && name.index() >= 1
            && names.value(Name.value("A", name.index())).isPresent());
  }

  private void evaluate(Row row, Map<Name, Value> student, Map<Name, Row> latest) {
    if (row.kind == Row.Kind.UNREAD) {
      return;
    }
    Name name = requireNonNull(row.name);
    Equation equation = row.written().equation();
    for (Name used : Trees.names(equation.expression())) {
      Row above = latest.get(names.canonical(used));
      if (above != null) {
        row.uses.add(above);
        row.unfit |= above.unfit;
      }
    }
    try {
      Evaluation evaluation = evaluation(student, null);
      row.student = value(row, evaluation, equation.expression());
      row.stars.putAll(evaluation.stars());
      student.put(name, row.student);
      latest.put(name, row);
      if (row.kind == Row.Kind.OWN) {
        own.add(KnownNames.label(name));
      }
    } catch (Misfit e) {
      row.problem = row.written().problem(e.part, e.expected);
      student.remove(name);
      if (e.unknownName) {
        row.kind = Row.Kind.UNREAD;
        latest.remove(name);
      } else {
        row.unfit = true;
        latest.put(name, row);
      }
    }
  }

  private Evaluation evaluation(Map<Name, Value> values, @Nullable Value line) {
    Evaluation.Scope scope =
        name -> {
          if (name.equals(Repairs.LINE) && line != null) {
            return line;
          }
          Name canonical = names.canonical(name);
          Value value = values.get(canonical);
          if (value != null) {
            return value;
          }
          return names.value(canonical).orElseThrow(() -> unknown(name));
        };
    return new Evaluation(scope, functions, comparison);
  }

  private Misfit unknown(Name name) {
    List<String> known = new ArrayList<>(names.spellings());
    known.addAll(own);
    functions.names().forEach(known::add);
    List<String> near = NearNames.of(KnownNames.label(name), known.stream().distinct().toList());
    return new Misfit(
        name,
        near.isEmpty()
            ? "a name of the table, of the graph or of a line above"
            : "a name that is known, such as " + String.join(" or ", near),
        true);
  }

  private Value value(Row row, Evaluation evaluation, Expression expression) throws Misfit {
    List<String> indices = row.written().equation().indices();
    Value truth = row.truth;
    if (indices.isEmpty() || Trees.names(expression).contains(Repairs.LINE)) {
      Value value = evaluation.number(expression);
      return truth == null ? value : Optional.ofNullable(fit(value, truth, row)).orElse(value);
    }
    Entries entries = new Entries(evaluation);
    try {
      if (truth == null) {
        return entries.tensor(expression, indices);
      }
      Shape shape = truth.shape();
      boolean column = shape.rank() == 2 && indices.size() == 1 && shape.dim(1).equals(Dim.of(1));
      Value value = entries.tensor(expression, indices, column ? Shape.of(shape.dim(0)) : shape);
      return column ? value.op("unsqueeze", Map.of("axes", List.of(1))) : value;
    } catch (GraphException e) {
      throw new Misfit(expression, "indices that fit the left");
    }
  }

  /** The value in the shape of the right one, if it differs in nothing that counts. */
  @Nullable Value fit(Value value, Value truth, Row row) {
    if (value.shape().equals(truth.shape())) {
      return value;
    }
    Shape stripped = stripped(truth.shape());
    if (stripped(value.shape()).equals(stripped)) {
      int extra = value.type().rank() - truth.type().rank();
      if (extra > 0) {
        return value.op("squeeze", Map.of("axes", first(extra)));
      }
      return extra < 0 ? value.op("unsqueeze", Map.of("axes", first(-extra))) : value;
    }
    Name name = requireNonNull(row.name);
    boolean bias = orientation.columns() && name.base().equals("b");
    return bias
            && value.type().rank() == 1
            && truth.type().rank() == 2
            && value.shape().dim(0).equals(truth.shape().dim(0))
        ? value.op("unsqueeze", Map.of("axes", List.of(1)))
        : null;
  }

  private static List<Integer> first(int count) {
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      axes.add(i);
    }
    return axes;
  }

  private static Shape stripped(Shape shape) {
    int from = 0;
    while (from < shape.rank() && shape.dim(from).equals(Dim.of(1))) {
      from++;
    }
    return shape.slice(from, shape.rank());
  }

  private @Nullable Searched searched;

  /** Evaluates all lines again, with these values for what the marked lines above are about. */
  void correct(Map<Row, Value> references) {
    Map<Name, Value> values = new HashMap<>();
    searched = null;
    for (Row row : rows) {
      if (row.kind == Row.Kind.UNREAD || row.name == null) {
        continue;
      }
      try {
        row.corrected = value(row, evaluation(values, null), row.written().equation().expression());
      } catch (Misfit e) {
        row.corrected = null;
      }
      Value reference = references.get(row);
      Value used = row.marked() ? reference : row.kind == Row.Kind.OWN ? row.corrected : null;
      if (used != null && (row.student != null || !row.marked())) {
        values.put(row.name, used);
      } else {
        values.remove(row.name);
      }
      above.put(row, new HashMap<>(values));
    }
  }

  private final Map<Row, Map<Name, Value>> above = new HashMap<>();

  /** What a line would be with another expression, the marked lines above right; null for none. */
  @Nullable Value repaired(Row row, Expression tree, @Nullable Value line) {
    try {
      Value value = value(row, searching(row, line), tree);
      return fit(value, requireNonNull(row.truth), row);
    } catch (Misfit e) {
      return null;
    }
  }

  /** What a part of a line stands for. */
  @Nullable Value part(Row row, Expression node, @Nullable Value line) {
    try {
      return searching(row, line).number(node);
    } catch (Misfit e) {
      return null;
    }
  }

  /** One evaluation for all repairs of a line, which share most of their parts. */
  private Evaluation searching(Row row, @Nullable Value line) {
    Searched known = searched;
    if (known == null || known.row() != row || known.line() != line) {
      known = new Searched(row, line, evaluation(valuesAbove(row), line).remembering());
      searched = known;
    }
    return known.evaluation();
  }

  private record Searched(Row row, @Nullable Value line, Evaluation evaluation) {}

  /** What the names of the lines above a line stand for, the marked ones right. */
  Map<Name, Value> valuesAbove(Row row) {
    int at = rows.indexOf(row);
    for (int i = at - 1; i >= 0; i--) {
      Map<Name, Value> values = above.get(rows.get(i));
      if (values != null) {
        return values;
      }
    }
    return Map.of();
  }

  /** A line's expression with the student's own lines put in, and each {@code *} as it was read. */
  Expression inlined(Row row) {
    Expression plain = resolved(row);
    if (!row.written().equation().indices().isEmpty()) {
      return plain;
    }
    Map<Name, Expression> own = new HashMap<>();
    for (Row above : rows.subList(0, rows.indexOf(row))) {
      if (above.kind == Row.Kind.OWN
          && above.name != null
          && above.problem == null
          && above.written().equation().indices().isEmpty()) {
        own.put(above.name, put(resolved(above), own));
      } else if (above.name != null) {
        own.remove(above.name);
      }
    }
    Expression whole = put(plain, own);
    Expression shown = Trees.size(whole) <= MOST_INLINED ? whole : plain;
    return new Scalars(names).out(Trees.mapped(shown, this::indexed));
  }

  /** With the number of the layer, where it was left out because there is one. */
  private Expression indexed(Expression node) {
    return node instanceof Name name && !name.indexed() && names.canonical(name).indexed()
        ? names.canonical(name)
        : node;
  }

  private Expression put(Expression expression, Map<Name, Expression> own) {
    Expression whole =
        Trees.mapped(
            expression,
            node ->
                node instanceof Name name ? own.getOrDefault(names.canonical(name), node) : node);
    return Trees.size(whole) <= MOST_INLINED ? whole : expression;
  }

  private static Expression resolved(Row row) {
    Operator other = row.student == null ? Operator.STAR : Operator.PRODUCT;
    return resolved(row.written().equation().expression(), row.stars, other);
  }

  /** What a star of a line without a value stands for is open until it has one. */
  private static Expression resolved(
      Expression node, IdentityHashMap<Expression, Operator> stars, Operator other) {
    List<Expression> parts = new ArrayList<>();
    for (Expression part : Trees.parts(node)) {
      parts.add(resolved(part, stars, other));
    }
    Expression same = parts.isEmpty() ? node : Trees.with(node, parts);
    return same instanceof Binary binary && binary.operator() == Operator.STAR
        ? new Binary(stars.getOrDefault(node, other), binary.left(), binary.right())
        : same;
  }
}
