package io.deltagraph.crosscheck;

import static io.deltagraph.crosscheck.RealRows.OPS;
import static io.deltagraph.crosscheck.SeededMistakesTest.SEED;
import static io.deltagraph.crosscheck.SeededMistakesTest.WINES;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.deltagraph.activations.Sigmoid;
import io.deltagraph.check.Bounds;
import io.deltagraph.check.Clues;
import io.deltagraph.check.Diagnosis;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.GradientRow;
import io.deltagraph.check.Verdict;
import io.deltagraph.closedform.Backpropagation;
import io.deltagraph.closedform.LayerDerivatives;
import io.deltagraph.crosscheck.SeededMistakesTest.MatMulMistake;
import io.deltagraph.crosscheck.SeededMistakesTest.SigmoidMistake;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.losses.L2Penalty;
import io.deltagraph.losses.Penalty;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A mistake in a net's gradient is named where it is made. */
class NamedMistakesTest {
  private static final NetworkPlan NET = penalised(SeededMistakesTest.net("half_squared_error"));
  private static final double LAMBDA = 0.5;

  private static NetworkPlan penalised(NetworkPlan plan) {
    return new NetworkPlan(
        plan.features(), plan.layers(), false, plan.loss(), LAMBDA, 0, plan.dtype());
  }

