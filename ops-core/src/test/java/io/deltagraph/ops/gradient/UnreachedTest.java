package io.deltagraph.ops.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.gradient.Derivatives;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Values to which no gradient flows, and what is asked for in odd ways. */
class UnreachedTest {
  private final GraphBuilder builder = new GraphBuilder(OpRegistry.load());
  private final Value x = builder.input("x", new TensorType(DType.F64, Shape.batch("N", 3)));
  private final Value w = builder.input("w", TensorType.of(DType.F64, 3));

  /** An op made of others, given by its body. */
  private record Body(Function<Values, Value> body) implements Composite<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:body");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x", "w");
    }

    @Override
    public Value forward(NoAttributes none, Values inputs) {
      return body.apply(inputs);
    }
  }

  private Value body(Function<Values, Value> body) {
    return builder.apply(new Body(body), NoAttributes.NONE, List.of(x, w));
  }

  @Test
  void aMaskOnTheWaySaysWhyTheGradientIsZero() {
    Value loss = x.greater(x.constant(0)).cast(DType.F64).sum();
    Gradient gradient = Gradient.of(loss, List.of(x));
    assertThat(gradient.reached(x)).isFalse();
    assertThat(gradient.flat()).containsExactly("greater: a comparison changes in jumps only");
  }

  @Test
  void anIndexOnTheWaySaysWhyTheGradientIsZero() {
    Value index = x.op("arg_max", Map.of("axes", List.of(1)));
    Value loss = index.cast(DType.F64).times(w.sum()).sum();
    Gradient gradient = Gradient.of(loss, List.of(x, w));
    assertThat(gradient.reached(w)).isTrue();
    assertThat(gradient.flat())
        .containsExactly("arg_max: the position of the largest element changes in jumps only");
  }

  @Test
  void aMaskBesideAGradientIsNotWorthAWord() {
    Value loss = x.greater(x.constant(0)).where(x, x.constant(0)).sum();
    Gradient gradient = Gradient.of(loss, List.of(x));
    assertThat(gradient.reached(x)).isTrue();
    assertThat(gradient.flat()).isEmpty();
  }

  @Test
  void aMaskInsideACompositeSaysSoToo() {
    Value counted =
        body(in -> in.get(0).greater(in.get(0).constant(0)).cast(DType.F64).times(in.get(1)));
    Gradient gradient = Gradient.of(counted.sum(), List.of(x, w));
    assertThat(gradient.reached(x)).isFalse();
    assertThat(gradient.reached(w)).isTrue();
    assertThat(gradient.flat())
        .containsExactly("test:body: greater: a comparison changes in jumps only");
  }

  @Test
  void aCompositeMayBeOneOfItsInputsOrAConstant() {
    Gradient first = Gradient.of(body(in -> in.get(1)).sum(), List.of(x, w));
    assertThat(first.reached(w)).isTrue();
    assertThat(first.reached(x)).isFalse();
    assertThat(Evaluate.value(first.wrt(w), Map.of()).toDoubles()).containsExactly(1, 1, 1);
    Gradient none = Gradient.of(body(in -> in.get(1).constant(4)).sum(), List.of(x, w));
    assertThat(none.reached()).isEmpty();
    assertThat(none.flat()).isEmpty();
  }

  @Test
  void theLossItselfAndOneValueTwiceMayBeAskedFor() {
    Value loss = w.square().sum();
    Gradient gradient = Gradient.of(loss, List.of(w, loss, w));
    assertThat(gradient.values()).hasSize(2);
    assertThat(Evaluate.value(gradient.wrt(loss), Map.of()).item()).isEqualTo(1);
    assertThat(Evaluate.value(gradient.wrt(w), Map.of("w", Tensor.vector(1, 2, 3))).toDoubles())
        .containsExactly(2, 4, 6);
  }

  @Test
  void aConstantHasAGradientAsAnyOtherValue() {
    Value two = w.constant(2);
    Gradient gradient = Gradient.of(w.times(two).sum(), List.of(two));
    assertThat(Evaluate.value(gradient.wrt(two), Map.of("w", Tensor.vector(1, 2, 3))).item())
        .isEqualTo(6);
  }

  @Test
  void refusesWhatHasNoGradientInsteadOfZeros() {
    Value count = w.sum().cast(DType.I32);
    assertThatThrownBy(() -> Gradient.of(count, List.of(w)))
        .isInstanceOf(GraphException.NoGradient.class)
        .hasMessageContaining("only f64 and f32 values have one");
    Value stranger = new GraphBuilder(OpRegistry.load()).input("s", w.type());
    assertThatThrownBy(() -> Gradient.of(w.sum(), List.of(stranger)))
        .isInstanceOf(GraphException.NoGradient.class)
        .hasMessageContaining("two builders");
  }

  @Test
  void aHessianProductTakesAConstantVectorOfTheRightType() {
    Value loss = w.square().square().sum();
    assertThatThrownBy(() -> Derivatives.hvp(loss, w, w.constant(1)))
        .isInstanceOf(GraphException.NoGradient.class);
    // H = diag(12 w²); with v = w the product is 12 w³, without what would flow through v itself.
    assertThat(
            Evaluate.value(Derivatives.hvp(loss, w, w), Map.of("w", Tensor.vector(1, 2, 3)))
                .toDoubles())
        .containsExactly(12, 96, 324);
  }

  @Test
  void aChainOfCompositesIsDifferentiatedInLinearTime() {
    Value v = x;
    for (int i = 0; i < 10_000; i++) {
      v =
          builder.apply(
              new Body(in -> in.get(0).plus(in.get(1))), NoAttributes.NONE, List.of(v, w));
    }
    long start = System.nanoTime();
    assertThat(Gradient.of(v.sum(), List.of(x)).reached(x)).isTrue();
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(10);
  }
}
