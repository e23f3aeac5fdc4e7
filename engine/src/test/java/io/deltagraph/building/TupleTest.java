package io.deltagraph.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.gradient.Derivatives;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.gradient.Kinks;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.rewrite.RewriteRule;
import io.deltagraph.rewrite.Simplifier;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ops of several outputs in graphs and gradients. Expected numbers are worked by hand. */
class TupleTest {
  private static final TensorType SCALAR = TensorType.scalar(DType.F64);
  private static final Map<String, Tensor> AT = Map.of("x", scalar(2), "y", scalar(3));

  private final GraphBuilder builder = new GraphBuilder(SeveralOps.registry());
  private final Value x = builder.input("x", SCALAR);
  private final Value y = builder.input("y", SCALAR);
  private final Tuple pair = x.tuple("acme:pair", y);
  private final Value sum = pair.part("sum");
  private final Value product = pair.part("product");

  private static Tensor scalar(double number) {
    return Tensor.filled(SCALAR, number);
  }

  private static double number(Value value) {
    return Evaluate.value(value, AT).get(0);
  }

  private static Value times(Value left, Value right) {
    return left.op("hadamard", right);
  }

  @BeforeEach
  void forget() {
    SeveralOps.Pair.asked();
  }

  @Test
  void aNodeHasAPartForEachOutput() {
    assertThat(pair.parts()).hasSize(3);
    assertThat(pair.parts()).extracting(Apply::index).containsExactly(0, 1, 2);
    assertThat(pair.parts()).extracting(Apply::id).containsExactly(2, 3, 4);
    assertThat(pair.part("sign").type()).isEqualTo(TensorType.scalar(DType.I32));
    assertThat(pair.part(1)).isSameAs(product).isSameAs(pair.part("product"));
    assertThat(pair.part(1).tuple()).isSameAs(pair);
    assertThat(pair.part(1).inputs()).containsExactly(x, y);
    assertThat(builder.size()).isEqualTo(5);
    assertThat(pair).hasToString("(%2: f64[], %3: f64[], %4: i32[])");
  }

  @Test
  void equalApplicationsAreOneNode() {
    assertThat(x.tuple("acme:pair", y)).isSameAs(pair);
    assertThat(y.tuple("acme:pair", x)).isNotSameAs(pair);
    assertThat(pair.part(1).on(List.of(x, y))).isSameAs(product);
    assertThat(pair.part(1).on(List.of(y, x))).isSameAs(y.tuple("acme:pair", x).part("product"));
  }

  @Test
  void anOpOfOneOutputHasATupleOfOnePart() {
    Tuple one = x.tuple("add", y);
    assertThat(one.parts()).containsExactly((Apply) x.plus(y));
    assertThat(one.part("output")).isSameAs(x.plus(y));
  }

  @Test
  void aGraphHasThePartsThatItReads() {
    Graph graph = builder.graph(Map.of("p", product));
    assertThat(graph.nodes()).containsExactly(x, y, product);
    assertThat(number(product)).isEqualTo(6);
    assertThat(number(pair.part("sign"))).isEqualTo(1);
    assertThat(Evaluate.values(List.of(product, sum), AT))
        .extracting(t -> t.get(0))
        .containsExactly(6.0, 5.0);
  }

  @Test
  void partsHaveNamesOfTheirOwn() {
    product.named("area");
    assertThat(builder.named("area")).contains(product);
    assertThat(sum.label()).isEqualTo("%2");
  }

  @Test
  void outputsHaveNamesOfTheirOwn() {
    assertThat(OpSignature.of("x").outputs()).containsExactly("output");
    assertThat(OpSignature.of("x").giving("a", "b").repeating().and("y", OpSignature.Accepts.ANY))
        .isEqualTo(
            OpSignature.of("x").and("y", OpSignature.Accepts.ANY).repeating().giving("a", "b"));
    assertThatThrownBy(() -> OpSignature.of("x").giving("a", "a"))
        .hasMessage("Each output has a name of its own, got [a, a].");
    assertThatThrownBy(() -> OpSignature.of("x").giving())
        .hasMessage("Each output has a name of its own, got [].");
  }

  /** {@code (xy)²}: 2 · 6 · 3, 2 · 6 · 2. */
  @Test
  void aGradientOfOnePart() {
    Gradient gradient = Gradient.of(times(product, product), List.of(x, y));
    assertThat(number(gradient.wrt(x))).isEqualTo(36);
    assertThat(number(gradient.wrt(y))).isEqualTo(24);
    assertThat(SeveralOps.Pair.asked()).containsExactly(List.of(false, true, false));
  }

  /** {@code (x + y) x y}: 2xy + y², x² + 2xy. */
  @Test
  void aGradientOfSeveralPartsAsksTheRuleOnce() {
    Gradient gradient = Gradient.of(times(sum, product), List.of(x, y, product));
    assertThat(SeveralOps.Pair.asked()).containsExactly(List.of(true, true, false));
    assertThat(number(gradient.wrt(x))).isEqualTo(21);
    assertThat(number(gradient.wrt(y))).isEqualTo(16);
    assertThat(number(gradient.wrt(product))).isEqualTo(5);
    assertThat(gradient.reached()).containsExactlyInAnyOrder(x, y, product);
  }

  /** A reader of one part that itself reads another: {@code (x + y)(xy) xy}. */
  @Test
  void partsThatMeetLateAreAllThereWhenTheRuleIsAsked() {
    Value late = times(times(sum, product), product);
    assertThat(number(Gradient.of(late, List.of(x)).wrt(x))).isEqualTo(36 + 2 * 5 * 6 * 3);
    assertThat(SeveralOps.Pair.asked()).hasSize(1);
  }

