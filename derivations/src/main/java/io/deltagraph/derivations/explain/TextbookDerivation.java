package io.deltagraph.derivations.explain;

import com.google.common.collect.ImmutableList;
import io.deltagraph.derivations.language.DerivationWriter;
import io.deltagraph.derivations.language.Equation;
import io.deltagraph.derivations.language.Expression;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Network;
import io.deltagraph.ops.textbook.Symbol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The whole derivation of a scalar's gradients: forward equations, the cost, each delta, each
 * gradient, in the order of backpropagation.
 *
 * @param lines in order
 */
public record TextbookDerivation(List<Line> lines) {
  public TextbookDerivation {
    lines = ImmutableList.copyOf(lines);
  }

  /** The derivation of a net, with respect to all of its parameters. */
  public static TextbookDerivation of(Network network) {
    return of(network.evaluation(), network.loss(), network.parameters());
  }

  /** The derivation of a graph, with respect to all of its parameters. */
  public static TextbookDerivation of(Graph graph, Value loss) {
    return of(graph, loss, graph.parameters());
  }

  /**
   * The derivation of a graph.
   *
   * @param graph its outputs are explained on the way to the loss
   * @param loss a scalar that an op computes, of the same builder
   * @param wrt float values of the graph
   * @throws GraphException.NoGradient if the loss is no scalar, or an op on the way has no rule
   */
  public static TextbookDerivation of(Graph graph, Value loss, List<? extends Value> wrt) {
    if (!(loss instanceof Apply) || loss.type().rank() != 0 || !loss.dtype().isFloat()) {
      throw new GraphException.NoGradient(
          "Only the gradients of a computed scalar are explained, got " + loss + ".");
    }
    return new Making(graph, loss, wrt).explanation();
  }

  /**
   * The value of a graph that a derivation calls by that name, such as {@code W1}, or that has this
   * label.
   *
   * @throws IllegalArgumentException listing the names, if there is none
   */
  public static Value named(Graph graph, String name) {
    Set<String> known = new TreeSet<>();
    for (Value value : graph.nodes()) {
      boolean takes = value.name().isPresent() && value.dtype().isFloat();
      Optional<Expression.Name> written = value.name().flatMap(WrittenNames::written);
      if (takes && (value.label().equals(name) || written.equals(WrittenNames.written(name)))) {
        return value;
      }
      written.filter(any -> takes).map(DerivationWriter.ASCII::name).ifPresent(known::add);
    }
    throw new IllegalArgumentException("one of " + String.join(", ", known));
  }

  /** The line about a name as text, if there is one. */
  public Optional<String> line(Expression.Name name) {
    return lines.stream()
        .map(Line::equation)
        .filter(equation -> equation.name().equals(name))
        .map(DerivationWriter.UNICODE::write)
        .findFirst();
  }

  /**
   * The derivation as lines of text, which the same language reads.
   *
   * @param steps whether each line is followed by how it comes about, in comments
   */
  public String text(boolean steps) {
    return ExplanationText.of(this, DerivationWriter.UNICODE, steps);
  }

  /** The same in ASCII. */
  public String ascii(boolean steps) {
    return ExplanationText.of(this, DerivationWriter.ASCII, steps);
  }

  /**
   * The derivation as LaTeX, which needs amsmath.
   *
   * @param steps whether each line is followed by how it comes about, a paragraph for each step
   */
  public String latex(boolean steps) {
    return Latex.of(this, steps);
  }

  /**
   * The derivation as MathML, one {@code math} element.
   *
   * @param steps whether each line is followed by how it comes about, in smaller rows
   */
  public String mathml(boolean steps) {
    return MathMl.of(this, steps);
  }

  /** Puts the lines together. */
  private static final class Making {
    private final Value loss;
    private final Cuts cuts;
    private final Textbook textbook;
    private final WrittenNames names;
    private final Map<Value, Input> symbols;
    private final List<Backward.Found> found;

