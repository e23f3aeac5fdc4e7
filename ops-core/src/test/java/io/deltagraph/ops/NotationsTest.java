package io.deltagraph.ops;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.print.Printer;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** How formulas of core ops read, with brackets where they are needed and nowhere else. */
class NotationsTest {
  private final GraphBuilder builder = new GraphBuilder(OpRegistry.load());
  private final Value x = matrix("X");
  private final Value y = matrix("Y");
  private final Value z = matrix("Z");

  private Value matrix(String name) {
    return builder.input(name, TensorType.of(DType.F64, 2, 2));
  }

  @TestFactory
  Stream<DynamicTest> formulas() {
    return Stream.of(
        formula(x.minus(y.minus(z)), "X − (Y − Z)", "X - \\left(Y - Z\\right)"),
        formula(x.minus(y).minus(z), "X − Y − Z", "X - Y - Z"),
        formula(x.minus(y.plus(z)), "X − (Y + Z)", "X - \\left(Y + Z\\right)"),
        formula(x.plus(y).times(z), "(X + Y) ⊙ Z", "\\left(X + Y\\right) \\odot Z"),
        formula(x.over(y.times(z)), "X / (Y ⊙ Z)", "\\frac{X}{Y \\odot Z}"),
        formula(x.times(y).over(z), "X ⊙ Y / Z", "\\frac{X \\odot Y}{Z}"),
        formula(x.plus(y).reciprocal(), "1 / (X + Y)", "\\frac 1{X + Y}"),
        formula(x.matmul(y).transpose(), "(X · Y)ᵀ", "\\left(X \\, Y\\right)^\\top"),
        formula(x.matmul(y.transpose()).plus(z), "X · Yᵀ + Z", "X \\, Y^\\top + Z"),
        formula(x.matmul(y.plus(z)), "X · (Y + Z)", "X \\, \\left(Y + Z\\right)"),
        formula(x.pow(y.pow(z)), "X^(Y^Z)", "{X}^{{Y}^{Z}}"),
        formula(x.pow(y).pow(z), "(X^Y)^Z", "{\\left({X}^{Y}\\right)}^{Z}"),
        formula(x.plus(y).square(), "(X + Y)²", "{\\left(X + Y\\right)}^2"),
        formula(x.negate().square(), "(−X)²", "{\\left(-X\\right)}^2"),
        formula(x.negate().negate(), "−(−X)", "-\\left(-X\\right)"),
        formula(x.plus(y).abs(), "|X + Y|", "\\left|X + Y\\right|"),
        formula(x.plus(y).sqrt(), "√(X + Y)", "\\sqrt{X + Y}"),
        formula(x.exp(), "exp(X)", "\\exp\\left(X\\right)"),
        formula(x.log(), "log(X)", "\\ln\\left(X\\right)"),
        formula(x.log1p(), "log1p(X)", "\\ln\\left(1 + X\\right)"),
        formula(x.expm1(), "expm1(X)", "\\left(e^{X} - 1\\right)"),
        formula(x.sin(), "sin(X)", "\\sin\\left(X\\right)"),
        formula(x.cos(), "cos(X)", "\\cos\\left(X\\right)"),
        formula(x.floor(), "⌊X⌋", "\\left\\lfloor X\\right\\rfloor"),
        formula(x.minimum(y), "min(X, Y)", "\\min\\left(X, Y\\right)"),
        formula(x.maximum(y), "max(X, Y)", "\\max\\left(X, Y\\right)"),
        formula(
            x.less(y).and(y.less(z)).not(),
            "¬(X < Y ∧ Y < Z)",
            "\\lnot \\left(X < Y \\land Y < Z\\right)"),
        formula(x.greaterEqual(y).or(x.equal(y)), "X ≥ Y ∨ X = Y", "X \\ge Y \\lor X = Y"),
        formula(x.lessEqual(y), "X ≤ Y", "X \\le Y"),
        formula(x.greater(y), "X > Y", "X > Y"),
        formula(NotEqual.of(x, y), "X ≠ Y", "X \\ne Y"),
        formula(
            x.less(y).where(x, z),
            "where(X < Y, X, Z)",
            "\\operatorname{where}\\left(X < Y, X, Z\\right)"),
        formula(x.sum().square(), "sum(X)²", "{\\operatorname{sum}\\left(X\\right)}^2"),
        formula(
            x.max(List.of(-1), false),
            "max(X, axes = [-1])",
            "\\max\\left(X, \\text{axes} = \\left[-1\\right]\\right)"),
        formula(Norm1.of(x, List.of(), false), "‖X‖₁", "\\left\\lVert X\\right\\rVert_1"),
        formula(Norm2.of(x, List.of(), false), "‖X‖₂", "\\left\\lVert X\\right\\rVert_2"),
        formula(ArgMax.of(x, List.of(), false), "arg_max(X)", "\\arg\\max\\left(X\\right)"),
        formula(ArgMin.of(x, List.of(), false), "arg_min(X)", "\\arg\\min\\left(X\\right)"),
        formula(Clip.of(x, 0, 1), "clip(X, 0, 1)", "\\operatorname{clip}_{[0,1]}\\left(X\\right)"),
        formula(Cast.of(x, DType.F32), "f32(X)", "\\operatorname{\\text{f32}}\\left(X\\right)"),
        formula(
            Einsum.of("ij,kj->ik", x, y),
            "einsum[ij,kj->ik](X, Y)",
            "\\operatorname{einsum}_{\\text{ij,kj-\\textgreater{}ik}}\\left(X, Y\\right)"));
  }

  private static DynamicTest formula(Value value, String text, String latex) {
    Printer printer = Printer.of(List.of(value));
    return dynamicTest(
        text,
        () ->
            assertAll(
                () -> assertEquals(text, rightSide(printer.text(), value.label() + ": ", " = ")),
                () -> assertEquals(latex, rightSide(printer.latex(), "", " &= "))));
  }

  /** What stands between the first sign of equality and the type of the last formula. */
  private static String rightSide(String printed, String start, String sign) {
    String line =
        printed
            .lines()
            .filter(l -> l.strip().startsWith(start) && l.contains(sign))
            .reduce((first, last) -> last)
            .orElseThrow();
    String right = line.substring(line.indexOf(sign) + sign.length());
    int type = right.indexOf(" \\quad");
    return type < 0 ? right : right.substring(0, type);
  }
}
