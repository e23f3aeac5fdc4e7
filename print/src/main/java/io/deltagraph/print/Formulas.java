package io.deltagraph.print;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.Notation.Binding;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One formula per value that has a name, is used more than once or is asked for, and per node of
 * several outputs; the others are written where they are used, unless the formula there would grow
 * too long.
 */
final class Formulas {
  private static final int INLINED = 24;
  private static final int ELEMENTS = 6;

  /** A value that gets a line of its own, or all outputs of a node, and what they equal. */
  record Line(List<? extends Value> values, String formula) {}

  /** What stands for a value within the formulas of others. */
  private record Piece(String text, Binding binding, int nodes) {}

  private final Style style;
  private final Map<Value, Piece> pieces = new HashMap<>();
  private final Set<Tuple> said = new HashSet<>();
  private final ImmutableList.Builder<Line> lines = ImmutableList.builder();

  private Formulas(Style style) {
    this.style = style;
  }

  /** The formulas of values in topological order, with a line for each root. */
  static List<Line> of(List<Value> nodes, Set<Value> roots, Style style) {
    Map<Value, Integer> uses = new HashMap<>();
    Set<Tuple> seen = new HashSet<>();
    for (Value value : nodes) {
      if (value instanceof Apply apply && seen.add(apply.tuple())) {
        apply.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
      }
    }
    Formulas formulas = new Formulas(style);
    Set<Value> bound = new HashSet<>(roots);
    uses.forEach((value, count) -> {
      if (count > 1) {
        bound.add(value);
      }
    });
    nodes.forEach(value -> formulas.add(value, bound.contains(value)));
    return formulas.lines.build();
  }

  private void add(Value value, boolean bound) {
    Piece name = new Piece(style.label(value), Binding.ATOM, 1);
    Piece piece =
        switch (value) {
          case Input input -> name;
          case GraphParameter parameter -> name;
          case Constant constant -> {
            boolean inline = constant.tensor().length() == 1 && constant.name().isEmpty();
            Piece number = constant(constant);
            if (!inline) {
              lines.add(new Line(List.of(value), number.text()));
            }
            yield inline ? number : name;
          }
          case Apply apply when apply.tuple().parts().size() > 1 -> {
            if (said.add(apply.tuple())) {
              lines.add(new Line(apply.tuple().parts(), formula(apply).text()));
            }
            yield name;
          }
          case Apply apply -> {
            Piece formula = formula(apply);
            boolean inline =
                !bound
                    && apply.name().isEmpty()
                    && formula.nodes() <= INLINED
                    && style.length(formula.text()) <= style.width();
            if (!inline) {
              lines.add(new Line(List.of(value), formula.text()));
            }
            yield inline ? formula : name;
          }
        };
    pieces.put(value, piece);
  }

  private Piece constant(Constant constant) {
    int length = constant.tensor().length();
    List<String> shown =
        new ArrayList<>(
            IntStream.range(0, Math.min(length, ELEMENTS))
                .mapToObj(i -> style.constant(NumberText.text(constant.tensor(), i)))
                .toList());
    if (length == 1) {
      String number = shown.get(0);
      return new Piece(number, number.startsWith("-") ? Binding.PREFIX : Binding.ATOM, 1);
    }
    if (length > ELEMENTS) {
      shown.add("...");
    }
    return new Piece(style.list(shown), Binding.ATOM, 1);
  }

  /** The longest parts of a formula that fills more than a line get lines of their own. */
  private Piece formula(Apply apply) {
    Piece formula = written(apply);
    while (style.length(formula.text()) > style.line()) {
      Value longest = null;
      int most = 0;
      for (Value input : apply.inputs()) {
        int length = style.length(piece(input).text());
        if (input instanceof Apply && !isLabel(input) && length > most) {
          longest = input;
          most = length;
        }
      }
      if (longest == null) {
        return formula;
      }
      lines.add(new Line(List.of(longest), piece(longest).text()));
      pieces.put(longest, new Piece(style.label(longest), Binding.ATOM, 1));
      formula = written(apply);
    }
    return formula;
  }

  private boolean isLabel(Value value) {
    return piece(value).text().equals(style.label(value));
  }

