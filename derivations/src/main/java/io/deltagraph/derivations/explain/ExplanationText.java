package io.deltagraph.derivations.explain;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.derivations.language.DerivationWriter;
import io.deltagraph.derivations.language.Expression;
import java.util.Map;
import java.util.stream.Collectors;

/** A derivation as lines that can be read back; all that is no equation is a comment. */
final class ExplanationText {
  private static final Map<String, String> ASCII =
      ImmutableMap.<String, String>builder()
          .put("⊙", ".*")
          .put("ᵀ", ".T")
          .put("→", "->")
          .put("−", "-")
          .put("±", "+-")
          .put("×", "x")
          .put("²", "^2")
          .put("½", "1/2")
          .put("Σ", "sum")
          .put("σ", "sigma")
          .put("Φ", "Phi")
          .put("λ", "lambda")
          .put("α", "alpha")
          .put("δ", "delta")
          .buildOrThrow();

  private final DerivationWriter writer;
  private final StringBuilder text = new StringBuilder();

  private ExplanationText(DerivationWriter writer) {
    this.writer = writer;
  }

  static String of(TextbookDerivation explanation, DerivationWriter writer, boolean steps) {
    ExplanationText text = new ExplanationText(writer);
    for (Line line : explanation.lines()) {
      line.remarks().forEach(remark -> text.comment("", remark));
      text.text.append(writer.write(line.equation())).append('\n');
      if (steps) {
        line.details().forEach(text::detail);
        text.text.append('\n');
      }
    }
    return text.text.toString().stripTrailing() + "\n";
  }

  private void comment(String indent, String what) {
    text.append("# ").append(indent).append(plain(what)).append('\n');
  }

  /** The names of rules have mathematical signs. */
  private String plain(String what) {
    String result = what;
    if (writer == DerivationWriter.ASCII) {
      for (Map.Entry<String, String> sign : ASCII.entrySet()) {
        result = result.replace(sign.getKey(), sign.getValue());
      }
    }
    return result;
  }

  private void detail(Detail detail) {
    comment(
        "  ", DetailSentence.of(detail).stream().map(this::piece).collect(Collectors.joining()));
  }

  private String piece(DetailSentence.Piece piece) {
    return switch (piece) {
      case DetailSentence.Piece.Words(String words) -> words;
      case DetailSentence.Piece.RuleName(String rule) -> rule;
      case DetailSentence.Piece.Formula(Expression formula) -> writer.write(formula);
      case DetailSentence.Piece.Equal(Expression left, Expression right) ->
          writer.write(left) + " = " + writer.write(right);
    };
  }
}
