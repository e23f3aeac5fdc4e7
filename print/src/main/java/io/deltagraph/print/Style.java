package io.deltagraph.print;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.Shown;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How formulas are written: as plain text or as LaTeX. */
enum Style {
  /** Unicode text, one formula a line. */
  TEXT(100, Integer.MAX_VALUE) {
    @Override
    String name(String name) {
      return Escapes.text(name);
    }

    @Override
    String number(int id) {
      return "%" + id;
    }

    @Override
    String template(Notation notation) {
      return Shown.line(notation.text());
    }

    @Override
    String word(String word) {
      return Shown.line(word);
    }

    @Override
    String parenthesised(String formula) {
      return "(" + formula + ")";
    }

    @Override
    String annotated(String formula, String settings) {
      return "(" + formula + " {" + settings + "})";
    }

    @Override
    String list(List<String> elements) {
      return "[" + String.join(", ", elements) + "]";
    }

    @Override
    String type(TensorType type) {
      return type.toString();
    }

    @Override
    String constant(String number) {
      return number;
    }
  },
  /** LaTeX for mathematics mode. */
  LATEX(60, 60) {
    @Override
    String name(String name) {
      return Escapes.latexName(name);
    }

    @Override
    String number(int id) {
      return "v_{" + id + "}";
    }

    @Override
    String template(Notation notation) {
      return Shown.line(notation.latex());
    }

    @Override
    String word(String word) {
      return "\\text{" + Escapes.latex(word) + "}";
    }

    @Override
    String parenthesised(String formula) {
      return "\\left(" + formula + "\\right)";
    }

    @Override
    String annotated(String formula, String settings) {
      return "\\left." + formula + "\\right|_{" + settings + "}";
    }

    @Override
    String list(List<String> elements) {
      return "\\left[" + String.join(", ", elements) + "\\right]";
    }

    @Override
    String type(TensorType type) {
      String set =
          switch (type.dtype()) {
            case F64, F32 -> "\\mathbb{R}";
            case I64, I32 -> "\\mathbb{Z}";
            case BOOL -> "\\mathbb{B}";
          };
      return type.rank() == 0
          ? set
          : type.shape().dims().stream()
              .map(dim -> Escapes.latexName(dim.toString()))
              .collect(Collectors.joining(" \\times ", set + "^{", "}"));
    }

    @Override
    String constant(String number) {
      return switch (number) {
        case "Infinity" -> "\\infty";
        case "-Infinity" -> "-\\infty";
        case "NaN", "true", "false" -> "\\mathrm{" + number + "}";
        default -> {
          int exponent = number.indexOf('E');
          String factor = exponent < 0 ? number : number.substring(0, exponent);
          String power = "10^{" + number.substring(exponent + 1) + "}";
          yield exponent < 0
              ? number
              : factor.equals("1.0") ? power : factor.replaceAll("\\.0$", "") + " \\cdot " + power;
        }
      };
    }

    // Glyphs, about: commands that set none count nothing, operators with their space three, as
    // functions do.
    @Override
    int length(String formula) {
      return SILENT
          .matcher(OPERATORS.matcher(formula).replaceAll("mmm"))
          .replaceAll("")
          .replaceAll("\\\\(?:[A-Za-z]+|.)", "m")
          .length();
    }

    // Numbers over 1 and times 1, which templates make of attributes, are those numbers.
    @Override
    String simplified(String formula) {
      return formula
          .replaceAll("([0-9]) \\\\cdot 1(?![0-9.])", "$1")
          .replaceAll("\\\\t?frac\\{([0-9.]+)\\}\\{1\\}", "$1");
    }
  };

  private static final Pattern OPERATORS =
      Pattern.compile(
          "\\\\(?:odot|in|times|cdot|land|lor|le|ge|ne|quad|tanh|exp|sin|cos|max|min)\\b|[-=<>+,]");
  private static final Pattern SILENT =
      Pattern.compile(
          "\\\\(?:text|operatorname|mathbb|left|right|frac|tfrac)\\b|(?<!\\\\)[{}_^]|\\s");

  private final int width;
  private final int line;

  Style(int width, int line) {
    this.width = width;
    this.line = line;
  }

  /** What a line may hold before its parts get lines of their own. */
  int line() {
    return line;
  }

  /** How long a formula is where it is read. */
  int length(String formula) {
    return formula.length();
  }

  /** A formula without arithmetic that says nothing. */
  String simplified(String formula) {
    return formula;
  }

  /** The characters above which a part of a formula gets a line of its own. */
  int width() {
    return width;
  }

  /** A name of the user's. */
  abstract String name(String name);

  /** What stands for a value without a name. */
  abstract String number(int id);

  /** The template of an op. */
  abstract String template(Notation notation);

  /** An attribute's name or text. */
  abstract String word(String word);

  abstract String parenthesised(String formula);

  /** A formula with attributes that its notation has no place for. */
  abstract String annotated(String formula, String settings);

  abstract String list(List<String> elements);

  /** What stands for the outputs of a node: a single one as it is. */
  String tuple(List<String> values) {
    return values.size() == 1 ? values.getFirst() : parenthesised(String.join(", ", values));
  }

  abstract String type(TensorType type);

  /** A number as {@link NumberText} writes it. */
  abstract String constant(String number);

  /** What a value is called. */
  String label(Value value) {
    return value.name().map(this::name).orElseGet(() -> number(value.id()));
  }

  /** An attribute as plain data. */
  String attribute(Object data) {
    return switch (data) {
      case Double number -> constant(NumberText.text(number));
      case List<?> list ->
          list(list.stream().map(this::attribute).collect(ImmutableList.toImmutableList()));
      case String text -> word(text);
      case Boolean flag -> constant(flag.toString());
      default -> data.toString();
    };
  }
}
