package io.deltagraph.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteDifferencesTest {

  private record Loop(OpId id, Function<Lane, Lane> lane) implements Pointwise<NoAttributes> {
    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return lane.apply(x.get(0));
    }
  }

  private record Total() implements Reduction<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("sum");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Axes axes(NoAttributes none) {
      return new Axes(ImmutableList.of(), false);
    }

    @Override
    public Lanes identity(NoAttributes none, Lane like) {
      return Lanes.of(like.constant(0));
    }

    @Override
    public Lanes combine(NoAttributes none, Lanes left, Lanes right) {
      return Lanes.of(left.get(0).plus(right.get(0)));
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      throw new AssertionError("finite differences call no backward rule");
    }
  }

  /** A composite with a kink in its expansion that states its kinks itself. */
  private record Stated(List<Value> kinks) implements Composite<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("stated");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Value forward(NoAttributes none, Values x) {
      return x.get(0).builder().apply(RELU, NoAttributes.NONE, List.of(x.get(0)));
    }

    @Override
    public List<Value> kinks(Adjoint<NoAttributes> at) {
      return kinks;
    }
  }

  private record Wrapped(Op<NoAttributes> inner) implements Composite<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("wrapped");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Value forward(NoAttributes none, Values x) {
      return x.get(0).builder().apply(inner, NoAttributes.NONE, List.of(x.get(0)));
    }
  }

  private static final Op<NoAttributes> SINE = new Loop(OpId.of("sin"), Lane::sin);
  private static final Op<NoAttributes> RELU =
      new Loop(OpId.of("relu"), x -> x.less(0).select(x.constant(0), x));

  private static GraphBuilder builder() {
    return new GraphBuilder(OpRegistry.of(new Total(), new SubtractOp()));
  }

  /** Derived kinks are differences of what a lane expression compares. */
  private record SubtractOp() implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("subtract");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x", "y");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(0).minus(x.get(1));
    }
  }

  private static Value total(GraphBuilder builder, Op<NoAttributes> op, TensorType type) {
    Value x = builder.parameter("x", type);
    return builder.apply(op, NoAttributes.NONE, List.of(x)).sum();
  }

  private static FiniteDifferences differences(
      Op<NoAttributes> op, TensorType type, IntToDoubleFunction element) {
    GraphBuilder builder = builder();
    return FiniteDifferences.of(
        total(builder, op, type), ImmutableMap.of("x", Tensor.generate(type, element)));
  }

  @Test
  void slopesOfASmoothFunctionAreItsDerivative() {
    TensorType type = TensorType.of(DType.F64, 2, 3);
    IntToDoubleFunction x = i -> 0.7 * i - 1.1;
    Estimate estimate = differences(SINE, type, x).entries("x");
    assertThat(estimate.masked().isEmpty()).isTrue();
    for (int i = 0; i < 6; i++) {
      assertThat(estimate.slopes().get(i)).isCloseTo(Math.cos(x.applyAsDouble(i)), within(2e-10));
    }
    Tensor right = Tensor.generate(type, i -> Math.cos(x.applyAsDouble(i)));
    assertThat(estimate.compare(right).verdict()).isEqualTo(Verdict.PASS);
    assertThat(estimate.compare(right).relative()).isLessThan(Bounds.FINITE_DIFFERENCES);
  }

  @Test
  void aMissingDerivativeOfTheActivationFails() {
    TensorType type = TensorType.of(DType.F64, 4);
    Estimate estimate = differences(SINE, type, i -> 0.3 * i + 0.2).entries("x");
    assertThat(estimate.compare(Tensor.filled(type, 1)).verdict()).isEqualTo(Verdict.FAIL);
    Tensor slightly = Tensor.generate(type, i -> Math.cos(0.3 * i + 0.2) * (1 + 1e-7));
    assertThat(estimate.compare(slightly).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aStepAcrossAKinkIsMaskedAndOthersAreNot() {
    TensorType type = TensorType.of(DType.F64, 5);
    double[] x = {1, 3e-6, -2e-6, -1, 0};
    Estimate estimate = differences(RELU, type, i -> x[i]).entries("x");
    assertThat(estimate.masked()).containsExactly(1, 2, 4);
    assertThat(estimate.slopes().get(0)).isCloseTo(1, within(1e-9));
    assertThat(estimate.slopes().get(3)).isZero();
    assertThat(estimate.compare(Tensor.of(type, 1, 1, 0, 0, 0)).masked()).isEqualTo(3);
  }

  @Test
  void kinksInsideACompositeAreSeen() {
    TensorType type = TensorType.of(DType.F64, 2);
    Estimate estimate = differences(new Wrapped(RELU), type, i -> i == 0 ? 1e-6 : 1).entries("x");
    assertThat(estimate.masked()).containsExactly(0);
  }

  @Test
  void whatACompositeStatesReplacesTheSwitchesInside() {
    TensorType type = TensorType.of(DType.F64, 2);
    Op<NoAttributes> smooth = new Stated(List.of());
    assertThat(differences(smooth, type, i -> 1e-6).entries("x").masked().isEmpty()).isTrue();
    Op<NoAttributes> around = new Wrapped(smooth);
    assertThat(differences(around, type, i -> 1e-6).entries("x").masked().isEmpty()).isTrue();
  }

  @Test
  void aKinkThatDependsOnNothingIsNeverCrossed() {
    GraphBuilder builder = builder();
    Value constant = builder.constant(Tensor.scalar(0));
    Value total = total(builder, new Stated(List.of(constant)), TensorType.of(DType.F64, 2));
    Map<String, Tensor> point = Map.of("x", Tensor.vector(1e-7, 1));
    assertThat(FiniteDifferences.of(total, point).entries("x").masked()).isEmpty();
  }

  @Test
  void aSampleIsDrawnWithoutRepetitionAndSaysSo() {
    TensorType type = TensorType.of(DType.F64, 10, 10);
    FiniteDifferences differences = differences(SINE, type, i -> 0.01 * i);
    Estimate estimate = differences.sample("x", 20, 3);
    assertThat(estimate.positions()).doesNotHaveDuplicates().hasSize(20).isSorted();
    assertThat(estimate).hasToString("20 of 100 entries");
    assertThat(differences.sample("x", 20, 3)).isEqualTo(estimate);
    Tensor right = Tensor.generate(type, i -> Math.cos(0.01 * i));
    assertThat(estimate.compare(right).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void oneDirectionTellsAWrongGradientOfABigTensor() {
    TensorType type = TensorType.of(DType.F64, 100, 50);
    FiniteDifferences differences = differences(SINE, type, i -> Math.sin(i));
    Estimate estimate = differences.direction("x", 5);
    Tensor right = Tensor.generate(type, i -> Math.cos(Math.sin(i)));
    Tensor wrong = Tensor.generate(type, i -> (i == 77 ? 1.01 : 1) * Math.cos(Math.sin(i)));
    assertThat(estimate.compare(right).verdict()).isEqualTo(Verdict.PASS);
    assertThat(estimate.compare(wrong).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(estimate).hasToString("one direction in 5000 entries");
  }

  /**
   * What a direction's terms amount to is their length, also where their squares leave the range.
   */
  @ParameterizedTest
  @ValueSource(doubles = {1e300, 1e160, 1, 1e-170, 1e-300})
  void theTermsOfADirectionHaveALengthInAnyUnit(double unit) {
    Estimate estimate =
        new Estimate(
            "x",
            Estimate.Extent.DIRECTION,
            List.of(),
            List.of(1.0, -1.0),
            List.of(-unit),
            List.of(0.0),
            List.of(),
            2,
            List.of());
    assertThat(estimate.scales(Tensor.vector(3 * unit, 4 * unit)))
        .containsExactly(new double[] {5 * unit}, within(1e-15 * 5 * unit));
    boolean tiny = unit < Bounds.TINY;
    assertThat(estimate.compare(Tensor.vector(3 * unit, 4 * unit)).verdict())
        .isEqualTo(tiny ? Verdict.INCONCLUSIVE : Verdict.PASS);
    assertThat(estimate.compare(Tensor.vector(3 * unit, 5 * unit)).verdict())
        .isEqualTo(tiny ? Verdict.INCONCLUSIVE : Verdict.FAIL);
  }

  @Test
  void bigTensorsAreSampled() {
    TensorType type = TensorType.of(DType.F64, 3_000);
    Estimate estimate = differences(SINE, type, i -> 0.5).of("x", 1);
    assertThat(estimate.extent()).isEqualTo(Estimate.Extent.SAMPLE);
    assertThat(estimate.positions().size()).isEqualTo(FiniteDifferences.MOST_ENTRIES);
  }

  @Test
  void onlyDoublePrecisionIsDifferenced() {
    GraphBuilder builder = builder();
    Value loss = total(builder, SINE, TensorType.of(DType.F32, 2));
    Map<String, Tensor> point = ImmutableMap.of("x", Tensor.filled(TensorType.of(DType.F32, 2), 1));
    assertThatThrownBy(() -> FiniteDifferences.of(loss, point))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("f64");
  }

  @Test
  void aNameWithoutTensorIsRefused() {
    FiniteDifferences differences = differences(SINE, TensorType.of(DType.F64, 2), i -> i);
    assertThatThrownBy(() -> differences.entries("y"))
        .isInstanceOf(GraphException.BadInput.class)
        .hasMessageContaining("'y'")
        .hasMessageContaining("x");
  }
}
