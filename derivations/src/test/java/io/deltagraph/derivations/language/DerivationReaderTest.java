package io.deltagraph.derivations.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.derivations.language.Derivation.Line;
import io.deltagraph.derivations.language.Derivation.Unread;
import io.deltagraph.derivations.language.Derivation.Written;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file says, and what is said of one that says nothing. */
class DerivationReaderTest {
  private static final DerivationReader READER =
      new DerivationReader(Set.of("maximum", "pow", "greater", "less_equal", "elu"));

  private static String written(String line) {
    Line read = READER.read(line).lines().getFirst();
    return switch (read) {
      case Written written -> DerivationWriter.UNICODE.write(written.equation());
      case Unread unread -> unread.problem().message();
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"W1", "W_1", "W^(1)", "W^[1]", "W^{(1)}", "W₁", "W¹", "W_{1}"})
  void anIndexInAnyNotation(String name) {
    assertThat(written("E = " + name)).isEqualTo("E = W1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delta2",
        "δ2",
        "δ²",
        "δ^(2)",
        "dZ2",
        "dC/dZ2",
        "∂C/∂Z2",
        "dL/dZ2",
        "∂J/∂Z2",
        "δ_2",
        "dC / dZ2",
        "∂loss/∂z2",
        "dS2"
      })
  void aDeltaInAnyNotation(String name) {
    assertThat(written("E = " + name)).isEqualTo("E = δ2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dW2", "dC/dW2", "∂C/∂W2", "∂J/∂W2", "grad_W2", "∇W2", "dW^(2)", "dW_2"})
  void aGradientInAnyNotation(String name) {
    assertThat(written(name + " = X")).isEqualTo("∂C/∂W2 = X");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1/n δᵀ A | 1/n δᵀ A",
        "(1/n) (δᵀ A) | 1/n (δᵀ A)",
        "A1² | A1²",
        "E² | E^2",
        "W² | W2",
        "W^2 | W^2",
        "A2^T | A2ᵀ",
        "A2' | A2ᵀ",
        "(A2 - T)' | (A2 − T)ᵀ",
        "A2.T @ X | A2ᵀ X",
        "−x² | −x^2",
        "-A1 .* B | −A1 ⊙ B",
        "A1 .* B / n | (A1 ⊙ B) / n",
        "A1 ⊙ B / n | A1 ⊙ B / n",
        "(d2 W2) ⊙ σ′(Z1) | (d2 W2) ⊙ σ'(Z1)",
        "d2 W2 ⊙ Sigmoid'(Z1) | (d2 W2) ⊙ σ'(Z1)",
        "phi_2'(Z2) | φ2'(Z2)",
        "φ²'(Z2) | φ2'(Z2)",
        "H(Z1) H1 | step(Z1) H1",
        "ELU(Z1, alpha=0.5) | elu(Z1, alpha=0.5)",
        "acme:swish(Z1) | acme:swish(Z1)",
        "sum(d2, axis=0, keepdims=True) | Σ(d2, 0, keepdims=True)",
        "Σ(d2, 0) | Σ(d2, 0)",
        "A[:, :-1] | A[:, :-1]",
        "W1[0, :] | W1[0, :]",
        "2n | 2 n",
        "1/2n | 1/2 n",
        "½ Σ((A2-T)²) | ½ Σ((A2 − T)²)",
        "layer1.weight.T | layer1.weightᵀ",
        "Ŷ - y_hat | ŷ − ŷ",
        "sum_s(delta2[s,i] * A1[s,j]) / n | Σ_s(δ2[s, i] * A1[s, j]) / n",
        "Σ_s (δ2[s,i] - T[s,i]) A1[s,j] + 1 | Σ_s((δ2[s, i] − T[s, i]) A1[s, j]) + 1",
        "I(k) - ones(n, k) | I(k) − ones(n, k)",
        "(A2 - T).sum(axis=0) | Σ(A2 − T, 0)",
        "dZ2.T.dot(A1).mean(0, keepdims=True) | mean(δ2ᵀ A1, 0, keepdims=True)",
        "dZ2.sum() / n | Σ(δ2) / n",
        "dZ2.transpose() @ A1 | δ2ᵀ A1",
        "np.sum(np.multiply(dZ2, np.exp(W2)), axis=1) | Σ(δ2 ⊙ exp(W2), 1)",
        "numpy.matmul(dZ2, np.transpose(W2)) | δ2 W2ᵀ",
        "np.maximum(0, np.power(Z1, 2)) | maximum(0, pow(Z1, 2))",
        "d2 * (Z1 > 0) | d2 * greater(Z1, 0)",
        "Z1 ≤ b1 | less_equal(Z1, b1)",
        "1/(2n) Σ E² + 1 | 1/(2 n) Σ(E^2) + 1",
      })
  void expressions(String text, String canonical) {
    assertThat(written("B = " + text)).isEqualTo("B = " + canonical);
    assertThat(written("B = " + canonical)).isEqualTo("B = " + canonical);
  }

  @Test
  void aLineGoesOnAfterAnOpenBracketOrAnOperator() {
    Derivation read =
        READER.read(
            "# comment\nZ1 = X W1ᵀ + # the bias\n  b1\n\nδ2 = (A2\n − T) / n\nE = (A2\ndb2 = 1");
    assertThat(read.lines()).extracting(Line::number).containsExactly(2, 5, 7, 8);
    assertThat(read.lines().get(2)).isInstanceOf(Unread.class);
    assertThat(read.lines().getFirst().source()).contains("\n");
  }

  @Test
  void conventions() {
    Derivation read = READER.read("W: in x out\nX: columns\n");
    assertThat(read.weights()).contains(Derivation.Weights.IN_BY_OUT);
    assertThat(read.samples()).contains(Derivation.Samples.COLUMNS);
    assertThat(read.lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "dW1 = δ1ᵀ ( X | 1 | 14 | the end of the line | ')'",
        "dW1 = δ1ᵀ ) X | 1 | 11 | ')' | an operator or the end of the line",
        "dW1 = A2 2 | 1 | 10 | '2' | an operator: a number stands before what it multiplies",
        "dW1 = 𝛿 + ? | 1 | 11 | '?' | a name, a number or an operator",
        "2 = X | 1 | 1 | '2' | a name, as in 'name = expression'",
        "X + 1 | 1 | 3 | '+' | '='",
        "dW1 = | 1 | 6 | the end of the line | an expression",
        "dW1 = σ() | 1 | 9 | ')' | an expression",
        "dW1 = A2.dot() | 1 | 9 | 'dot' | two factors",
        "δ^3 = A3 | 1 | 2 | '^' | '=', or the number of a layer as in δ3 or δ^(3)",
      })
  void placesOfErrors(String text, int line, int column, String read, String expected) {
    String message = written(text);
    assertThat(message)
        .startsWith(
            "line %d, column %d: read %s, expected %s.".formatted(line, column, read, expected));
    assertThat(message.lines().toList().getLast().indexOf('^')).isEqualTo(column + 1);
  }

  @Test
  void aQuotientThatMayBeMeantOtherwiseIsWarnedOf() {
    Written line = (Written) READER.read("C = 1/2n Σ((A2 − T)^2)").lines().getFirst();
    assertThat(line.warnings())
        .containsExactly("'/2n' divides by 2 alone: write '/(2 n)' to divide by both.");
  }

  @Test
  void limits() {
    assertThatThrownBy(() -> READER.read(new byte[DerivationReader.MOST_BYTES + 1]))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("1,048,576 bytes");
    assertThatThrownBy(() -> READER.read("\n".repeat(2_001)))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("2,000 lines");
    assertThatThrownBy(() -> READER.read(new byte[] {(byte) 0xff}))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("UTF-8");
    assertThat(READER.read("E = " + "(".repeat(201) + "1" + ")".repeat(201)).lines().getFirst())
        .isInstanceOf(Unread.class);
    assertThat(READER.read("E = " + "(".repeat(200) + "1" + ")".repeat(200)).lines().getFirst())
        .isInstanceOf(Written.class);
    assertThat(READER.read("E = 1" + " + 1".repeat(100_000)).lines().getFirst())
        .isInstanceOf(Unread.class);
    assertThat(
            READER
                .read("Ü" + "x".repeat(5))
                .lines()
                .getFirst()
                .source()
                .getBytes(StandardCharsets.UTF_8))
        .isNotEmpty();
  }
}
