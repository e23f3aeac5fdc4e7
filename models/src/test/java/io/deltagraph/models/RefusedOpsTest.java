package io.deltagraph.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of ops that do not exist or do not fit, with all ops of this project at hand. */
class RefusedOpsTest {
  private static final OpRegistry OPS = OpRegistry.load();

  @ParameterizedTest
  @CsvSource({
    "mul, hadamard",
    "sub, subtract",
    "div, divide",
    "neg, negate",
    "mm, matmul",
    "clamp, clip",
    "swish, silu",
    "logistic, sigmoid",
    "mse, mean_squared_error",
    "acme:mul, hadamard"
  })
  @DisplayName("A name that others use suggests the op")
  void synonyms(String asked, String meant) {
    assertThatThrownBy(() -> OPS.op(OpId.of(asked)))
        .isInstanceOf(GraphException.UnknownOp.class)
        .hasMessageContaining("Did you mean '" + meant + "' (");
  }

  @Test
  @DisplayName("What others call an op is the name of none here, and of one op alone")
  void noneTwice() {
    List<String> all = new ArrayList<>();
    for (OpId id : OPS.ids()) {
      all.add(id.name());
      all.addAll(OPS.op(id).synonyms());
    }
    assertThat(all).doesNotHaveDuplicates().contains("hadamard", "mul");
  }

  @ParameterizedTest
  @CsvSource({
    "matmul, 'its inputs have one dtype, got f64 and f32; cast one; besides, the inner dimensions are 3 and 1'",
    "add, 'got f64 and f32; cast one; besides, the shapes [4, 3] and [1, 2] do not broadcast'",
    "mean_squared_error, 'got f64 and f32; cast one; besides, '"
  })
  @DisplayName("A mistake in the shapes is told beside one in the element types")
  void both(String op, String words) {
    GraphBuilder builder = new GraphBuilder(OPS);
    Value left = builder.input("left", TensorType.of(DType.F64, 4, 3));
    Value right = builder.input("right", TensorType.of(DType.F32, 1, 2));
    assertThatThrownBy(() -> left.op(op, right))
        .isInstanceOf(GraphException.BadTypes.class)
        .hasMessageContaining(words);
    Value fitting = builder.input("fitting", TensorType.of(DType.F32, 4, 3));
    assertThatThrownBy(() -> left.op("add", fitting)).hasMessageNotContaining("besides");
    assertThatThrownBy(() -> builder.apply(OpId.of(op), Map.of(), List.of(left)))
        .hasMessageNotContaining("besides");
  }
}
