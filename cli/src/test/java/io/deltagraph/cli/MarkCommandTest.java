package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mark} prints and ends with. */
class MarkCommandTest {
  private static final String WRONG =
      """
      # by hand
      E = A2 - T
      δ2 = E
      δ1 = δ2 W2
      dW2 = δ2ᵀ A1
      dW1 = δ1ᵀ X
      db1 = Σ(δ1, 0
      db2 = Σ(δ9, 0)
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("mine.txt"), text);
  }

  @Test
  void whatIsWrongIsSaidUnderItsLine() throws IOException {
    Run run = Run.here("mark", "xor", file(WRONG));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .isEqualTo(
            """
               2   E = A2 - T
               3 ✓·δ2 = E
               4 ✗ δ1 = δ2 W2
                   It lacks a factor: times tanh'(Z1), entry by entry, it is right. The chain rule multiplies by the derivative of each activation on the way.
                   Right: δ1 = (δ2 W2) ⊙ tanh'(Z1)
               5 ✓·dW2 = δ2ᵀ A1
               6 ↳ dW1 = δ1ᵀ X
                   It follows from line 4, which is not right.
               7 ? db1 = Σ(δ1, 0
                   line 7, column 14: read the end of the line, expected ')'.
                     db1 = Σ(δ1, 0
                                  ^
               8 ? db2 = Σ(δ9, 0)
                   line 8, column 9: read 'δ9', expected a name that is known, such as delta1 or delta2.
                     db2 = Σ(δ9, 0)
                             ^

            Something is wrong.
            Conventions: weights out x in, samples as rows, sum over samples.
            """);
  }

  @Test
  void theSameAsData() throws IOException {
    Run run = Run.here("mark", "xor", file(WRONG), "--json");
    assertThat(run.exitCode()).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.get("verdict").asText()).isEqualTo("wrong");
    assertThat(texts(json.get("conventions")))
        .containsExactly("weights out x in", "samples as rows", "sum over samples");
    assertThat(json.get("missing")).isEmpty();
    JsonNode lines = json.get("lines");
    assertThat(texts(lines, "verdict"))
        .containsExactly(
            "right-but-scaled", "wrong", "right-but-scaled", "follows", "unread", "unread");
    JsonNode wrong = lines.get(1);
    assertThat(wrong.get("line").asInt()).isEqualTo(4);
    assertThat(wrong.get("name").asText()).isEqualTo("delta1");
    assertThat(wrong.get("identical").asBoolean()).isFalse();
    assertThat(wrong.get("difference").asDouble()).isBetween(0.01, 1.0);
    assertThat(wrong.get("right").asText()).isEqualTo("δ1 = (δ2 W2) ⊙ tanh'(Z1)");
    assertThat(wrong.get("follows").isNull()).isTrue();
    JsonNode cause = wrong.get("causes").get(0);
    assertThat(cause.get("code").asText()).isEqualTo("missing-derivative:1");
    assertThat(cause.get("residual").asDouble()).isBetween(0.0, 1e-12);
    assertThat(lines.get(3).get("follows").asInt()).isEqualTo(4);
    assertThat(lines.get(4).get("place").get("column").asInt()).isEqualTo(14);
    assertThat(lines.get(4).get("expected").asText()).isEqualTo("')'");
  }

  @Test
  void whatIsAllRightEndsWith0() throws IOException {
    Path derivation = file(Run.here("explain", "iris").out());
    Run run = Run.here("mark", "iris", derivation);
    assertThat(run.out()).contains("Everything is right.").doesNotContain("✗", "?");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void twoMistakesAtOnceHaveTheirParts() throws IOException {
    Path derivation = file("C = −Σ(T ⊙ ln(A2) + (1 − T) ⊙ ln(1 − A2)) / n\nδ2 = (T − A2)\n");
    JsonNode json =
        new ObjectMapper().readTree(Run.here("mark", "xor", derivation, "--json").out());
    JsonNode cause = json.get("lines").get(1).get("causes").get(0);
    assertThat(cause.get("code").asText()).isEqualTo("composed");
    assertThat(texts(cause.get("parts"))).containsExactlyInAnyOrder("sign", "factor:n");
  }

  @Test
  void whatIsNoDerivationEndsWith2() throws IOException {
    assertThat(Run.here("mark", "xor", file("δ1 = (\nδ2 = )\n")).exitCode()).isEqualTo(2);
    assertThat(Run.here("mark", "xor", file("# nothing\n")).exitCode()).isEqualTo(2);
    Path binary = Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xff, 0, 1});
    Run unreadable = Run.here("mark", "xor", binary);
    assertThat(unreadable.exitCode()).isEqualTo(2);
    assertThat(unreadable.err()).contains("binary.txt", "UTF-8");
    Run none = Run.here("mark", "xor", folder.resolve("none.txt"));
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("none.txt");
  }

  @Test
  void whatIsTooLongIsRefusedBeforeItIsRead() throws IOException {
    byte[] large = new byte[3 << 20];
    Arrays.fill(large, (byte) 'a');
    Run run = Run.here("mark", "xor", Files.write(folder.resolve("large.txt"), large));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("at most 1,048,576 bytes");
    assertThat(Run.here("mark", "xor", file("# line\n".repeat(2_001))).err())
        .contains("at most 2,000 lines");
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(node -> node.get(field).asText())
        .toList();
  }
}
