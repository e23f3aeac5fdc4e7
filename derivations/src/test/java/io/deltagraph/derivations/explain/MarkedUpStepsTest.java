package io.deltagraph.derivations.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.derivations.language.Equation;
import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Steps in LaTeX and MathML are well formed, whatever the net, and say what those in text say. */
class MarkedUpStepsTest {
  private static final int NETS = 40;

  private final OpRegistry ops = OpRegistry.load();

  private static Document mathml(TextbookDerivation derivation) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(derivation.mathml(true))));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(derivation.mathml(true), e);
    }
  }

  /** What a reader sees, without the spaces. */
  private static String plain(String text) {
    return text.replaceAll("[\\s\\u00a0\\u2062]", "");
  }

  /** Braces and dollars match; formulas end in the row and at the depth that they began at. */
  private static void isBalanced(String latex) {
    int depth = 0;
    int outside = -1;
    boolean balanced = true;
    for (int i = 0; i < latex.length(); i++) {
      char sign = latex.charAt(i);
      if (sign == '\\') {
        i++;
      } else if (sign == '$') {
        balanced &= outside < 0 || outside == depth;
        outside = outside < 0 ? depth : -1;
      } else if (sign == '{' || sign == '}') {
        depth += sign == '{' ? 1 : -1;
        balanced &= depth >= Math.max(outside, 0);
      } else if (sign == '\n') {
        balanced &= outside < 0;
      }
    }
    assertThat(balanced && depth == 0 && outside < 0).as(latex).isTrue();
    assertThat(latex.split("begin\\{align\\*}", -1)).hasSameSizeAs(latex.split("\\\\end\\{", -1));
  }

  @Test
  void stepsOfAnyNetAreWellFormed() {
    Set<Class<?>> kinds = new HashSet<>();
    for (int seed = 0; seed < NETS; seed++) {
      TextbookDerivation derivation = TextbookDerivation.of(GeneratedNet.of(ops, seed).network());
      List<Detail> details =
          derivation.lines().stream().flatMap(line -> line.details().stream()).toList();
      details.forEach(detail -> kinds.add(detail.getClass()));

      Document table = mathml(derivation);
      String replay = "seed " + seed;
      assertThat(table.getElementsByTagName("mtr").getLength())
          .as(replay)
          .isEqualTo(derivation.lines().size() + details.size());
      String seen = plain(table.getDocumentElement().getTextContent());
      String latex = derivation.latex(true);
      isBalanced(latex);
      assertThat(latex).as(replay).matches("\\p{ASCII}*");
      assertThat(latex.split("\\\\par\\\\noindent", -1)).as(replay).hasSize(details.size() + 1);
      for (Detail detail : details) {
        if (detail instanceof Detail.Rewriting rewriting) {
          assertThat(seen).as(replay).contains(plain(rewriting.rule()));
          assertThat(latex).as(replay).contains(LatexWords.of(rewriting.rule()));
        }
      }
    }
    assertThat(kinds)
        .containsExactlyInAnyOrder(
            Detail.Chain.class,
            Detail.Accumulation.class,
            Detail.Local.class,
            Detail.Rewriting.class);
  }

  /** A rule of a plugin is called what its author likes. */
  @Test
  void aRuleWithAnyNameIsWellFormed() {
    GraphBuilder builder = new GraphBuilder(ops);
    Name left = Name.value("A", 1);
    String rule = "a_b < 50% & {c} ≠ \\d$ ^~ #1 é ⊙";
    Line line =
        new Line(
            Line.Kind.FORWARD,
            new Equation(left, new Expression.Numeral(0.0001)),
            builder.input("A", TensorType.of(DType.F64)),
            builder.constant(Tensor.scalar(0.0001)),
            List.of(),
            List.of(new Detail.Rewriting(rule, left, new Expression.Numeral(1e-4))));
    TextbookDerivation derivation = new TextbookDerivation(List.of(line));

    assertThat(plain(mathml(derivation).getDocumentElement().getTextContent()))
        .isEqualTo("A1=0.0001" + "A1=0.0001bytherule:" + plain(rule));
    String latex = derivation.latex(true);
    isBalanced(latex);
    assertThat(latex)
        .contains(
            "$A_{1} = 0.0001$    by the rule: \\emph{a\\_b $<$ 50\\% \\& \\{c\\} (U+2260)"
                + " $\\backslash$d\\$ \\^{}\\~{} \\#1 é $\\odot$}");
  }

  /** The rules of the cost, which is behind every delta, are shown where the cost is. */
  @Test
  void noStepIsShownTwice() {
    for (int seed = 0; seed < NETS; seed++) {
      TextbookDerivation derivation = TextbookDerivation.of(GeneratedNet.of(ops, seed).network());
      List<Detail> rewritings =
          derivation.lines().stream()
              .flatMap(line -> line.details().stream())
              .filter(Detail.Rewriting.class::isInstance)
              .toList();
      assertThat(rewritings).as("seed %d", seed).doesNotHaveDuplicates();
    }
  }
}
