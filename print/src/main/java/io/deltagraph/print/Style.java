package io.deltagraph.print;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.Value;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.stream.Collectors;

/** How formulas are written: as plain text or as LaTeX. */
enum Style {
  /** Unicode text, one formula a line. */
  TEXT(100) {
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
      return Escapes.controls(notation.text());
    }

    @Override
    String word(String word) {
      return Escapes.controls(word);
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
  LATEX(240) {
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
      return Escapes.controls(notation.latex());
    }

    @Override
    String word(String word) {
      return "\\mathit{" + Escapes.latex(word) + "}";
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
          yield exponent < 0
              ? number
              : number.substring(0, exponent)
                  + " \\cdot 10^{"
                  + number.substring(exponent + 1)
                  + "}";
        }
      };
    }
  };

  private final int width;

  Style(int width) {
    this.width = width;
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
      default -> data.toString();
    };
  }
}