  private Piece written(Apply apply) {
    Notation notation = apply.op().notation();
    Map<String, Object> attributes = attributes(apply);
    Template template =
        Template.parse(style.template(notation), apply.inputs().size(), attributes.keySet());
    Binding binding = notation.binding();
    String filled =
        template.fill(part ->
            switch (part) {
              case Template.Text plain -> plain.text();
              case Template.Setting setting ->
                  style.attribute(attributes.getOrDefault(setting.name(), ""));
              case Template.Operand operand -> operand(apply, operand, binding);
              case Template.All all -> all(apply, template, attributes);
            });
    String text = style.simplified(filled);
    int nodes = 1;
    for (Value input : apply.inputs()) {
      nodes += piece(input).nodes();
    }
    List<String> unsaid = template.listsAll() ? List.of() : unsaid(apply, template, attributes);
    return unsaid.isEmpty()
        ? new Piece(text, binding, nodes)
        : new Piece(style.annotated(text, String.join(", ", unsaid)), Binding.ATOM, nodes);
  }

  private String operand(Apply apply, Template.Operand operand, Binding outer) {
    Piece piece = piece(apply.input(operand.index()));
    boolean parentheses =
        needsParentheses(piece.binding(), outer, operand.leading())
            || isSignBehindOperator(piece.text(), outer, operand.leading());
    return operand.guarded() && parentheses ? style.parenthesised(piece.text()) : piece.text();
  }

  /** Sums and products are read from left to right; nothing else may stand beside its like. */
  private static boolean needsParentheses(Binding inner, Binding outer, boolean leading) {
    boolean chains = leading && (outer == Binding.SUM || outer == Binding.PRODUCT);
    return inner.compareTo(outer) < 0 || (inner == outer && inner != Binding.ATOM && !chains);
  }

  /** {@code a − −b} and {@code a ⊙ -2} are no formulas, nor is {@code a + −b ⊙ c}. */
  private static boolean isSignBehindOperator(String inner, Binding outer, boolean leading) {
    boolean operator = outer == Binding.SUM || outer == Binding.PRODUCT;
    return operator && !leading && (inner.startsWith("-") || inner.startsWith("−"));
  }

  private String all(Apply apply, Template template, Map<String, Object> attributes) {
    List<String> arguments = new ArrayList<>();
    apply.inputs().forEach(input -> arguments.add(piece(input).text()));
    arguments.addAll(unsaid(apply, template, attributes));
    return String.join(", ", arguments);
  }

  /** The attributes that differ from their defaults and that the template does not mention. */
  private List<String> unsaid(Apply apply, Template template, Map<String, Object> attributes) {
    List<String> settings = new ArrayList<>();
    unusual(apply, attributes)
        .forEach((name, value) -> {
          if (!template.mentions(name)) {
            settings.add(style.word(name) + " = " + style.attribute(value));
          }
        });
    return settings;
  }

  private Piece piece(Value value) {
    Piece piece = pieces.get(value);
    return piece == null ? new Piece(style.label(value), Binding.ATOM, 1) : piece;
  }

  /** The attributes that differ from their defaults. */
  static Map<String, Object> unusual(Apply apply) {
    return unusual(apply, attributes(apply));
  }

  private static Map<String, Object> unusual(Apply apply, Map<String, Object> attributes) {
    Map<String, Object> unusual = new LinkedHashMap<>(attributes);
    if (!attributes.isEmpty()) {
      apply
          .op()
          .schema()
          .attributes()
          .forEach(attribute -> {
            Object fallback = attribute.fallback();
            if (fallback != null) {
              Object plain =
                  switch (attribute.kind()) {
                    case INTEGER, NUMBER, FLAG, TEXT, INTEGERS -> fallback;
                    case DTYPE, SHAPE -> fallback.toString();
                  };
              unusual.remove(attribute.name(), plain);
            }
          });
    }
    return unusual;
  }

  /** The attributes as plain data; none for a raw backward rule, whose attributes are not data. */
  private static Map<String, Object> attributes(Apply apply) {
    try {
      return apply.op().schema().write(apply.attributes());
    } catch (GraphException raw) {
      return ImmutableMap.of();
    }
  }
}