    Making(Graph graph, Value loss, List<? extends Value> wrt) {
      this.loss = loss;
      List<Value> roots = new ArrayList<>(List.of(loss));
      graph.outputs().values().stream().filter(v -> v != loss).forEach(roots::add);
      cuts = new Cuts(roots);
      textbook = Textbook.of(graph.ops());
      Backward backward = new Backward(loss, wrt, cuts, textbook);
      found = backward.run();
      symbols = backward.symbols();
      names = new WrittenNames(loss);
    }

    TextbookDerivation explanation() {
      List<Textbook.Rewritten> forms = new ArrayList<>();
      List<Value> forward = new ArrayList<>();
      Set<Value> known = new HashSet<>();
      List<Value> open = new ArrayList<>(cuts.nodes().stream().filter(this::isLine).toList());
      found.forEach(line -> open.addAll(named(line.form().value())));
      Map<Value, Textbook.Rewritten> definitions = new HashMap<>();
      while (!open.isEmpty()) {
        Value value = open.removeLast();
        if (isLine(value) && known.add(value)) {
          Textbook.Rewritten form = textbook.rewrite(value, cuts::isCut);
          definitions.put(value, form);
          open.addAll(named(form.value()));
          forward.add(value);
        }
      }
      forward.sort(Comparator.comparingInt(v -> v == loss ? Integer.MAX_VALUE : v.id()));
      forward.forEach(names::of);
      symbols.forEach((value, symbol) -> names.gradient(symbol, value));
      forward.forEach(value -> forms.add(Objects.requireNonNull(definitions.get(value))));
      found.forEach(line -> forms.add(line.form()));
      Expressions expressions = expressions(forms);
      Details details = new Details(names, expressions, cuts);
      ImmutableList.Builder<Line> lines = ImmutableList.builder();
      for (Value value : forward) {
        Textbook.Rewritten form = Objects.requireNonNull(definitions.get(value));
        Line.Kind kind = value == loss ? Line.Kind.COST : Line.Kind.FORWARD;
        Equation equation = new Equation(names.of(value), right(expressions, value, form));
        lines.add(
            new Line(kind, equation, value, form.value(), remarks(form), details.rewritings(form)));
      }
      for (Backward.Found line : found) {
        Line.Kind kind = line.of() instanceof Apply ? Line.Kind.DELTA : Line.Kind.GRADIENT;
        Equation equation =
            new Equation(names.gradientOf(line.of()), expressions.of(line.form().value()));
        lines.add(
            new Line(
                kind,
                equation,
                line.of(),
                line.form().value(),
                remarks(line.form()),
                details.of(line)));
      }
      return new TextbookDerivation(lines.build());
    }

    /** What rewriting made of a definition; where it made nothing, the definition. */
    private static Expression right(Expressions expressions, Value value, Textbook.Rewritten form) {
      return form.value() == value ? expressions.definition(value) : expressions.of(form.value());
    }

    private boolean isLine(Value value) {
      return value instanceof Apply && cuts.isCut(value);
    }

    private List<Value> named(Value form) {
      return cuts.within(form).stream().filter(this::isLine).toList();
    }

    private static List<String> remarks(Textbook.Rewritten form) {
      Set<String> remarks = new LinkedHashSet<>();
      form.steps().forEach(step -> remarks.add(step.rule().assuming()));
      remarks.remove("");
      return List.copyOf(remarks);
    }

    private Expressions expressions(List<Textbook.Rewritten> forms) {
      Set<String> penalties = new TreeSet<>();
      for (Value value : Reachable.from(forms.stream().map(Textbook.Rewritten::value).toList())) {
        Symbol.name(value).filter(name -> name.startsWith("lambda")).ifPresent(penalties::add);
      }
      Set<OpId> unusual = new HashSet<>();
      for (Value value : cuts.nodes()) {
        if (value instanceof Apply node
            && !Expressions.written(node, node.op()).equals(Expressions.usual(node.op()))) {
          unusual.add(node.op().id());
        }
      }
      Set<Value> standIns = new HashSet<>(symbols.values());
      return new Expressions(
          names,
          value -> cuts.isCut(value) || standIns.contains(value),
          penalties.size() > 1,
          op -> unusual.contains(op.id()));
    }
  }
}
