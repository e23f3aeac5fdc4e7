package io.deltagraph.derivations.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Call;
import io.deltagraph.derivations.language.Expression.Derivative;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Negate;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Expression.Reduction;
import io.deltagraph.derivations.language.Expression.Transpose;
import org.junit.jupiter.api.Test;

/** The textbook's forms, letter by letter. */
class DerivationWriterTest {
  private static final Expression N = Name.value("n");

  private static Expression join(Operator operator, Expression left, Expression right) {
    return new Binary(operator, left, right);
  }

  private static void assertWritten(Name name, Expression right, String unicode, String ascii) {
    Equation equation = new Equation(name, right);
    assertThat(DerivationWriter.UNICODE.write(equation)).isEqualTo(unicode);
    assertThat(DerivationWriter.ASCII.write(equation)).isEqualTo(ascii);
  }

  @Test
  void aLayer() {
    assertWritten(
        Name.value("Z", 1),
        join(
            Operator.PLUS,
            join(Operator.PRODUCT, Name.value("X"), new Transpose(Name.value("W", 1))),
            Name.value("b", 1)),
        "Z1 = X W1ᵀ + b1",
        "Z1 = X @ W1.T + b1");
    assertWritten(
        Name.value("A", 1), Call.of("sigmoid", Name.value("Z", 1)), "A1 = σ(Z1)", "A1 = sigma(Z1)");
  }

  @Test
  void deltas() {
    Expression difference = join(Operator.MINUS, Name.value("A", 2), Name.value("T"));
    Expression slope = Derivative.of("sigmoid", Name.value("Z", 2));
    assertWritten(
        Name.delta(2),
        join(Operator.ENTRYWISE, difference, join(Operator.QUOTIENT, slope, N)),
        "δ2 = (A2 − T) ⊙ σ'(Z2) / n",
        "delta2 = (A2 - T) .* sigma'(Z2) / n");
    assertWritten(
        Name.delta(2),
        join(Operator.QUOTIENT, difference, N),
        "δ2 = (A2 − T) / n",
        "delta2 = (A2 - T) / n");
    assertWritten(
        Name.delta(1),
        join(
            Operator.ENTRYWISE,
            join(Operator.PRODUCT, Name.delta(2), Name.value("W", 2)),
            Derivative.of("sigmoid", Name.value("Z", 1))),
        "δ1 = (δ2 W2) ⊙ σ'(Z1)",
        "delta1 = (delta2 @ W2) .* sigma'(Z1)");
  }

  @Test
  void gradients() {
    Expression product = join(Operator.PRODUCT, new Transpose(Name.delta(1)), Name.value("X"));
    assertWritten(Name.gradient("W", 1), product, "∂C/∂W1 = δ1ᵀ X", "dC/dW1 = delta1.T @ X");
    assertWritten(
        Name.gradient("b", 1),
        Reduction.sum(Name.delta(1), 0),
        "∂C/∂b1 = Σ(δ1, 0)",
        "dC/db1 = sum(delta1, 0)");
    Expression penalty =
        join(
            Operator.PRODUCT, join(Operator.QUOTIENT, Name.value("lambda"), N), Name.value("W", 1));
    assertWritten(
        Name.gradient("W", 1),
        join(Operator.PLUS, product, penalty),
        "∂C/∂W1 = δ1ᵀ X + λ/n W1",
        "dC/dW1 = delta1.T @ X + lambda/n W1");
  }

  @Test
  void bracketsWhereTheTreeNeedsThem() {
    Expression a = Name.value("A", 1);
    Expression b = Name.value("B", 1);
    Expression two = new Numeral(2);
    assertThat(DerivationWriter.UNICODE.write(join(Operator.MINUS, a, join(Operator.MINUS, b, a))))
        .isEqualTo("A1 − (B1 − A1)");
    assertThat(DerivationWriter.UNICODE.write(new Negate(join(Operator.POWER, a, two))))
        .isEqualTo("−A1²");
    assertThat(DerivationWriter.UNICODE.write(join(Operator.POWER, new Negate(a), two)))
        .isEqualTo("(−A1)²");
    assertThat(DerivationWriter.UNICODE.write(join(Operator.POWER, Name.value("E"), two)))
        .isEqualTo("E^2");
    assertThat(DerivationWriter.UNICODE.write(join(Operator.PRODUCT, a, two))).isEqualTo("A1 · 2");
    assertThat(
            DerivationWriter.UNICODE.write(
                join(Operator.QUOTIENT, two, join(Operator.PRODUCT, two, N))))
        .isEqualTo("2/(2 n)");
  }
}
