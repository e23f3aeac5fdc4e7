package io.deltagraph.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.MoreCollectors;
import io.deltagraph.check.Bounds;
import io.deltagraph.check.Clues;
import io.deltagraph.check.Diagnosis;
import io.deltagraph.check.Slip;
import io.deltagraph.check.Symptom;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every op of docs/op-authors.md does what the guide says of it: good and poor ones pass their
 * contract, bad ones fail the check named below them with the words quoted there.
 */
class OpAuthorsTest {
  private static final Path GUIDE = Workplace.root().resolve("docs/op-authors.md");
  private static final String MARK = "// ✗ ";
  private static final String MEMBER =
      "public Lane forward(NoAttributes none, Lanes x) { return x.get(0).%s; }\n";

  private static final TensorType SQUARE = TensorType.of(DType.F64, 3, 3);

  @TempDir Path folder;

  /** An op, and for a bad one what its check says. */
  record Shown(int line, String verdict, String code, Optional<String> quote) {
    void hold(Path empty) throws Exception {
      ImmutableMap<String, String> outcome = new Snippet(code).outcome(empty);
      String failed =
          outcome.entrySet().stream()
              .filter(check -> !check.getValue().isEmpty())
              .map(check -> check.getKey() + ": " + check.getValue())
              .collect(Collectors.joining("\n"));
      if (quote.isEmpty()) {
        assertThat(failed).as("the %s op at line %d passes", verdict, line).isEmpty();
        return;
      }
      List<String> parts = Splitter.on(": ").limit(2).splitToList(oneLine(quote.get()));
      assertThat(outcome).as("the check at line %d", line).containsKey(parts.getFirst());
      String message = oneLine(outcome.getOrDefault(parts.getFirst(), ""));
      assertThat(said(parts.getLast(), message))
          .as("line %d: '%s' is in: %s\nfailed: %s", line, parts.getLast(), message, failed)
          .isTrue();
    }
  }

  /** Whether the pieces between dots stand in the message in their order. */
  private static boolean said(String quote, String message) {
    String pattern =
        Splitter.on('…')
            .trimResults()
            .splitToStream(quote)
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return !message.isEmpty() && Pattern.compile(pattern).matcher(message).find();
  }

  private static String oneLine(String text) {
    return CharMatcher.whitespace().trimAndCollapseFrom(text, ' ');
  }

  /** The ops of a text; a block that does not say what it is, or a bad one not why, is refused. */
  private static ImmutableList<Shown> shown(String markdown) {
    ImmutableList.Builder<Shown> shown = ImmutableList.builder();
    for (Block block : Block.of(markdown)) {
      int mark = block.text().indexOf(MARK);
      boolean bad = block.file().equals("bad");
      boolean passes = block.file().equals("good") || block.file().equals("poor");
      if (!block.language().equals("java") || !(bad || passes) || bad != mark >= 0) {
        throw new AssertionError(
            "docs/op-authors.md:" + block.line() + ": nothing tests this block.\n" + block.text());
      }
      Optional<String> quote =
          bad
              ? Optional.of(block.text().substring(mark + MARK.length()).replace("\n//", "\n"))
              : Optional.empty();
      shown.add(new Shown(block.line(), block.file(), block.text(), quote));
    }
    return shown.build();
  }

  private Path empty() throws IOException {
    return Files.createTempDirectory(folder, "op");
  }

  @TestFactory
  Stream<DynamicTest> everyOpIsAsTheGuideSays() throws IOException {
    ImmutableList<Shown> shown = shown(Files.readString(GUIDE));
    assertThat(shown.stream().filter(op -> op.quote().isPresent()).count()).isGreaterThan(15);
    return shown.stream()
        .map(op ->
            DynamicTest.dynamicTest(
                "line " + op.line() + ", " + op.verdict(), () -> op.hold(empty())));
  }

