package io.deltagraph.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import io.deltagraph.data.Targets;
import io.deltagraph.graph.Codomain;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TargetFormTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final Targets.Classes TWO =
      new Targets.Classes(List.of(1, 0, 1), ImmutableList.of("no", "yes"));
  private static final Targets.Classes THREE =
      new Targets.Classes(List.of(2, 0, 1), ImmutableList.of("a", "b", "c"));

  private static NetworkPlan plan(int units, String activation, String loss, boolean reference) {
    LayerPlan layer = new LayerPlan(units, OpChoice.of(activation), new Initialiser.Zeros());
    return new NetworkPlan(
        2, ImmutableList.of(layer), reference, OpChoice.of(loss), 0, 0, DType.F64);
  }

  @ParameterizedTest
  @CsvSource({
    "3, softmax,  softmax_cross_entropy,            false, ONE_HOT",
    "2, softmax,  softmax_cross_entropy,            true,  ONE_HOT",
    "1, softmax,  softmax_cross_entropy,            true,  ONE_HOT",
    "3, softmax,  sparse_softmax_cross_entropy,     false, INDICES",
    "3, log_softmax, negative_log_likelihood,       false, INDICES",
    "3, sigmoid,  half_squared_error,               false, ONE_HOT",
    "3, identity, hinge,                            false, SIGNED_ROWS",
    "1, identity, hinge,                            false, SIGNS",
    "1, sigmoid,  binary_cross_entropy_with_logits, false, BITS",
    "1, identity, binary_cross_entropy_with_logits, false, LOGITS",
    "1, sigmoid,  binary_cross_entropy,             false, BITS",
    "1, heaviside, squared_distance,                false, BITS"
  })
  @DisplayName("The form is read from the loss and the net's width")
  void form(int units, String activation, String loss, boolean reference, TargetForm expected) {
    assertThat(TargetForm.of(plan(units, activation, loss, reference), OPS)).isEqualTo(expected);
  }

  /** An activation of a stranger's, which says that its numbers are probabilities. */
  private record Chance(Codomain codomain) implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:chance");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(0).times(x.get(0)).plus(1).reciprocal();
    }

    @Override
    public Codomain codomain(NoAttributes none, int rank) {
      return codomain;
    }
  }

  /** A loss of a stranger's, whose inputs have names of its own and these roles. */
  private record Own(OpSignature.Role first, OpSignature.Role second)
      implements Composite<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:own");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("given", "wanted").meaning(first, second);
    }

    @Override
    public Value forward(NoAttributes none, Values x) {
      return x.get(0).minus(x.get(1)).abs().sum();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "REALS, MARGINS, SIGNS, SIGNS",
    "REALS, ANY, ANY, BITS",
    "REALS, EVENT_LOGITS, TARGETS, LOGITS",
    "EVENT_PROBABILITIES, EVENT_LOGITS, TARGETS, BITS"
  })
  @DisplayName("Ops of strangers count by what they say, not by how they are spelled")
  void meaning(
      Codomain codomain, OpSignature.Role first, OpSignature.Role second, TargetForm expected) {
    OpRegistry ops = OPS.with(new Chance(codomain)).with(new Own(first, second));
    assertThat(TargetForm.of(plan(1, "acme:chance", "acme:own", false), ops)).isEqualTo(expected);
  }

  @Test
  @DisplayName("Classes become what the loss takes")
  void encode() {
    assertThat(TargetForm.INDICES.encode(THREE, DType.F32).toDoubles()).containsExactly(2, 0, 1);
    assertThat(TargetForm.INDICES.encode(THREE, DType.F32).type().toString()).isEqualTo("i32[3]");
    Tensor signs = TargetForm.SIGNS.encode(TWO, DType.F32);
    assertThat(signs.toDoubles()).containsExactly(1, -1, 1);
    assertThat(signs.type().toString()).isEqualTo("f32[3, 1]");
    for (TargetForm bits : ImmutableList.of(TargetForm.BITS, TargetForm.LOGITS)) {
      assertThat(bits.encode(TWO, DType.F64).toRows())
          .isDeepEqualTo(new double[][] {{1}, {0}, {1}});
    }
    assertThat(TargetForm.ONE_HOT.encode(THREE, DType.F64).toRows())
        .isDeepEqualTo(new double[][] {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}});
    assertThat(TargetForm.SIGNED_ROWS.encode(THREE, DType.F64).toRows())
        .isDeepEqualTo(new double[][] {{-1, -1, 1}, {1, -1, -1}, {-1, 1, -1}});
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Targets are read back as the classes that they were")
  void back(TargetForm form) {
    boolean wide =
        switch (form) {
          case INDICES, ONE_HOT, SIGNED_ROWS -> true;
          case BITS, LOGITS, SIGNS -> false;
        };
    Targets.Classes classes = wide ? THREE : TWO;
    assertThat(trueClasses(form, form.encode(classes, DType.F64)))
        .containsExactly(Ints.toArray(classes.labels()));
  }

  @Test
  @DisplayName("Outputs speak for the class on their side of the bound, or with the most of them")
  void decode() {
    Tensor column = Tensor.matrix(new double[][] {{-0.2}, {0}, {0.3}, {0.5}, {0.7}});
    assertThat(TargetForm.BITS.predictedClasses(column)).containsExactly(0, 0, 0, 1, 1);
    assertThat(TargetForm.SIGNS.predictedClasses(column)).containsExactly(0, 1, 1, 1, 1);
    assertThat(TargetForm.LOGITS.predictedClasses(column)).containsExactly(0, 0, 1, 1, 1);
    Tensor rows = Tensor.matrix(new double[][] {{0.1, 0.7, 0.2}, {-3, -2, -1}, {5, 5, 0}});
    for (TargetForm form :
        ImmutableList.of(TargetForm.ONE_HOT, TargetForm.INDICES, TargetForm.SIGNED_ROWS)) {
      assertThat(form.predictedClasses(rows)).containsExactly(1, 2, 0);
    }
  }

  private static int[] trueClasses(TargetForm form, Tensor targets) {
    return IntStream.range(0, targets.size(0)).map(row -> form.trueClass(targets, row)).toArray();
  }
}
