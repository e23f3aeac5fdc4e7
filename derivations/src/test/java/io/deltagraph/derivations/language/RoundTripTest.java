package io.deltagraph.derivations.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.common.base.Splitter;
import io.deltagraph.derivations.language.Derivation.Line;
import io.deltagraph.derivations.language.Derivation.Unread;
import io.deltagraph.derivations.language.Derivation.Written;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Operator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is written is read back as the same tree, and nothing that is read breaks the reader. */
class RoundTripTest {
  private static final DerivationReader READER = new DerivationReader(Set.of("elu"));
  private static final String PIECES =
      "W1 δ2 dC/dW1 ∂C/∂ A^T ᵀ ² ₁ ' ′ ( ) [ ] { } , = : ; σ sum( Σ_s Σ_{s,i} sum_ phi2' H I( 1e9"
          + " 1e999 .5 2. ½ + - − * .* ./ .^ ** ^ @ · ⊙ ∘ # % \n \r\n \t . .T T W:\u00A0in acme: one_hot"
          + " axis=0 keepdims=True 𝛿 ŷ y\u0302 \u0000 \uD800 ^( ^[ ^{( _{ / // n k λ ,, ==";

  @Test
  void randomTrees() {
    for (int seed = 0; seed < 4_000; seed++) {
      RandomExpressions random = new RandomExpressions(seed);
      Equation equation = new Equation(random.name(), random.expression(5));
      String text = DerivationWriter.UNICODE.write(equation);
      Line line = READER.read(text).lines().getFirst();
      assertThat(line).as("seed %d: %s", seed, text).isInstanceOf(Written.class);
      assertThat(((Written) line).equation()).as("seed %d: %s", seed, text).isEqualTo(equation);
    }
  }

  @Test
  void randomTreesInAscii() {
    for (int seed = 0; seed < 4_000; seed++) {
      RandomExpressions random = new RandomExpressions(seed);
      Equation equation = new Equation(random.name(), random.expression(5));
      String text = DerivationWriter.ASCII.write(equation);
      assertThat(text).matches("\\p{ASCII}*");
      Line line = READER.read(text).lines().getFirst();
      assertThat(line).as("seed %d: %s", seed, text).isInstanceOf(Written.class);
      Equation read = ((Written) line).equation();
      assertThat(DerivationWriter.ASCII.write(read)).as("seed %d: %s", seed, text).isEqualTo(text);
    }
  }

  @Test
  void aQuotientUnderAProductIsRegroupedInAsciiAlone() {
    Expression a = Expression.Name.value("A", 1);
    Expression quotient = new Binary(Operator.QUOTIENT, a, Expression.Name.value("n"));
    Expression product = new Binary(Operator.ENTRYWISE, a, quotient);
    assertThat(DerivationWriter.UNICODE.write(product)).isEqualTo("A1 ⊙ A1 / n");
    assertThat(DerivationWriter.ASCII.write(product)).isEqualTo("A1 .* A1 / n");
  }

  @Test
  void anythingElseIsAProblemWithAPlace() {
    List<String> pieces = Splitter.on(' ').splitToList(PIECES);
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "dW1 = " : "");
      for (int i = random.nextInt(30); i >= 0; i--) {
        text.append(
            random.nextInt(20) == 0
                ? Character.toString(random.nextInt(0xD000))
                : pieces.get(random.nextInt(pieces.size())));
        text.append(random.nextBoolean() ? " " : "");
      }
      String replay = "new Random(%d): %s".formatted(seed, text);
      assertThatCode(() -> READER.read(text.toString())).as(replay).doesNotThrowAnyException();
      for (Line line : READER.read(text.toString()).lines()) {
        if (line instanceof Unread unread) {
          Misreading problem = unread.problem();
          assertThat(problem.place().column()).as(replay).isPositive();
          assertThat(problem.message()).as(replay).contains("line ", "expected ", "^");
        }
      }
    }
  }

  @Test
  void bytesAreTextOrRefused() {
    for (int seed = 0; seed < 2_000; seed++) {
      byte[] bytes = new byte[64];
      new Random(seed).nextBytes(bytes);
      try {
        assertThat(READER.read(bytes).lines()).isNotNull();
      } catch (UnusableFile e) {
        assertThat(e).hasMessageContaining("UTF-8");
      }
    }
    assertThat(READER.read("Z1 = X".getBytes(StandardCharsets.UTF_8)).lines()).hasSize(1);
  }
}
