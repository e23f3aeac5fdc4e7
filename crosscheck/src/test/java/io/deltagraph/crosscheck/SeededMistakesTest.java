package io.deltagraph.crosscheck;

import static io.deltagraph.crosscheck.RealRows.OPS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.deltagraph.activations.Sigmoid;
import io.deltagraph.check.Bounds;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.GradientRow;
import io.deltagraph.check.Verdict;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.losses.HalfSquaredError;
import io.deltagraph.losses.LossReduction;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.ops.MatMul;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The check fails on mistakes, and names the tensors that they reach. */
class SeededMistakesTest {
  static final Samples WINES = RealRows.wines(9);
  static final long SEED = 7;

  /** 13-5-5-3 with square weights in the middle, where a transposed matrix still fits. */
  static NetworkPlan net(String loss) {
    NetworkPlan plan =
        CrossCheckTest.net(OpChoice.of("sigmoid"), OpChoice.of("identity"), OpChoice.of(loss));
    return new NetworkPlan(
        plan.features(),
        ImmutableList.of(plan.layers().get(0), plan.layers().get(0), plan.layers().get(2)),
        false,
        plan.loss(),
        0,
        0,
        plan.dtype());
  }

  static GradientReport check(NetworkPlan plan, OpLookup ops) {
    return CrossCheck.of(plan, ops, RandomWeights.of(plan, OPS, SEED), WINES, SEED);
  }

  private static void failsAt(GradientReport report, String... names) {
    assertThat(report.verdict()).as(report.toText()).isEqualTo(Verdict.FAIL);
    assertThat(
            report.rows().stream()
                .filter(row -> row.verdict() == Verdict.FAIL)
                .map(GradientRow::name))
        .as(report.toText())
        .containsExactlyInAnyOrder(names);
    report.rows().stream()
        .filter(row -> row.verdict() == Verdict.FAIL)
        .forEach(row -> {
          // Both other roads speak against autodiff.
          assertThat(row.closedFormAgreement().orElseThrow().verdict()).isEqualTo(Verdict.FAIL);
          assertThat(row.differencesAgreement().orElseThrow().verdict()).isEqualTo(Verdict.FAIL);
        });
  }

  private static final String[] BELOW_THE_ACTIVATIONS = {
    "delta1", "delta2", "layer1.weight", "layer1.bias", "layer2.weight", "layer2.bias"
  };

  /** Between two wrong signs, which together are a right one. */
  private static final String[] BETWEEN = {"delta2", "layer2.weight", "layer2.bias"};

  @Test
  @DisplayName("Without a mistake the net of these tests passes")
  void noMistake() {
    for (String loss : List.of("half_squared_error", "softmax_cross_entropy")) {
      GradientReport report = check(net(loss), OPS);
      assertThat(report.verdict()).as(report.toText()).isEqualTo(Verdict.PASS);
    }
  }

  enum SigmoidMistake {
    NO_SLOPE,
    SIGN,
    FACTOR_2,
    ONE_FACTOR_DROPPED,
    INPUT_FOR_OUTPUT,
    ALMOST_RIGHT,
    ZERO
  }

  /** sigmoid forward, with another rule backward. */
  record WrongSigmoid(SigmoidMistake mistake) implements Pointwise<Sigmoid.Slope> {
    private static final Sigmoid RIGHT = new Sigmoid();

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
    public Lane forward(Sigmoid.Slope slope, Lanes x) {
      return RIGHT.forward(slope, x);
    }

    @Override
    public List<Cotangent> backward(Adjoint<Sigmoid.Slope> at) {
      Value g = at.gradient();
      Value y = at.output();
      Value right = g.times(y).times(y.oneMinus());
      return at.flow(
          switch (mistake) {
            case NO_SLOPE -> g;
            case SIGN -> right.negate();
            case FACTOR_2 -> right.times(2);
            case ONE_FACTOR_DROPPED -> g.times(y);
            case INPUT_FOR_OUTPUT -> g.times(at.input(0)).times(at.input(0).oneMinus());
            case ALMOST_RIGHT -> right.times(1 + 1e-7);
            case ZERO -> right.times(0);
          });
    }

