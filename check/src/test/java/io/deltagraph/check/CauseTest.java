package io.deltagraph.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The codes and sentences of the one library of causes. */
class CauseTest {
  static Stream<Arguments> codes() {
    return Stream.of(
        Arguments.of("sign", Slip.Constant.minus()),
        Arguments.of("sign", new Slip.Sign("A2 − T")),
        Arguments.of("sign", new PenaltySlip.Times(Slip.Constant.minus())),
        Arguments.of("factor:1/(nk)", Slip.Constant.of(Ratio.PER_NK)),
        Arguments.of("factor:0.35", Slip.Constant.of(0.35)),
        Arguments.of("factor:0.000000035", Slip.Constant.of(3.5e-8)),
        Arguments.of("transposed", new Slip.Transposed("")),
        Arguments.of("missing-sum", new Slip.MissingSum(List.of(0))),
        Arguments.of("extra-sum", new Slip.ExtraSum("Σ(δ2, 0)")),
        Arguments.of("axis", new Slip.Axis("Σ(δ2, 1)")),
        Arguments.of("missing-derivative:1", new DerivativeSlip.Missing(1, "σ'(Z1)")),
        Arguments.of("missing-derivative:2", new DerivativeSlip.MissingJacobian(2)),
        Arguments.of("extra-derivative:2", new DerivativeSlip.Extra(2, "σ'(Z2)")),
        Arguments.of("derivative-argument:A1", new DerivativeSlip.Argument("A1", "Z1")),
        Arguments.of(
            "derivative-of:tanh", new DerivativeSlip.OfFunction("tanh", "1 − A1²", 1, "sigmoid")),
        Arguments.of("softmax-diagonal", new DerivativeSlip.SoftmaxDiagonal("A2 ⊙ (1 − A2)")),
        Arguments.of("wrong-layer:W1→W2", new Slip.WrongLayer("W1", "W2")),
        Arguments.of("missing-penalty:W1", new PenaltySlip.Missing("W1", "λ/n W1")),
        Arguments.of("extra-penalty:W1", new PenaltySlip.Extra("W1", "λ/n W1")),
        Arguments.of("penalty-on-bias:1", new PenaltySlip.OnBias(1, "λ/n b1")),
        Arguments.of("penalty-factor:n", new PenaltySlip.Times(Slip.Constant.of(Ratio.N))),
        Arguments.of("missing-operand:T", new Slip.MissingOperand("T", "A2")),
        Arguments.of("missing-operand:delta2", new Slip.MissingIncoming("delta2")),
        Arguments.of("wrong-operand:Z1→A1", new Slip.WrongOperand("Z1", "A1")),
        Arguments.of("target-form", new Slip.TargetForm()),
        Arguments.of("order", new Slip.Order("A1 δ2ᵀ")),
        Arguments.of("weights-updated", new Slip.WeightsUpdated()),
        Arguments.of("weights-updated", Slip.Constant.learningRate(0.1)),
        Arguments.of("composed", Slip.Constant.minus(Ratio.N)),
        Arguments.of(
            "composed", new Slip.Composed(new Slip.Transposed("W2"), Slip.Constant.of(Ratio.TWO))),
        Arguments.of("factor:n", new Slip.OfTerm("the term X", Slip.Constant.of(Ratio.N))));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void eachHasACodeAndASentence(String code, Cause cause) {
    assertThat(cause.code()).isEqualTo(code);
    assertThat(cause.sentence()).matches("[A-ZΣ0-9].*\\.");
    assertThat(cause.parts()).hasSize(code.equals("composed") ? 2 : 0);
  }

  @Test
  void twoAtOnceAreSaidByTheirParts() {
    assertThat(Slip.Constant.minus(Ratio.N).parts().stream().map(Cause::code))
        .containsExactly("sign", "factor:n");
    assertThat(
            new PenaltySlip.Times(Slip.Constant.minus(Ratio.N)).parts().stream().map(Cause::code))
        .containsExactly("sign", "penalty-factor:n");
  }

  @Test
  void aRatioHasItsValueAndItsReason() {
    assertThat(Arrays.stream(Ratio.values()).map(ratio -> ratio.value(6, 3)))
        .containsExactly(2.0, 0.5, 6.0, 1.0 / 6, 3.0, 1.0 / 3, 18.0, 1.0 / 18, 2.0, 0.5);
    assertThat(Slip.Constant.of(Ratio.N).sentence())
        .isEqualTo(
            "It is the right one times n: a sum over the samples where the right one has a mean.");
  }

  /** The number of what is counted is the same cause as the letter for it. */
  @Test
  void countsHaveTheCodesOfFormulas() {
    Clues clues = Clues.NONE.samples(6).outputs(5).count(7, "places");
    assertThat(codes(6, clues)).containsExactly("factor:n");
    assertThat(codes(1.0 / 5, clues)).containsExactly("factor:1/k");
    assertThat(codes(1.0 / 30, clues)).containsExactly("factor:1/(nk)");
    assertThat(codes(7, clues)).containsExactly("factor:7");
    assertThat(codes(-6, clues)).containsExactly("composed");
  }

  private static List<String> codes(double ratio, Clues clues) {
    return Constants.near(ratio, 1e-9, clues).stream().map(Slip.Constant::code).toList();
  }
}
