package io.deltagraph.print;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.RawKernel;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrinterTest {
  private GraphBuilder builder;
  private Value a;
  private Value b;
  private Value c;

  @BeforeEach
  void makeInputs() {
    builder = new GraphBuilder(SampleOps.registry());
    a = builder.input("a", TensorType.of(DType.F64, 2, 2));
    b = builder.input("b", TensorType.of(DType.F64, 2, 2));
    c = builder.input("c", TensorType.of(DType.F64, 2, 2));
  }

  private static Graph step() {
    return SampleOps.step(new GraphBuilder(SampleOps.registry()));
  }

  private static String golden(String name) throws IOException {
    return Resources.toString(
        Resources.getResource(PrinterTest.class, name), StandardCharsets.UTF_8);
  }

  /** The formula of a value as it stands after the equals sign. */
  private static String formula(Value value) {
    String head = value.label() + ": " + value.type() + " = ";
    return Splitter.on('\n')
        .splitToStream(Printer.of(List.of(value)).text())
        .filter(line -> line.startsWith(head))
        .findFirst()
        .orElseThrow()
        .substring(head.length());
  }

  @Test
  void printsAStepAsText() throws IOException {
    assertThat(Printer.of(step()).text()).isEqualTo(golden("step.txt"));
  }

  @Test
  void printsAStepAsLatex() throws IOException {
    assertThat(Printer.of(step()).latex()).isEqualTo(golden("step.tex"));
  }

  @Test
  void drawsAStepWithItsGradientFramed() throws IOException {
    Graph graph = step();
    int forward = graph.output("loss").id();
    assertThat(Printer.of(graph).dot(value -> value.id() > forward ? "gradient" : ""))
        .isEqualTo(golden("step.dot"));
  }

  @Test
  void putsParenthesesWhereReadingWouldDiffer() {
    assertThat(formula(a.minus(b).minus(c))).isEqualTo("a − b − c");
    assertThat(formula(a.minus(b.minus(c)))).isEqualTo("a − (b − c)");
    assertThat(formula(a.plus(b).times(c))).isEqualTo("(a + b) ⊙ c");
    assertThat(formula(a.plus(b.times(c)))).isEqualTo("a + b ⊙ c");
    assertThat(formula(a.matmul(b.times(c)))).isEqualTo("a · (b ⊙ c)");
    assertThat(formula(a.plus(b).negate())).isEqualTo("−(a + b)");
    assertThat(formula(a.negate().negate())).isEqualTo("−(−a)");
    assertThat(formula(a.negate().square())).isEqualTo("(−a)²");
    assertThat(formula(a.square().square())).isEqualTo("(a²)²");
    assertThat(formula(a.times(-1).square())).isEqualTo("(a ⊙ (-1))²");
    assertThat(formula(a.plus(b).tanh())).isEqualTo("tanh(a + b)");
  }

  @Test
  void putsSignsBehindOperatorsInParentheses() {
    assertThat(formula(a.minus(b.negate()))).isEqualTo("a − (−b)");
    assertThat(formula(a.times(-2))).isEqualTo("a ⊙ (-2)");
    assertThat(formula(a.constant(-2).times(a))).isEqualTo("-2 ⊙ a");
    assertThat(formula(a.plus(b.negate().times(c)))).isEqualTo("a + (−b ⊙ c)");
    assertThat(formula(a.negate().plus(b))).isEqualTo("−a + b");
    assertThat(formula(a.op("acme:scale", ImmutableMap.of("factor", -3.0)).negate()))
        .isEqualTo("−(-3 a)");
    assertThat(formula(b.plus(a.op("acme:scale", ImmutableMap.of("factor", -3.0)))))
        .isEqualTo("b + (-3 a)");
    assertThat(Printer.of(List.of(a.minus(b.negate()).named("y"))).latex())
        .contains("y &= a - \\left(-b\\right) \\quad");
  }

  @Test
  void nestsPowersTransposesAndProducts() {
    assertThat(formula(a.plus(b).transpose())).isEqualTo("(a + b)ᵀ");
    assertThat(formula(a.transpose().transpose())).isEqualTo("(aᵀ)ᵀ");
    assertThat(formula(a.square().transpose())).isEqualTo("(a²)ᵀ");
    assertThat(formula(a.matmul(b).matmul(c))).isEqualTo("a · b · c");
    assertThat(formula(a.matmul(b.matmul(c)))).isEqualTo("a · (b · c)");
    Value delta = builder.input("delta_2", a.type());
    Value rate = builder.input("learning_rate", a.type());
    assertThat(Printer.of(List.of(delta.times(rate).named("y"))).latex())
        .contains("y &= \\delta_{2} \\odot \\text{learning\\_rate} \\quad");
  }

  @Test
  void namesWhatIsSharedAndKeepsTheUsersNames() {
    Value shared = a.plus(b);
    Value named = c.square().named("s");
    assertThat(Printer.of(List.of(shared.times(shared).plus(named).named("y"))).text())
        .isEqualTo(
            """
            input a: f64[2, 2]
            input b: f64[2, 2]
            input c: f64[2, 2]
            %3: f64[2, 2] = a + b
            s: f64[2, 2] = c²
            y: f64[2, 2] = %3 ⊙ %3 + s
            output y
            """);
  }

  /** What both outputs are made of is written once, where it stands; unread ones are there too. */
  @Test
  void printsANodeOfSeveralOutputsOnce() {
    Tuple extremes = builder.tuple(new SampleOps.Extremes(), NoAttributes.NONE, List.of(a.plus(b)));
    Value least = extremes.part("least").named("low");
    Value range = extremes.part("greatest").minus(least).named("range");
    assertThat(Printer.of(List.of(range)).text())
        .isEqualTo(
            """
            input a: f64[2, 2]
            input b: f64[2, 2]
            low: f64[], %5: f64[] = extremes(a + b)
            range: f64[] = %5 − low
            output range
            """);
    assertThat(Printer.of(List.of(least)).text())
        .endsWith("low: f64[], %5: f64[] = extremes(a + b)\noutput low\n");
    assertThat(Printer.of(List.of(range)).latex())
        .contains(
            "\\left(\\text{low}, v_{5}\\right) &= \\operatorname{extremes}\\left(a + b\\right) \\quad\\in"
                + " \\mathbb{R} \\times \\mathbb{R} \\\\");
    assertThat(Printer.of(builder.graph(ImmutableMap.of("low", least, "range", range))).dot())
        .contains(
            """
              n4 [label="extremes\\nlow = least: f64[]\\ngreatest: f64[]", shape=box, style="filled,rounded"];
            """,
            """
              n3 -> n4;
              n4 -> n6 [label="left", taillabel="greatest"];
              n4 -> n6 [label="right", taillabel="least"];
            """,
            "n4 -> o0 [style=bold, taillabel=\"least\"];\n")
        .doesNotContain("n5");
  }

  @Test
  void staysLinearWhereTheTreeIsExponential() {
    Value value = a;
    for (int i = 0; i < 60; i++) {
      value = value.times(value);
    }
    Printer printer = Printer.of(List.of(value));
    assertThat(printer.text().lines()).hasSize(62);
    assertThat(printer.text()).hasSizeLessThan(62 * 40);
    assertThat(printer.latex().lines()).hasSize(67);
    assertThat(printer.dot().lines()).hasSize(6 + 61 + 120 + 2);
  }

  @Test
  void printsAChainOfTwentyThousandNodesInShortLines() {
    Value value = a;
    for (int i = 0; i < 20_000; i++) {
      value = i % 2 == 0 ? value.tanh() : value.negate();
    }
    Printer printer = Printer.of(List.of(value));
    String text = printer.text();
    assertThat(text.split("tanh", -1)).hasSize(10_001);
    assertThat(text.split("−", -1)).hasSize(10_001);
    assertThat(text.lines().mapToInt(String::length).max().orElseThrow()).isLessThan(160);
    assertThat(printer.latex().split("tanh", -1)).hasSize(10_001);
    assertThat(printer.latex().lines().mapToInt(String::length).max().orElseThrow())
        .isLessThan(500);
    assertThat(printer.dot().split(" -> ", -1)).hasSize(20_002);
  }

  @Test
  void showsAttributesThatDifferFromTheirDefaults() {
    assertThat(formula(a.sum())).isEqualTo("sum(a)");
    assertThat(formula(a.sum(List.of(0), true))).isEqualTo("sum(a, axes = [0], keepdims = true)");
    assertThat(Printer.of(List.of(a.sum(List.of(0), false))).latex())
        .contains("\\left.\\sum a\\right|_{\\text{axes} = \\left[0\\right]}");
    Value scaled = a.plus(b).op("acme:scale", ImmutableMap.of("factor", 2.5));
    assertThat(formula(scaled)).isEqualTo("2.5 (a + b)");
    Value noted = a.op("acme:scale", ImmutableMap.of("factor", 1e-9, "note", "why"));
    assertThat(formula(noted)).isEqualTo("(1.0E-9 a {note = why})");
    assertThat(Printer.of(List.of(noted)).latex())
        .contains("\\left.10^{-9}\\,a\\right|_{\\text{note} = \\text{why}}");
  }

  @Test
  void showsACompositeAsOneNode() {
    assertThat(formula(a.op("acme:twice"))).isEqualTo("acme:twice(a)");
  }

  @Test
  void showsConstantsByTheirNumbers() {
    Value f32 = builder.constant(Tensor.of(TensorType.scalar(DType.F32), 0.1f));
    assertThat(formula(f32.negate())).isEqualTo("−0.1");
    assertThat(formula(a.times(Double.NaN).plus(-0.0))).isEqualTo("a ⊙ NaN + (-0.0)");
    Value many = builder.constant(Tensor.vector(1, 2.5, -3, 4, 5, 6, 7));
    assertThat(formula(many)).isEqualTo("[1, 2.5, -3, 4, 5, 6, ...]");
    assertThat(Printer.of(List.of(a.times(Double.NEGATIVE_INFINITY))).latex())
        .contains("a \\odot \\left(-\\infty\\right)");
  }

  @Test
  void showsARawBackwardRuleByItsName() {
    RawKernel kernel = new RawKernel(OpId.of("acme:odd.backward"), 1, (inputs, output) -> {});
    Value raw = builder.apply(kernel, new RawKernel.Of(a.type(), NoAttributes.NONE), List.of(a));
    assertThat(formula(raw)).isEqualTo("acme:odd.backward(a)");
    assertThat(Printer.of(List.of(raw)).dot()).contains("label=\"acme:odd.backward\\nf64[2, 2]\"");
  }

  @Test
  void escapesHostileNames() {
    Value evil = a.square().named("x\"]; evil [label=\"\\N&lt;\n\u001b[31m\u202e");
    assertThat(Printer.of(List.of(evil)).dot())
        .contains(
            "label=\"x\\\"]; evil [label=\\\"\\\\N&amp;lt;\\\\u000a\\\\u001b[31m\\\\u202e = square\\n")
        .doesNotContain("\u001b", "\u202e");
    Value spaced = b.square().named("a + b's");
    assertThat(Printer.of(List.of(evil, spaced)).text())
        .contains("'a + b\\'s': f64[2, 2] = b²")
        .doesNotContain("\u001b", "\u202e");
    Value tex = c.square().named("50%_\\input{x}$^~#&");
    assertThat(Printer.of(List.of(tex)).latex())
        .contains(
            "\\text{50\\%\\_\\textbackslash{}input\\{x\\}\\$\\textasciicircum{}\\textasciitilde{}\\#\\&} &= {c}^{2} \\quad\\in");
  }

  @Test
  void writesIndicesInLatex() {
    Value w = builder.input("W_12", TensorType.of(DType.F32, 2, 2));
    assertThat(Printer.of(List.of(w.transpose().named("weights"))).latex())
        .isEqualTo(
            """
            {\\allowdisplaybreaks
            \\begin{align*}
            W_{12} &\\in \\mathbb{R}^{2 \\times 2}
            \\end{align*}
            \\begin{align*}
            \\text{weights} &= W_{12}^\\top \\quad\\in \\mathbb{R}^{2 \\times 2}
            \\end{align*}
            }
            """);
  }

  @Test
  void leavesBracesOfLatexAlone() {
    Template template = Template.parse("\\frac{{0}}{{1:p}}^{2}{axis}{other}{*}", 2, Set.of("axis"));
    assertThat(template.parts())
        .containsExactly(
            new Template.Text("\\frac{"),
            new Template.Operand(0, false, false),
            new Template.Text("}{"),
            new Template.Operand(1, true, false),
            new Template.Text("}^{2}"),
            new Template.Setting("axis"),
            new Template.Text("{other}"),
            new Template.All());
  }

  @Test
  void setsWhatLatexHasLettersForAndNumbersTheRest() {
    Value named = a.plus(b).named("Größe ü<δ 中");
    assertThat(Printer.of(List.of(named)).latex())
        .contains("\\text{Größe ü\\textless{}(U+03B4) (U+4E2D)} &= a + b");
    assertThat(Printer.of(List.of(a.minus(b).named("ü"))).latex()).contains("\\text{ü} &= a - b");
  }

  @Test
  void noRowOfLatexIsLongerThanAPageIsWide() {
    Value sum = a;
    for (int i = 0; i < 40; i++) {
      sum = sum.plus(b.times(i + 2)).tanh();
    }
    Value wide = sum.times(sum.plus(a)).plus(a.times(b).plus(sum.negate()).tanh());
    assertThat(Printer.of(List.of(wide.named("y"))).latex().lines())
        .hasSizeGreaterThan(15)
        .map(row -> row.replaceAll("^.*&= | .quad.*$| ..$", ""))
        .allMatch(formula -> Style.LATEX.length(formula) <= 60);
  }

  @Test
  void simplifiesNumbersThatTemplatesMakeOfAttributes() {
    assertThat(Style.LATEX.simplified("\\tfrac{0.01}{1} W")).isEqualTo("0.01 W");
    assertThat(Style.LATEX.simplified("\\tfrac{3}{2 \\cdot 1} W")).isEqualTo("\\tfrac{3}{2} W");
    assertThat(Style.LATEX.simplified("2 \\cdot 10^{3}")).isEqualTo("2 \\cdot 10^{3}");
    assertThat(Style.LATEX.simplified("\\frac{a}{1}")).isEqualTo("\\frac{a}{1}");
    assertThat(Style.LATEX.constant("1.0E-9")).isEqualTo("10^{-9}");
    assertThat(Style.LATEX.constant("2.5E-9")).isEqualTo("2.5 \\cdot 10^{-9}");
    assertThat(Style.LATEX.attribute(true)).isEqualTo("\\mathrm{true}");
  }
}
