package io.deltagraph.crosscheck;

import static io.deltagraph.crosscheck.RealRows.OPS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.deltagraph.check.Bounds;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.GradientRow;
import io.deltagraph.check.Verdict;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrossCheckTest {
  // An odd number: as many slopes of 1 as of −1 would add up to 0, which certifies nothing.
  private static final Samples WINES = RealRows.wines(9);
  private static final long SEED = 20261;

  private static final List<OpChoice> ACTIVATIONS =
      ImmutableList.of(
          OpChoice.of("identity"),
          OpChoice.of("linear", "k", 0.7),
          OpChoice.of("relu"),
          OpChoice.of("leaky_relu"),
          OpChoice.of("leaky_relu", "alpha", 0.3),
          OpChoice.of("prelu"),
          OpChoice.of("elu"),
          OpChoice.of("elu", "alpha", 1.7),
          OpChoice.of("selu"),
          OpChoice.of("sigmoid"),
          OpChoice.of("sigmoid", "slope", 2.5),
          OpChoice.of("tanh"),
          OpChoice.of("softplus"),
          OpChoice.of("softsign"),
          OpChoice.of("silu"),
          OpChoice.of("gelu"),
          OpChoice.of("gelu", "approximate", "tanh"),
          OpChoice.of("mish"),
          OpChoice.of("log_sigmoid"),
          OpChoice.of("softmax"),
          OpChoice.of("softmax", "temperature", 0.5));

  private static final List<String> REDUCTIONS = ImmutableList.of("sum", "mean", "mean_all");

  static NetworkPlan net(OpChoice hidden, OpChoice last, OpChoice loss) {
    return new NetworkPlan(
        13,
        ImmutableList.of(
            new LayerPlan(5, hidden, new Initialiser.Zeros()),
            new LayerPlan(4, hidden, new Initialiser.Zeros()),
            new LayerPlan(3, last, new Initialiser.Zeros())),
        false,
        loss,
        0,
        0,
        DType.F64);
  }

  private static GradientReport check(NetworkPlan plan, Samples samples) {
    return CrossCheck.of(plan, OPS, RandomWeights.of(plan, OPS, SEED), samples, SEED);
  }

  private static void passes(NetworkPlan plan, Samples samples) {
    GradientReport report = check(plan, samples);
    assertThat(CrossCheck.remark(plan, OPS)).isEmpty();
    assertThat(report.rows()).allSatisfy(row -> assertThat(row.closedFormAgreement()).isPresent());
    assertThat(report.verdict()).as("%s%n%s", plan, report.toText()).isEqualTo(Verdict.PASS);
    assertThat(report.worstClosedForm().orElseThrow())
        .as("%s%n%s", plan, report.toText())
        .isLessThanOrEqualTo(Bounds.CLOSED_FORM_AT_RANDOM_WEIGHTS);
  }

  static Stream<OpChoice> activations() {
    return ACTIVATIONS.stream();
  }

  @ParameterizedTest
  @MethodSource("activations")
  @DisplayName("Every hidden activation agrees by three roads")
  void hidden(OpChoice activation) {
    passes(net(activation, OpChoice.of("softmax"), OpChoice.of("softmax_cross_entropy")), WINES);
  }

  /** A pair of an output activation and a loss, with targets that fit. */
  record Output(OpChoice last, OpChoice loss, Samples samples) {
    @Override
    public String toString() {
      return last + " under " + loss;
    }
  }

  static Stream<Output> outputs() {
    List<Output> all = new ArrayList<>();
    for (String reduction : REDUCTIONS) {
      for (OpChoice last :
          reduction.equals("mean") ? ACTIVATIONS : ImmutableList.of(OpChoice.of("tanh"))) {
        for (String loss :
            List.of(
                "half_squared_error",
                "mean_squared_error",
                "squared_distance",
                "mean_absolute_error",
                "huber")) {
          all.add(new Output(last, OpChoice.of(loss, "reduction", reduction), WINES));
        }
        all.add(
            new Output(last, OpChoice.of("hinge", "reduction", reduction), RealRows.signs(WINES)));
      }
      for (String last : List.of("sigmoid", "softmax")) {
        for (String loss :
            List.of(
                "binary_cross_entropy",
                "elementwise_cross_entropy",
                "categorical_cross_entropy",
                "kl_divergence")) {
          OpChoice of = OpChoice.of(loss, "reduction", reduction);
          all.add(new Output(OpChoice.of(last), of, WINES));
          all.add(new Output(OpChoice.of(last), of, RealRows.soft(WINES, 1)));
        }
      }
      for (String last : List.of("identity", "sigmoid", "softmax", "tanh")) {
        OpChoice activation = OpChoice.of(last);
        all.add(
            new Output(
                activation,
                OpChoice.of("binary_cross_entropy_with_logits", "reduction", reduction),
                WINES));
        OpChoice softmax = OpChoice.of("softmax_cross_entropy", "reduction", reduction);
        all.add(new Output(activation, softmax, WINES));
        all.add(new Output(activation, softmax, RealRows.soft(WINES, 1.4)));
        all.add(
            new Output(
                activation,
                OpChoice.of("sparse_softmax_cross_entropy", "reduction", reduction),
                RealRows.indices(WINES)));
      }
      all.add(
          new Output(
              OpChoice.of("log_softmax"),
              OpChoice.of("negative_log_likelihood", "reduction", reduction),
              RealRows.indices(WINES)));
    }
    // Targets below 0: the largest error is not that of a relu that is off, nor of a prelu that is.
    Samples below = RealRows.soft(WINES, -1);
    ACTIVATIONS.forEach(last ->
        all.add(
            new Output(last, OpChoice.of("supremum"), last.op().equals("prelu") ? WINES : below)));
    all.add(
        new Output(
            OpChoice.of("tanh"),
            new OpChoice("huber", ImmutableMap.of("delta", 0.4, "reduction", "mean")),
            WINES));
    // A loss that takes logits goes past the last activation, its temperature and its alpha.
    all.add(
        new Output(
            OpChoice.of("softmax", "temperature", 3.0),
            OpChoice.of("softmax_cross_entropy"),
            WINES));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("outputs")
  @DisplayName("Every output activation agrees by three roads under every loss that fits it")
  void outputActivation(Output output) {
    passes(net(OpChoice.of("tanh"), output.last(), output.loss()), output.samples());
  }

  @Test
  @DisplayName("A loss on logits leaves prelu's alpha behind it without influence")
  void alphaPastTheLoss() {
    NetworkPlan plan =
        net(
            OpChoice.of("tanh"),
            OpChoice.of("prelu"),
            OpChoice.of("binary_cross_entropy_with_logits"));
    GradientRow alpha = row(check(plan, WINES), "layer3.alpha");
    assertThat(alpha.autodiff().item()).isZero();
    assertThat(alpha.closedForm().orElseThrow().item()).isZero();
    assertThat(alpha.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  private static GradientRow row(GradientReport report, String name) {
    return report.rows().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  @DisplayName("Steps have the slope 0, so that below them nothing is certified and nothing fails")
  void steps() {
    for (String step : List.of("heaviside", "sign")) {
      GradientReport report =
          check(
              net(OpChoice.of(step), OpChoice.of("identity"), OpChoice.of("half_squared_error")),
              WINES);
      assertThat(report.verdict()).as(report.toText()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(row(report, "layer3.weight").verdict()).isEqualTo(Verdict.PASS);
      assertThat(row(report, "layer1.weight").autodiff().toDoubles()).containsOnly(0);
    }
  }

  @Test
  @DisplayName("logit agrees where its inputs lie in (0, 1)")
  void logit() {
    NetworkPlan plan =
        net(OpChoice.of("logit"), OpChoice.of("identity"), OpChoice.of("half_squared_error"));
    Map<String, Tensor> inside =
        Maps.transformEntries(
            RandomWeights.of(plan, OPS, SEED),
            (name, tensor) ->
                Tensor.generate(
                    tensor.type(), i -> 0.02 * tensor.get(i) + (name.endsWith("bias") ? 0.5 : 0)));
    GradientReport report = CrossCheck.of(plan, OPS, inside, WINES, SEED);
    assertThat(report.verdict()).as(report.toText()).isEqualTo(Verdict.PASS);
    assertThat(report.worstClosedForm().orElseThrow()).isLessThanOrEqualTo(1e-13);
  }

  @Test
  @DisplayName("Penalties have their place in the closed form, biases left out")
  void penalties() {
    NetworkPlan plain =
        net(OpChoice.of("tanh"), OpChoice.of("softmax"), OpChoice.of("softmax_cross_entropy"));
    NetworkPlan penalised = plain.costing(plain.loss(), 3, 2);
    passes(penalised, WINES);
    passes(plain.costing(plain.loss(), 0, 0.7), WINES);
    passes(plain.costing(plain.loss(), 0.9, 0), WINES);
    GradientReport without = check(plain, WINES);
    GradientReport with = check(penalised, WINES);
    Tensor weights = RandomWeights.of(plain, OPS, SEED).get("layer2.weight");
    for (int i = 0; i < weights.length(); i++) {
      double added =
          row(with, "layer2.weight").autodiff().get(i)
              - row(without, "layer2.weight").autodiff().get(i);
      assertThat(added)
          .isCloseTo(
              (3 * weights.get(i) + 2 * Math.signum(weights.get(i))) / WINES.count(),
              org.assertj.core.data.Offset.offset(1e-15));
    }
    assertThat(row(with, "layer2.bias").autodiff().toDoubles())
        .containsExactly(row(without, "layer2.bias").autodiff().toDoubles());
  }

  static Stream<Output> referenceClass() {
    List<Output> all = new ArrayList<>();
    for (String reduction : REDUCTIONS) {
      all.add(
          new Output(
              OpChoice.of("softmax"),
              OpChoice.of("softmax_cross_entropy", "reduction", reduction),
              WINES));
      all.add(
          new Output(
              OpChoice.of("softmax"),
              OpChoice.of("sparse_softmax_cross_entropy", "reduction", reduction),
              RealRows.indices(WINES)));
      all.add(
          new Output(
              OpChoice.of("softmax"),
              OpChoice.of("categorical_cross_entropy", "reduction", reduction),
              RealRows.soft(WINES, 1)));
      all.add(
          new Output(
              OpChoice.of("log_softmax"),
              OpChoice.of("negative_log_likelihood", "reduction", reduction),
              RealRows.indices(WINES)));
    }
    return all.stream();
  }

  private static NetworkPlan reduced(OpChoice last, OpChoice loss) {
    return new NetworkPlan(
        13,
        ImmutableList.of(
            new LayerPlan(5, OpChoice.of("tanh"), new Initialiser.Zeros()),
            new LayerPlan(2, last, new Initialiser.Zeros())),
        true,
        loss,
        0.5,
        0,
        DType.F64);
  }

  @ParameterizedTest
  @MethodSource("referenceClass")
  @DisplayName("K − 1 parameter vectors agree by three roads")
  void reducedSoftmax(Output output) {
    passes(reduced(output.last(), output.loss()), output.samples());
  }

  @Test
  @DisplayName("What the notes have no formula for is compared with differences alone, and says so")
  void noClosedForm() {
    List<NetworkPlan> plans =
        List.of(
            reduced(OpChoice.of("softmax"), OpChoice.of("half_squared_error")),
            reduced(
                OpChoice.of("softmax", "temperature", 2.0),
                OpChoice.of("categorical_cross_entropy")),
            net(OpChoice.of("erf"), OpChoice.of("softmax"), OpChoice.of("softmax_cross_entropy")),
            net(OpChoice.of("tanh"), OpChoice.of("log_softmax"), OpChoice.of("hinge")),
            net(OpChoice.of("linear", "k", -1.0), OpChoice.of("tanh"), OpChoice.of("hinge")));
    List<String> named = List.of("half_squared_error", "temperature", "erf", "log_softmax", "k=-1");
    for (int i = 0; i < plans.size(); i++) {
      GradientReport report = check(plans.get(i), WINES);
      assertThat(report.verdict()).as(report.toText()).isEqualTo(Verdict.PASS);
      assertThat(report.worstClosedForm()).isEmpty();
      assertThat(CrossCheck.remark(plans.get(i), OPS).orElseThrow())
          .contains("no formula")
          .contains(named.get(i))
          .contains("central differences alone");
    }
  }

  @Test
  @DisplayName("The random weights come from the seed and are those of no special point")
  void randomWeights() {
    NetworkPlan plan =
        net(OpChoice.of("prelu"), OpChoice.of("softmax"), OpChoice.of("softmax_cross_entropy"));
    Map<String, Tensor> weights = RandomWeights.of(plan, OPS, 1);
    Map<String, Tensor> again = RandomWeights.of(plan, OPS, 1);
    Map<String, Tensor> other = RandomWeights.of(plan, OPS, 2);
    assertThat(weights).hasSize(8);
    weights.forEach((name, tensor) -> {
      assertThat(tensor.bitEquals(again.get(name))).as(name).isTrue();
      assertThat(tensor.bitEquals(other.get(name))).as(name).isFalse();
      assertThat(tensor.toDoubles()).as(name).doesNotContain(0).doesNotHaveDuplicates();
    });
    assertThat(weights.get("layer1.bias").get(0)).isNotEqualTo(weights.get("layer2.bias").get(0));
  }
}
