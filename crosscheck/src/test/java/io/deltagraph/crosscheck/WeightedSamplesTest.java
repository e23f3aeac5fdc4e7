package io.deltagraph.crosscheck;

import static io.deltagraph.crosscheck.RealRows.OPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.check.Bounds;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.Verdict;
import io.deltagraph.graph.GraphException;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nets whose samples have weights: the three roads, and what weights mean. */
class WeightedSamplesTest {
  private static final Samples WINES = RealRows.wines(9);
  private static final double[] WEIGHTS = {2, 0.5, 1, 0.25, 3, 1.5, 0, 0.75, 4};
  private static final long SEED = 5;

  private static Samples weighted(Samples samples, double... weights) {
    return new Samples(
        ImmutableMap.<String, Tensor>builder()
            .putAll(samples.tensors())
            .put(Network.WEIGHTS, Tensor.vector(weights))
            .buildOrThrow());
  }

  private static NetworkPlan reference(OpChoice loss) {
    return new NetworkPlan(
        13,
        ImmutableList.of(new LayerPlan(2, OpChoice.of("softmax"), new Initialiser.Zeros())),
        true,
        loss,
        0.5,
        0.25,
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
        .isLessThanOrEqualTo(Bounds.CLOSED_FORM_AT_RANDOM_WEIGHTS);
  }

  @ParameterizedTest
  @CsvSource({
    "tanh, half_squared_error, sum",
    "prelu, mean_squared_error, mean_all",
    "identity, squared_distance, mean",
    "identity, huber, mean",
    "sigmoid, binary_cross_entropy, mean_all",
    "softmax, elementwise_cross_entropy, mean",
    "softmax, categorical_cross_entropy, mean_all",
    "softmax, kl_divergence, mean",
    "sigmoid, binary_cross_entropy_with_logits, sum",
    "softmax, softmax_cross_entropy, mean"
  })
  void threeRoadsAgree(String last, String loss, String reduction) {
    NetworkPlan plan =
        CrossCheckTest.net(
            OpChoice.of("tanh"), OpChoice.of(last), OpChoice.of(loss, "reduction", reduction));
    passes(plan.weighting(), weighted(WINES, WEIGHTS));
  }

  @Test
  void theyAgreeForClassesSignsAndAReferenceClass() {
    OpChoice tanh = OpChoice.of("tanh");
    passes(
        CrossCheckTest.net(
                tanh, OpChoice.of("softmax"), OpChoice.of("sparse_softmax_cross_entropy"))
            .weighting(),
        weighted(RealRows.indices(WINES), WEIGHTS));
    passes(
        CrossCheckTest.net(tanh, OpChoice.of("log_softmax"), OpChoice.of("negative_log_likelihood"))
            .weighting(),
        weighted(RealRows.indices(WINES), WEIGHTS));
    passes(
        CrossCheckTest.net(tanh, tanh, OpChoice.of("hinge")).weighting(),
        weighted(RealRows.signs(WINES), WEIGHTS));
    passes(reference(OpChoice.of("softmax_cross_entropy")).weighting(), weighted(WINES, WEIGHTS));
  }

  /** A sample of weight 2 is a sample that is there twice, where samples are added up. */
  @Test
  void aWeightOfTwoIsASampleTwice() {
    OpChoice loss = OpChoice.of("softmax_cross_entropy", "reduction", "sum");
    NetworkPlan plan = CrossCheckTest.net(OpChoice.of("tanh"), OpChoice.of("softmax"), loss);
    Map<String, Tensor> parameters = RandomWeights.of(plan, OPS, SEED);
    Map<String, Tensor> once =
        gradients(plan.weighting(), parameters, weighted(WINES, 1, 1, 2, 1, 0, 1, 1, 1, 3));
    Map<String, Tensor> repeated =
        gradients(plan, parameters, WINES.rows(new int[] {0, 1, 2, 2, 3, 5, 6, 7, 8, 8, 8}));
    for (String name : List.of("layer1.weight", "layer2.bias", "layer3.weight")) {
      double[] got = once.get(name).toDoubles();
      double[] expected = repeated.get(name).toDoubles();
      assertThat(Arrays.stream(expected).map(Math::abs).sum()).isPositive();
      for (int i = 0; i < got.length; i++) {
        assertThat(got[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-13));
      }
    }
  }

  private static Map<String, Tensor> gradients(
      NetworkPlan plan, Map<String, Tensor> parameters, Samples samples) {
    ImmutableMap.Builder<String, Tensor> found = ImmutableMap.builder();
    CrossCheck.of(plan, OPS, parameters, samples, SEED)
        .rows()
        .forEach(row -> found.put(row.name(), row.autodiff()));
    return found.buildOrThrow();
  }

  @Test
  void aLossOfAllSamplesTogetherIsRefused() {
    NetworkPlan plan =
        CrossCheckTest.net(OpChoice.of("tanh"), OpChoice.of("identity"), OpChoice.of("supremum"));
    assertThatThrownBy(() -> Network.build(plan.weighting(), OPS, Seeds.of(1)))
        .isInstanceOf(GraphException.BadGraph.class)
        .hasMessageContaining("'supremum' is one number of all samples together")
        .hasMessageContaining("choose another loss");
  }
}