  private static String cause(GradientReport report, String row) {
    return report.rows().stream()
        .filter(r -> r.name().equals(row))
        .flatMap(r -> r.diagnosis().stream())
        .map(Diagnosis::sentence)
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NO_SLOPE           | times the local derivative φ'(Z2)",
        "SIGN               | times -1",
        "FACTOR_2           | times 2",
        "ONE_FACTOR_DROPPED | over the local derivative φ'(Z2)",
        "ZERO               | 0 everywhere",
        "ALMOST_RIGHT       | right up to 1e-07 of its size"
      })
  @DisplayName("A wrong rule of the activation is named at its delta, and told from what follows")
  void activation(SigmoidMistake mistake, String named) {
    OpLookup ops = OPS.replacing("sigmoid", new SeededMistakesTest.WrongSigmoid(mistake));
    GradientReport report = SeededMistakesTest.check(NET, ops);
    assertThat(cause(report, "delta2")).as(report.toText()).contains(named);
    assertThat(cause(report, "layer2.bias"))
        .contains(mistake == SigmoidMistake.ZERO ? "0 everywhere" : "follows from delta2");
    assertThat(cause(report, "delta3")).isEmpty();
    assertThat(cause(report, "layer3.weight")).isEmpty();
  }

  @Test
  @DisplayName("A local derivative that is missing in each layer is named in each layer")
  void everyLayer() {
    OpLookup ops =
        OPS.replacing("sigmoid", new SeededMistakesTest.WrongSigmoid(SigmoidMistake.NO_SLOPE));
    GradientReport report = SeededMistakesTest.check(NET, ops);
    assertThat(cause(report, "delta1")).contains("times the local derivative φ'(Z1)");
    assertThat(cause(report, "layer1.weight")).contains("follows from delta1");
    assertThat(report.toText()).contains("\nlayer1.bias: Your gradient follows from delta1, which");
  }

  /** An activation of a stranger's, {@code 0.8 x + 0.1 x²}, whose rule is wrong by a half. */
  private record Bent() implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:bent");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      Lane s = x.get(0);
      return s.times(0.8).plus(s.times(s).times(0.1));
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.flow(at.gradient().times(at.input(0).times(0.4).plus(0.8)));
    }
  }

  @Test
  @DisplayName("What follows from a wrong delta is told where the notes have no formula as well")
  void withoutFormula() {
    List<LayerPlan> layers = NET.layers();
    LayerPlan bent =
        new LayerPlan(layers.get(1).units(), OpChoice.of("acme:bent"), layers.get(1).initialiser());
    NetworkPlan plan =
        new NetworkPlan(
            NET.features(),
            ImmutableList.of(layers.get(0), bent, layers.get(2)),
            false,
            NET.loss(),
            LAMBDA,
            0.25,
            NET.dtype());
    OpLookup ops = OPS.with(new Bent());
    GradientReport report =
        CrossCheck.of(plan, ops, RandomWeights.of(plan, ops, SEED), WINES, SEED);
    assertThat(report.rows()).allMatch(row -> row.closedForm().isEmpty());
    assertThat(cause(report, "delta3")).as(report.toText()).isEmpty();
    assertThat(cause(report, "layer3.weight")).isEmpty();
    assertThat(cause(report, "delta2")).isNotEmpty().doesNotContain("follows");
    for (String row : List.of("layer2.weight", "layer2.bias", "delta1")) {
      assertThat(cause(report, row)).as(row).contains("follows from delta2");
    }
    for (String row : List.of("layer1.weight", "layer1.bias")) {
      assertThat(cause(report, row)).as(row).contains("follows from delta1");
    }
  }

  @Test
  @DisplayName("A transposed product is named in the delta and in the weights")
  void product() {
    assertThat(cause(matmul(MatMulMistake.LEFT_NOT_TRANSPOSED_WHERE_SQUARE), "delta1"))
        .contains("rows and columns of W2 exchanged");
    assertThat(cause(matmul(MatMulMistake.RIGHT_TRANSPOSED_WHERE_SQUARE), "layer2.weight"))
        .contains("rows and columns exchanged");
  }

  private static GradientReport matmul(MatMulMistake mistake) {
    return SeededMistakesTest.check(
        SeededMistakesTest.net("half_squared_error"),
        OPS.replacing("matmul", new SeededMistakesTest.WrongMatMul(mistake)));
  }

  /** The penalty with another multiple of its gradient. */
  private record WrongPenalty(double factor) implements Composite<Penalty> {
    private static final L2Penalty RIGHT = new L2Penalty();

    @Override
    public OpId id() {
      return RIGHT.id();
    }

    @Override
    public OpSignature signature() {
      return RIGHT.signature();
    }

    @Override
    public Schema<Penalty> schema() {
      return RIGHT.schema();
    }

    @Override
    public Value forward(Penalty penalty, Values x) {
      return RIGHT.forward(penalty, x);
    }

    @Override
    public List<Cotangent> backward(Adjoint<Penalty> at) {
      Value share =
          at.gradient().times(factor * at.attributes().lambda() / at.attributes().samples());
      return at.flow(at.inputs().stream().map(w -> share.times(w)).toArray(Value[]::new));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0  | lacks the penalty's term",
        "2  | penalty's term is the right one times 2",
        "-1 | penalty's term is the right one times -1"
      })
  @DisplayName("A wrong penalty is named in the weights")
  void penalty(double factor, String named) {
    GradientReport report =
        SeededMistakesTest.check(NET, OPS.replacing("l2_penalty", new WrongPenalty(factor)));
    for (String row : List.of("layer1.weight", "layer2.weight", "layer3.weight")) {
      assertThat(cause(report, row)).as(report.toText()).contains(named);
    }
    assertThat(cause(report, "layer1.bias")).isEmpty();
  }

  /** A logistic function whose rule reads what the forward pass before the last one kept. */
  private record StaleSigmoid(AtomicReference<double[]> last, AtomicReference<double[]> before)
      implements Kernel<Sigmoid.Slope> {
    private static final Sigmoid RIGHT = new Sigmoid();

    StaleSigmoid() {
      this(new AtomicReference<>(new double[0]), new AtomicReference<>(new double[0]));
    }

    @Override
    public OpId id() {
      return RIGHT.id();
    }

    @Override
    public OpSignature signature() {
      return RIGHT.signature();
    }

    @Override
    public Schema<Sigmoid.Slope> schema() {
      return RIGHT.schema();
    }

    @Override
    public TensorType infer(Sigmoid.Slope slope, InputTypes inputs) {
      return inputs.get(0);
    }

    @Override
    public void forward(Sigmoid.Slope slope, List<TensorReader> inputs, TensorWriter output) {
      double[] values = new double[output.length()];
      Arrays.setAll(values, i -> 1 / (1 + Math.exp(-inputs.getFirst().get(i))));
      for (int i = 0; i < values.length; i++) {
        output.set(i, values[i]);
      }
      before.set(last.getAndSet(values));
    }

    @Override
    public List<Cotangent> backward(Adjoint<Sigmoid.Slope> at) {
      Value output = at.output();
      return at.flow(
          at.raw(
              "sigmoid.backward",
              at.input(0).type(),
              (inputs, result) -> {
                double[] kept = before.get();
                for (int i = 0; i < result.length(); i++) {
                  double y = i < kept.length ? kept[i] : 0;
                  result.set(i, inputs.get(0).get(i) * y * (1 - y));
                }
              },
              at.gradient(),
              output)); // only so that the forward pass comes first
    }
  }

  @Test
  @DisplayName("An activation kept from an earlier step is named")
  void staleActivation() {
    LayerPlan sigmoid = NET.layers().get(0);
    LayerPlan tanh = new LayerPlan(sigmoid.units(), OpChoice.of("tanh"), sigmoid.initialiser());
    NetworkPlan plan =
        new NetworkPlan(
            NET.features(),
            ImmutableList.of(tanh, sigmoid, NET.layers().get(2)),
            false,
            NET.loss(),
            0,
            0,
            NET.dtype());
    GradientReport report =
        SeededMistakesTest.check(plan, OPS.replacing("sigmoid", new StaleSigmoid()));
    assertThat(cause(report, "delta2"))
        .as(report.toText())
        .contains("the output of an earlier step");
    assertThat(cause(report, "layer2.weight")).contains("follows from delta2");
  }

  @Test
  @DisplayName("Where the two other roads agree, the closed form is blamed")
  void closedForm() {
    GradientReport report = SeededMistakesTest.check(NET, OPS);
    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    GradientRow row =
        report.rows().stream().filter(r -> r.name().equals("delta2")).findFirst().orElseThrow();
    Tensor right = row.closedForm().orElseThrow();
    GradientRow wrong =
        row.withClosedForm(
            Tensor.generate(right.type(), i -> -2 * right.get(i)), right, Bounds.CLOSED_FORM);
    assertThat(wrong.blame()).contains(GradientRow.Blame.CLOSED_FORM);
    assertThat(row.blame()).isEmpty();
    assertThat(wrong.diagnosis().orElseThrow().sentence()).contains("times -1 times 2");
    assertThat(GradientReport.of(List.of(wrong)).toText())
        .contains("\ndelta2, of which the closed form is wrong, as the differences agree with");
  }

  /** Gradients as a student might write them, by loops of their own. */
  enum Slip {
    NO_LOCAL_DERIVATIVE("delta2", "times the local derivative φ'(Z2)"),
    NO_INCOMING("delta2", "ignores the gradient that comes from above"),
    ACTIVATION_FOR_DERIVATIVE("delta2", "uses the activation A2 where it should use the local"),
    DERIVATIVE_AT_OUTPUT("delta2", "taken at A2; it belongs at Z2"),
    TRANSPOSED_WEIGHTS("delta1", "rows and columns of W2 exchanged"),
    SIGNAL_FOR_ACTIVATION("layer2.weight", "uses Z1 where it should use A1"),
    NEXT_ACTIVATION("layer2.weight", "uses A2 where it should use A1"),
    NO_PENALTY("layer2.weight", "lacks the penalty's term"),
    TRANSPOSED_PRODUCT("layer2.weight", "rows and columns exchanged"),
    ONE_SAMPLE("layer2.bias", "lacks a sum: the gradient of what is repeated along axis 0"),
    MEAN_FOR_SUM("layer2.bias", "1/9, one over the number of samples");

    private final String row;
    private final String named;

    Slip(String row, String named) {
      this.row = row;
      this.named = named;
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A slip in a delta formula is named")
  void formulas(Slip slip) throws ClosedFormNet.Missing {
    Map<String, Tensor> weights = RandomWeights.of(NET, OPS, SEED);
    ClosedFormNet net = ClosedFormNet.of(NET, OPS, weights);
    Backpropagation back = net.backpropagation(WINES);
    Map<String, Tensor> right = right(back);
    Tensor wrong = wrong(slip, back, weights);
    if (slip == Slip.TRANSPOSED_PRODUCT) {
      NetworkPlan plain = SeededMistakesTest.net("half_squared_error");
      net = ClosedFormNet.of(plain, OPS, weights);
      right = right(net.backpropagation(WINES));
    }
    Clues clues =
        new UsualMistakes(net, back, WINES, right).of(Clues.NONE.samples(WINES.count()), slip.row);
    Tensor expected = right.get(slip.row);
    assertThat(Diagnosis.of(wrong, expected, Bounds.CLOSED_FORM, clues).sentence())
        .contains(slip.named);
    assertThat(Diagnosis.of(expected, expected, Bounds.CLOSED_FORM, clues).findings()).isEmpty();
  }

  private static Map<String, Tensor> right(Backpropagation back) {
    Map<String, Tensor> right = new HashMap<>();
    for (int l = 1; l <= back.layers().size(); l++) {
      LayerDerivatives layer = back.layers().get(l - 1);
      right.put("delta" + l, Tensor.matrix(layer.delta()));
      right.put("layer" + l + ".weight", Tensor.matrix(layer.weightGradient()));
      right.put("layer" + l + ".bias", Tensor.vector(layer.biasGradient()));
    }
    return right;
  }

  private static Tensor wrong(Slip slip, Backpropagation back, Map<String, Tensor> weights) {
    LayerDerivatives first = back.layers().get(0);
    LayerDerivatives second = back.layers().get(1);
    Tensor a1 = Tensor.matrix(first.activation());
    Tensor z1 = Tensor.matrix(first.preActivation());
    Tensor a2 = Tensor.matrix(second.activation());
    Tensor delta2 = Tensor.matrix(second.delta());
    Tensor w2 = weights.get("layer2.weight");
    Tensor above =
        product(Tensor.matrix(back.layers().get(2).delta()), false, weights.get("layer3.weight"));
    DoubleUnaryOperator slope = a -> a * (1 - a);
    return switch (slip) {
      case NO_LOCAL_DERIVATIVE -> above;
      case NO_INCOMING -> Tensor.generate(a2.type(), i -> slope.applyAsDouble(a2.get(i)));
      case ACTIVATION_FOR_DERIVATIVE -> Tensor.generate(a2.type(), i -> above.get(i) * a2.get(i));
      case DERIVATIVE_AT_OUTPUT ->
          Tensor.generate(
              a2.type(), i -> above.get(i) * slope.applyAsDouble(1 / (1 + Math.exp(-a2.get(i)))));
      case TRANSPOSED_WEIGHTS -> {
        Tensor turned = Tensor.generate(w2.type(), i -> w2.get(i % 5 * 5 + i / 5));
        Tensor down = product(delta2, false, turned);
        yield Tensor.generate(a1.type(), i -> down.get(i) * slope.applyAsDouble(a1.get(i)));
      }
      case SIGNAL_FOR_ACTIVATION -> penalised(product(delta2, true, z1), w2);
      case NEXT_ACTIVATION -> penalised(product(delta2, true, a2), w2);
      case NO_PENALTY -> product(delta2, true, a1);
      case TRANSPOSED_PRODUCT -> product(a1, true, delta2);
      case ONE_SAMPLE -> Tensor.vector(second.delta()[4]);
      case MEAN_FOR_SUM ->
          Tensor.vector(
              Arrays.stream(second.biasGradient()).map(sum -> sum / WINES.count()).toArray());
    };
  }

  private static Tensor penalised(Tensor data, Tensor weights) {
    return Tensor.generate(data.type(), i -> data.get(i) + LAMBDA / WINES.count() * weights.get(i));
  }

  /** {@code left right}, or {@code leftᵀ right}. */
  private static Tensor product(Tensor left, boolean turned, Tensor right) {
    int rows = left.size(turned ? 1 : 0);
    int inner = left.size(turned ? 0 : 1);
    int columns = right.size(1);
    double[][] result = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k < inner; k++) {
          int at = turned ? k * rows + i : i * inner + k;
          result[i][j] += left.get(at) * right.get(k * columns + j);
        }
      }
    }
    return Tensor.matrix(result);
  }
}
