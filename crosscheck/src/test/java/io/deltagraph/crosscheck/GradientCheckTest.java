package io.deltagraph.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.check.GradientReport;
import io.deltagraph.check.GradientRow;
import io.deltagraph.check.Verdict;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Dense;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Model;
import io.deltagraph.models.ModelBuilder;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models of any shape are checked by two roads, and wrong rules in them are found. */
class GradientCheckTest {
  private static final OpRegistry OPS = OpRegistry.load();

  private static Tensor random(long seed, int... sizes) {
    RandomStream random = Seeds.of(seed).stream();
    return Tensor.generate(TensorType.of(DType.F64, sizes), i -> random.nextGaussian());
  }

  private static final Samples SAMPLES =
      new Samples(
          Map.of("left", random(1, 40, 3), "right", random(2, 40, 3), "T", random(3, 40, 2)));

  /** Two towers of shared weights, a skip connection, both normalisations and dropout. */
  private static Model everything(OpRegistry ops, DType dtype, String op) {
    ModelBuilder net = new ModelBuilder(ops, dtype, Seeds.of(4));
    Value left = net.input("left", 3);
    Value right = net.input("right", 3);
    Dense tower = net.dense(3, 5, "tanh");
    Value both = tower.apply(left).times(tower.apply(right)).plus(tower.apply(left));
    Value hidden = net.dropout(net.batchNormalisation(both), 0.3);
    Value scaled = net.layerNormalisation(net.dense(hidden, 4, "softplus"));
    Value output = net.dense(scaled, 2).op(op);
    Value error = output.minus(net.target("T", 2));
    Value signs = error.signum().stopGradient(); // a cast to the model's own dtype
    return net.minimising(error.times(signs).square().plus(1).log().mean(), output);
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  @DisplayName("Every parameter and every input of a composed model agrees with differences")
  void composed(DType dtype) {
    GradientReport report = GradientCheck.of(everything(OPS, dtype, "tanh"), SAMPLES);
    assertThat(report.verdict()).as(report::toText).isEqualTo(Verdict.PASS);
    assertThat(report.worstFiniteDifferences().orElseThrow()).isLessThan(1e-6);
    assertThat(report.rows().stream().map(GradientRow::name))
        .containsExactlyInAnyOrder(
            "layer1.weight",
            "layer1.bias",
            "normalisation1.gamma",
            "normalisation1.beta",
            "layer2.weight",
            "layer2.bias",
            "normalisation3.gamma",
            "normalisation3.beta",
            "layer3.weight",
            "layer3.bias",
            "left",
            "right");
    assertThat(report.rows().stream().filter(row -> row.kind() == GradientRow.Kind.INPUT))
        .hasSize(2);
  }

  /** The cube with a derivative of {@code 2 x²}. */
  private record WrongCube() implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:wrong_cube");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(0).times(x.get(0)).times(x.get(0));
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.flow(at.gradient().times(at.input(0).square().times(2)));
    }
  }

  @Test
  @DisplayName("A wrong rule of an op in it is found")
  void wrong() {
    OpRegistry ops = OPS.with(new WrongCube());
    GradientReport report =
        GradientCheck.of(everything(ops, DType.F32, "test:wrong_cube"), SAMPLES);
    assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  @DisplayName("The net of a plan has its closed form beside it")
  void network() {
    NetworkPlan plan =
        new NetworkPlan(
            3,
            List.of(new LayerPlan(2, OpChoice.of("tanh"), new Initialiser.Glorot())),
            false,
            OpChoice.of("mean_squared_error"),
            0,
            0,
            DType.F32);
    Model model = Network.build(plan, OPS, Seeds.of(1)).model();
    GradientReport report = GradientCheck.of(model, new Samples(random(1, 9, 3), random(2, 9, 2)));
    assertThat(report.verdict()).as(report::toText).isEqualTo(Verdict.PASS);
    assertThat(report.worstClosedForm().orElseThrow()).isLessThan(1e-12);
  }

  @Test
  @DisplayName("A model in another dtype computes the same, but for rounding")
  void retyped() {
    Model model = everything(OPS, DType.F32, "tanh");
    Model exact = model.in(DType.F64);
    assertThat(exact.loss().dtype()).isEqualTo(DType.F64);
    assertThat(exact.inference().parameters()).hasSize(12);
    assertThat(exact.updates()).hasSize(3);
    assertThat(exact.in(DType.F64)).isSameAs(exact);
    exact
        .initial()
        .forEach((parameter, value) -> {
          Tensor before =
              model.initial().entrySet().stream()
                  .filter(entry -> entry.getKey().label().equals(parameter.label()))
                  .map(Map.Entry::getValue)
                  .findFirst()
                  .orElseThrow();
          for (int i = 0; i < value.length(); i++) {
            assertThat(value.get(i)).isCloseTo(before.get(i), within(0.0));
          }
        });
  }
}
