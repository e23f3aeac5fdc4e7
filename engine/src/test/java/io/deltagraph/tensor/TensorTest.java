package io.deltagraph.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TensorTest {

  @Test
  void storesRowMajorInItsOwnPrecision() {
    Tensor tensor = Tensor.matrix(new double[][] {{1, 2, 3}, {4, 5, 0.1}}).cast(DType.F32);
    assertThat(tensor.type()).isEqualTo(TensorType.of(DType.F32, 2, 3));
    assertThat(tensor.at(1, 0)).isEqualTo(4);
    assertThat(tensor.at(1, 2)).isEqualTo((double) 0.1f);
    assertThat(tensor.toRows()[1][1]).isEqualTo(5);
    assertThat(tensor).hasToString("f32[2, 3] {1.0, 2.0, 3.0, 4.0, 5.0, 0.10000000149011612}");
  }

  @Test
  void picksRows() {
    Tensor tensor = Tensor.matrix(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    assertThat(tensor.rows(1, 3).toDoubles()).containsExactly(3, 4, 5, 6);
    assertThat(tensor.rows(new int[] {2, 0, 2}).toDoubles()).containsExactly(5, 6, 1, 2, 5, 6);
    assertThat(tensor.rows(3, 3).type()).isEqualTo(TensorType.of(DType.F64, 0, 2));
  }

  @Test
  void isNotChangedThroughTheArraysItWasMadeOf() {
    double[] elements = {1, 2};
    Tensor tensor = Tensor.vector(elements);
    elements[0] = 9;
    tensor.toDoubles()[1] = 9;
    assertThat(tensor.toDoubles()).containsExactly(1, 2);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> Tensor.of(TensorType.of(DType.F64, 2), 1.0))
        .hasMessage("A tensor of type f64[2] holds 2 elements, got 1.");
    assertThatThrownBy(() -> Tensor.zeros(new TensorType(DType.F64, Shape.batch("N"))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Tensor.matrix(new double[] {1}, new double[] {1, 2}))
        .hasMessageContaining("equal lengths");
    assertThatThrownBy(() -> Tensor.vector(1, 2).item()).hasMessageContaining("no single element");
    assertThatThrownBy(() -> Tensor.vector(1, 2).at(2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void bindsNamesOnceAndForAll() {
    Map<String, Integer> sizes = new HashMap<>();
    TensorType square = new TensorType(DType.F64, Shape.parse("[N, N]"));
    assertThat(Tensor.zeros(TensorType.of(DType.F64, 2, 3)).bind(square, sizes)).isFalse();
    sizes.clear();
    assertThat(Tensor.zeros(TensorType.of(DType.F64, 3, 3)).bind(square, sizes)).isTrue();
    assertThat(sizes).containsExactly(Map.entry("N", 3));
    assertThat(Tensor.zeros(TensorType.of(DType.F32, 3, 3)).bind(square, sizes)).isFalse();
  }

  @Test
  void comparesBits() {
    assertThat(Tensor.vector(Double.NaN, 0.0).bitEquals(Tensor.vector(Double.NaN, 0.0))).isTrue();
    assertThat(Tensor.vector(0.0).bitEquals(Tensor.vector(-0.0))).isFalse();
    assertThat(Tensor.vector(1).bitEquals(Tensor.vector(1).cast(DType.F32))).isFalse();
  }

  /** What is not written is 0; whoever keeps the writer cannot change the tensor any more. */
  @Test
  void isWrittenAndThenFinished() {
    List<TensorWriter> kept = new ArrayList<>();
    Tensor tensor =
        Tensor.written(
            TensorType.of(DType.I32, 3),
            to -> {
              to.set(2, 7.9);
              to.set(0, to.get(2) + to.length());
              kept.add(to);
            });
    assertThat(tensor.toDoubles()).containsExactly(10, 0, 7);
    assertThatThrownBy(() -> kept.getFirst().set(1, 5)).hasMessageContaining("finished");
    assertThat(tensor.toDoubles()).containsExactly(10, 0, 7);
  }
}