    @Override
    public Notation notation() {
      return RIGHT.notation();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A wrong rule of the activation fails in the deltas below it and not above")
  void activation(SigmoidMistake mistake) {
    OpLookup ops = OPS.replacing("sigmoid", new WrongSigmoid(mistake));
    GradientReport report = check(net("half_squared_error"), ops);
    failsAt(report, mistake == SigmoidMistake.SIGN ? BETWEEN : BELOW_THE_ACTIVATIONS);
  }

  enum MatMulMistake {
    LEFT_FACTOR_2,
    RIGHT_FACTOR_2,
    LEFT_SIGN,
    RIGHT_SIGN,
    LEFT_NOT_TRANSPOSED_WHERE_SQUARE,
    RIGHT_TRANSPOSED_WHERE_SQUARE
  }

  record WrongMatMul(MatMulMistake mistake) implements Contraction<NoAttributes> {
    private static final MatMul RIGHT = new MatMul();

    @Override
    public OpId id() {
      return RIGHT.id();
    }

    @Override
    public OpSignature signature() {
      return RIGHT.signature();
    }

    @Override
    public Subscripts subscripts(NoAttributes none, InputTypes inputs) {
      return RIGHT.subscripts(none, inputs);
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      Value a = at.input(0);
      Value b = at.input(1);
      Value g = at.gradient();
      Value da = g.matmul(b.transpose());
      Value db = a.transpose().matmul(g);
      boolean square = b.shape().dim(0).equals(b.shape().dim(1));
      return switch (mistake) {
        case LEFT_FACTOR_2 -> at.flow(da.times(2), db);
        case RIGHT_FACTOR_2 -> at.flow(da, db.times(2));
        case LEFT_SIGN -> at.flow(da.negate(), db);
        case RIGHT_SIGN -> at.flow(da, db.negate());
        case LEFT_NOT_TRANSPOSED_WHERE_SQUARE -> at.flow(square ? g.matmul(b) : da, db);
        case RIGHT_TRANSPOSED_WHERE_SQUARE -> at.flow(da, square ? db.transpose() : db);
      };
    }

    @Override
    public Notation notation() {
      return RIGHT.notation();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A wrong rule of the product fails in what it reaches alone")
  void product(MatMulMistake mistake) {
    GradientReport report =
        check(net("half_squared_error"), OPS.replacing("matmul", new WrongMatMul(mistake)));
    switch (mistake) {
      case LEFT_FACTOR_2 -> failsAt(report, BELOW_THE_ACTIVATIONS);
      case LEFT_SIGN -> failsAt(report, BETWEEN);
      case RIGHT_FACTOR_2, RIGHT_SIGN ->
          failsAt(report, "layer1.weight", "layer2.weight", "layer3.weight");
      case LEFT_NOT_TRANSPOSED_WHERE_SQUARE ->
          failsAt(report, "delta1", "layer1.weight", "layer1.bias");
      case RIGHT_TRANSPOSED_WHERE_SQUARE -> failsAt(report, "layer2.weight");
    }
  }

  enum LossMistake {
    NO_MEAN,
    HALF_LOST,
    SIGN
  }

  /** half_squared_error forward, with another rule backward. */
  private record WrongLoss(LossMistake mistake) implements Composite<LossReduction.Of> {
    private static final HalfSquaredError RIGHT = new HalfSquaredError();

    @Override
    public OpId id() {
      return RIGHT.id();
    }

    @Override
    public OpSignature signature() {
      return RIGHT.signature();
    }

    @Override
    public Schema<LossReduction.Of> schema() {
      return RIGHT.schema();
    }

    @Override
    public Value forward(LossReduction.Of of, Values x) {
      return RIGHT.forward(of, x);
    }

    @Override
    public List<Cotangent> backward(Adjoint<LossReduction.Of> at) {
      Value error = at.input(0).minus(at.input(1)).times(at.gradient());
      Value mean = error.over(at.input(0).elementCount(List.of(0)));
      Value wrong =
          switch (mistake) {
            case NO_MEAN -> error;
            case HALF_LOST -> mean.times(2);
            case SIGN -> mean.negate();
          };
      return at.flow(wrong, wrong.negate());
    }

    @Override
    public Notation notation() {
      return RIGHT.notation();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A wrong rule of the loss fails everywhere")
  void loss(LossMistake mistake) {
    OpLookup ops = OPS.replacing("half_squared_error", new WrongLoss(mistake));
    GradientReport report = check(net("half_squared_error"), ops);
    failsAt(
        report,
        "delta1",
        "delta2",
        "delta3",
        "layer1.weight",
        "layer1.bias",
        "layer2.weight",
        "layer2.bias",
        "layer3.weight",
        "layer3.bias");
  }

  @Test
  @DisplayName("A forward pass that is not the notes' fails against the closed form alone")
  void anotherFunction() {
    // tanh for the logistic function: autodiff and differences agree on the wrong function.
    NetworkPlan tanh =
        CrossCheckTest.net(
            OpChoice.of("tanh"), OpChoice.of("softmax"), OpChoice.of("softmax_cross_entropy"));
    NetworkPlan sigmoid =
        CrossCheckTest.net(
            OpChoice.of("sigmoid"), OpChoice.of("softmax"), OpChoice.of("softmax_cross_entropy"));
    Map<String, Tensor> weights = RandomWeights.of(tanh, OPS, SEED);
    GradientReport right = CrossCheck.of(tanh, OPS, weights, WINES, SEED);
    GradientReport other = CrossCheck.of(sigmoid, OPS, weights, WINES, SEED);
    assertThat(right.verdict()).isEqualTo(Verdict.PASS);
    for (int i = 0; i < right.rows().size(); i++) {
      GradientRow row = right.rows().get(i);
      GradientRow mixed = row.withClosedForm(other.rows().get(i).closedForm().orElseThrow());
      assertThat(mixed.verdict()).as(row.name()).isEqualTo(Verdict.FAIL);
      assertThat(mixed.differencesAgreement().orElseThrow().verdict()).isEqualTo(Verdict.PASS);
    }
  }

  @Test
  @DisplayName("One perturbed number of the closed form fails its row")
  void perturbedClosedForm() {
    GradientReport report = check(net("half_squared_error"), OPS);
    for (GradientRow row : report.rows()) {
      Tensor right = row.closedForm().orElseThrow();
      double largest = 0;
      for (double entry : right.toDoubles()) {
        largest = Math.max(largest, Math.abs(entry));
      }
      for (double size : new double[] {1, 1e-6, 1e-11}) {
        double by = size * largest;
        Tensor wrong = Tensor.generate(right.type(), i -> right.get(i) + (i == 1 ? by : 0));
        assertThat(row.withClosedForm(wrong, right, Bounds.CLOSED_FORM).verdict())
            .as("%s moved by %s", row.name(), by)
            .isEqualTo(Verdict.FAIL);
      }
    }
  }
}