  @Test
  void theDerivativeByAPartAlone() {
    Gradient gradient = Gradient.of(times(sum, product), List.of(sum));
    assertThat(number(gradient.wrt(sum))).isEqualTo(6);
  }

  /** {@code x²y + xy²}: 2y by x twice, 2x + 2y by both. */
  @Test
  void secondDerivatives() {
    Value loss = times(sum, product);
    Value dx = Gradient.of(loss, List.of(x)).wrt(x);
    Gradient second = Gradient.of(dx, List.of(x, y));
    assertThat(number(second.wrt(x))).isEqualTo(6);
    assertThat(number(second.wrt(y))).isEqualTo(10);
    assertThat(number(Derivatives.hvp(loss, x, x.constant(7)))).isEqualTo(42);
  }

  @Test
  void forwardMode() {
    assertThat(number(Derivatives.jvp(product, x, x.constant(7)))).isEqualTo(21);
    assertThat(number(Derivatives.jvp(times(sum, product), y, x.constant(10)))).isEqualTo(160);
  }

  /** 1 · 1 + 10 · y. */
  @Test
  void aPullbackOfSeveralValues() {
    Gradient gradient =
        Gradient.pullback(
            List.of(sum, product), List.of(x.constant(1), x.constant(10)), List.of(x));
    assertThat(number(gradient.wrt(x))).isEqualTo(31);
    assertThat(SeveralOps.Pair.asked()).hasSize(1);
    Value twice = builder.constant(scalar(1));
    assertThat(number(Gradient.pullback(List.of(x, x), List.of(twice, twice), List.of(x)).wrt(x)))
        .isEqualTo(2);
  }

  @Test
  void aGradientThatFlowsThroughWholeNumbersSaysWhyItDoesNot() {
    Value wide =
        builder.apply(new SeveralOps.Widen(), NoAttributes.NONE, List.of(pair.part("sign")));
    Gradient gradient = Gradient.of(wide, List.of(x));
    assertThat(gradient.reached(x)).isFalse();
    assertThat(number(gradient.wrt(x))).isZero();
    assertThat(gradient.flat()).contains("acme:pair: its output 'sign' changes in jumps only");
  }

  /** {@code x² x³}: 5x⁴, 20x³. */
  @Test
  void anExpressionOfSeveralValuesIsDifferentiatedByItsBody() {
    Tuple powers = x.tuple("acme:powers");
    Value loss = times(powers.part("square"), powers.part("cube"));
    assertThat(number(loss)).isEqualTo(32);
    Value dx = Gradient.of(loss, List.of(x)).wrt(x);
    assertThat(number(dx)).isEqualTo(80);
    assertThat(number(Gradient.of(dx, List.of(x)).wrt(x))).isEqualTo(160);
    Value cube = powers.part("cube");
    assertThat(number(Gradient.of(cube, List.of(x)).wrt(x))).isEqualTo(12);
    assertThat(builder.graph(Map.of("c", cube)).nodes()).containsExactly(x, cube);
    assertThat(Kinks.of(List.of(cube))).isEmpty();
  }

  @Test
  void anExpressionMayBeItsInputs() {
    Tuple exchanged = x.tuple("acme:exchange", y);
    Value first = exchanged.part("first");
    Value loss = times(times(first, first), exchanged.part("second"));
    assertThat(number(loss)).isEqualTo(18);
    Gradient gradient = Gradient.of(loss, List.of(x, y));
    assertThat(number(gradient.wrt(x))).isEqualTo(9);
    assertThat(number(gradient.wrt(y))).isEqualTo(12);
  }

  /** The inner expression gets a part of a node of which it makes another part itself. */
  @Test
  void anExpressionOfPartsOfOneNodeSharesIt() {
    Composite<NoAttributes> inner = new Around();
    Value loss = builder.apply(inner, NoAttributes.NONE, List.of(x, y, sum));
    assertThat(number(loss)).isEqualTo(30);
    Gradient gradient = Gradient.of(loss, List.of(x, y));
    assertThat(number(gradient.wrt(x))).isEqualTo(21);
    assertThat(number(gradient.wrt(y))).isEqualTo(16);
  }

  /** {@code s · product(x, y)}. */
  private record Around() implements Composite<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:around");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x", "y", "s");
    }

    @Override
    public Value forward(NoAttributes none, Values v) {
      return times(v.get(2), v.get(0).tuple("acme:pair", v.get(1)).part("product"));
    }
  }

  /** {@code x + x} becomes {@code 2x}; what reads it is applied anew, part by part. */
  @Test
  void rulesRebuildNodesOfSeveralOutputs() {
    Tuple of = x.plus(x).tuple("acme:pair", y);
    Graph graph = builder.graph(Map.of("s", of.part("sum"), "p", of.part("product")));
    Simplifier.Simplified simplified = Simplifier.of(new Doubling()).simplify(graph);
    Apply product = (Apply) simplified.graph().output("p");
    assertThat(product.input(0)).isSameAs(x.op("scale"));
    assertThat(product.index()).isEqualTo(1);
    assertThat(((Apply) simplified.graph().output("s")).tuple()).isSameAs(product.tuple());
    assertThat(number(product)).isEqualTo(12);
  }

  private record Doubling() implements RewriteRule {
    @Override
    public String name() {
      return "doubling";
    }

    @Override
    public OpId root() {
      return OpId.of("add");
    }

    @Override
    public Optional<Value> rewrite(Apply node) {
      return node.input(0) == node.input(1)
          ? Optional.of(node.input(0).op("scale"))
          : Optional.empty();
    }
  }
}
