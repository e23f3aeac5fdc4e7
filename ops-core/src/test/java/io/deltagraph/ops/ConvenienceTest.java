package io.deltagraph.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Methods of values that take numbers, ranges and sizes, by numbers worked out by hand. */
class ConvenienceTest {
  private static final Tensor X = Tensor.matrix(new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}});

  private static Tensor of(UnaryOperator<Value> made) {
    Value x = new GraphBuilder(OpRegistry.load()).input("x", X.type());
    return Evaluate.value(made.apply(x), Map.of("x", X));
  }

  @Test
  void numbers() {
    assertThat(of(x -> x.pow(2)).toDoubles()).containsExactly(1, 4, 9, 16, 25, 36, 49, 64);
    assertThat(of(x -> x.maximum(4)).toDoubles()).containsExactly(4, 4, 4, 4, 5, 6, 7, 8);
    assertThat(of(x -> x.minimum(4)).toDoubles()).containsExactly(1, 2, 3, 4, 4, 4, 4, 4);
    assertThat(of(x -> x.less(3)).toDoubles()).containsExactly(1, 1, 0, 0, 0, 0, 0, 0);
    assertThat(of(x -> x.lessEqual(3)).toDoubles()).containsExactly(1, 1, 1, 0, 0, 0, 0, 0);
    assertThat(of(x -> x.greater(3)).toDoubles()).containsExactly(0, 0, 0, 1, 1, 1, 1, 1);
    assertThat(of(x -> x.greaterEqual(3)).toDoubles()).containsExactly(0, 0, 1, 1, 1, 1, 1, 1);
    assertThat(of(Value::mean).item()).isEqualTo(4.5);
  }

  @Test
  void ranges() {
    assertThat(of(x -> x.slice(":, 1:-1")).toRows()).isDeepEqualTo(new double[][] {{2, 3}, {6, 7}});
    assertThat(of(x -> x.slice("-1:, ::2")).toRows()).isDeepEqualTo(new double[][] {{5, 7}});
    assertThat(of(x -> x.slice("1:")).toRows()).isDeepEqualTo(new double[][] {{5, 6, 7, 8}});
    assertThatThrownBy(() -> of(x -> x.slice(":, 1"))).hasMessageContaining("got '1'");
    assertThatThrownBy(() -> of(x -> x.slice("a:"))).hasMessageContaining("got 'a:'");
    assertThatThrownBy(() -> of(x -> x.slice(":, :, :")))
        .hasMessageContaining("There are 3 ranges in ':, :, :' for the 2 axes");
    assertThatThrownBy(() -> of(x -> x.slice("0:3")))
        .hasMessageContaining("there are no positions 0 to 3 along axis 0 of 2");
  }

  @Test
  void sizes() {
    assertThat(of(x -> x.reshape(4, -1)).toRows())
        .isDeepEqualTo(new double[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}});
    assertThat(of(x -> x.reshape(8)).type()).isEqualTo(TensorType.of(DType.F64, 8));
    assertThatThrownBy(() -> of(x -> x.reshape(3, -1)))
        .hasMessage("The shape [2, 4] cannot become [3, -1], in which at most one size is -1.");
    assertThatThrownBy(() -> of(x -> x.reshape(-1, -1))).hasMessageContaining("cannot become");
    Shape images = Shape.batch("N", 2, 3);
    assertThat(images.refilled(-1, 6)).isEqualTo(Shape.batch("N", 6));
    assertThat(images.refilled(-1, 3, 2)).isEqualTo(Shape.batch("N", 3, 2));
    assertThatThrownBy(() -> images.refilled(2, -1)).hasMessageContaining("cannot become");
    assertThatThrownBy(() -> images.refilled(6, 1)).hasMessageContaining("cannot become");
  }

  @Test
  void tensors() {
    assertThat(Tensor.longs(Long.MAX_VALUE, 2).bits(0)).isEqualTo(Long.MAX_VALUE);
    assertThat(Tensor.longs(1, 2).type()).isEqualTo(TensorType.of(DType.I64, 2));
    Tensor matrix = Tensor.floats(new float[] {1, 2}, new float[] {3, 0.1f});
    assertThat(matrix.type()).isEqualTo(TensorType.of(DType.F32, 2, 2));
    assertThat(matrix.at(1, 1)).isEqualTo(0.1f);
    assertThat(Tensor.floats(1, 0.1f).get(1)).isEqualTo(0.1f);
    assertThatThrownBy(() -> Tensor.floats(new float[] {1}, new float[] {1, 2}))
        .hasMessageContaining("equal lengths");
  }
}