  /** What the kit is said to say of wrong gradients is among the sentences of its causes. */
  @Test
  void everyCauseInTheTableIsSaid() throws IOException {
    String sentences = sentences();
    List<String> quoted = new ArrayList<>();
    Files.readString(GUIDE)
        .lines()
        .dropWhile(line -> !line.startsWith("| The kit says"))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Splitter.on('|').splitToList(line).get(1))
        .forEach(cell ->
            Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .forEach(m -> quoted.add(m.group(1))));
    assertThat(quoted)
        .hasSizeGreaterThan(8)
        .allSatisfy(text -> assertThat(sentences).contains(text));
  }

  private static String sentences() {
    Tensor right = Tensor.generate(SQUARE, i -> Math.sin(i + 1));
    Clues six = Clues.NONE.count(6, "elements folded into one");
    double accuracy = Bounds.FINITE_DIFFERENCES;
    return Stream.concat(
            DoubleStream.of(-1, 2, 0.5, 6)
                .mapToObj(by -> Tensor.generate(SQUARE, i -> by * right.get(i)))
                .map(wrong -> Diagnosis.of(wrong, right, accuracy, six).sentence()),
            Stream.of(
                Diagnosis.of(Tensor.generate(SQUARE, Math::cos), right).sentence(),
                new Slip.Transposed("").sentence(),
                new Slip.MissingSum(List.of(0)).sentence(),
                Slip.MissingOperand.factor("input 1").sentence(),
                new Slip.ExtraOperand("input 1").sentence(),
                new Slip.MissingIncoming("the gradient from above").sentence(),
                new Slip.WrongOperand("input 0", "the output").sentence(),
                new Slip.WrongFactor("input 0", "the output").sentence(),
                new Slip.Sign("the operand 'x' of a 'subtract'").sentence(),
                new Symptom.RoughForward(1e-3, 1e-6).sentence(),
                new Symptom.StaleOutput().sentence()))
        .collect(Collectors.joining("\n"));
  }

  /** The two forms of max(x, 0) report at 0 what the guide says. */
  @Test
  void theValueAtAKinkIsAChoice() throws Exception {
    assertThat(atZero(".maximum(x.get(0).constant(0)); }")).isEqualTo(0.5);
    assertThat(atZero(".greater(0).select(")).isZero();
  }

  private double atZero(String part) throws Exception {
    Shown only =
        shown(Files.readString(GUIDE)).stream()
            .filter(op -> op.verdict().equals("good") && op.code().contains(part))
            .filter(op -> !op.code().contains("backward"))
            .collect(MoreCollectors.onlyElement());
    return new Snippet(only.code())
        .with(
            empty(),
            contract -> {
              GraphBuilder builder = new GraphBuilder(OpRegistry.load().with(contract.op()));
              Value x = builder.input("x", TensorType.scalar(DType.F64));
              Value gradient = Gradient.of(x.op("acme:example"), List.of(x)).wrt(x);
              return Evaluate.value(gradient, Map.of("x", Tensor.scalar(0))).get(0);
            });
  }

  /** A guide that is wrong in one place fails there. */
  @Test
  void aWrongGuideIsFound() throws Exception {
    String wrong = MEMBER.formatted("log()");
    String right = MEMBER.formatted("sin()");
    String check = "finite inside its domain: ";
    refuted("good", wrong, Optional.empty(), "gives NaN inside its domain");
    refuted("bad", right, Optional.of(check + "… gives NaN"), "gives NaN");
    refuted("bad", wrong, Optional.of(check + "… gives Infinity"), "gives NaN inside");
    refuted("bad", wrong, Optional.of("finite: … gives NaN"), "finite inside its domain");
    refuted("good", MEMBER.formatted("sine()"), Optional.empty(), "does not compile");
    new Shown(1, "good", right, Optional.empty()).hold(empty());
    new Shown(1, "bad", wrong, Optional.of(check + "… gives NaN")).hold(empty());
  }

  private void refuted(String verdict, String code, Optional<String> quote, String message)
      throws IOException {
    Shown shown = new Shown(1, verdict, code, quote);
    Path empty = empty();
    assertThatThrownBy(() -> shown.hold(empty))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatNothingTestsIsRefused() {
    assertThat(shown("```java good\na\n```\n```java bad\nb\n// ✗ c: d\n```\n")).hasSize(2);
    for (String text :
        List.of(
            "```java bad\na\n```\n",
            "```java\na\n```\n",
            "```java good\na\n// ✗ b: c\n```\n",
            "```text\nb\n```\n",
            "```sh\nls\n```\n")) {
      assertThatThrownBy(() -> shown(text))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("nothing tests this block");
    }
  }
}
