package io.deltagraph.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.IndexMap;
import io.deltagraph.plan.Operand;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tensors come back from memory as they were, however they lie there. */
class StoredValueTest {
  private static final TensorType MATRIX = TensorType.of(DType.F64, 2, 3);
  private static final Tensor NUMBERS = Tensor.of(MATRIX, 1, 2, 3, 4, 5, 6);

  @Test
  void rowsLieTogether() {
    StoredValue value = StoredValue.allocate(MATRIX, false);
    value.set(NUMBERS);
    assertThat((double[]) value.buffer().array()).startsWith(1, 2, 3, 4, 5, 6);
    assertThat(value.get().bitEquals(NUMBERS)).isTrue();
  }

  @Test
  void columnsLieTogether() {
    StoredValue value = StoredValue.allocate(MATRIX, true);
    value.set(NUMBERS);
    assertThat((double[]) value.buffer().array()).startsWith(1, 4, 2, 5, 3, 6);
    assertThat(value.get().bitEquals(NUMBERS)).isTrue();
    assertThat(value.type()).isEqualTo(MATRIX);
  }

  /** A value that was set twice holds the last one. */
  @ParameterizedTest
  @EnumSource(DType.class)
  void everyTypeOfElementsComesBack(DType dtype) {
    TensorType type = TensorType.of(dtype, 3, 2);
    Tensor tensor = Tensor.of(type, 1, 0, 1, 1, 0, 1);
    for (boolean columnMajor : new boolean[] {false, true}) {
      StoredValue value = StoredValue.allocate(type, columnMajor);
      value.set(Tensor.filled(type, 1));
      value.set(tensor);
      assertThat(value.get().bitEquals(tensor)).as("%s", columnMajor).isTrue();
    }
  }

  /** A piece, or the whole, in whatever order the elements lie. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void piecesAreReadRowByRow(boolean columnMajor) {
    StoredValue value = StoredValue.allocate(MATRIX, columnMajor);
    value.set(NUMBERS);
    double[] piece = new double[3];
    value.load(2, 3, piece);
    assertThat(piece).containsExactly(3, 4, 5);
    NUMBERS.load(2, 3, piece);
    assertThat(piece).containsExactly(3, 4, 5);
    assertThatThrownBy(() -> value.load(4, 3, piece)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noElementsComeBackToo(boolean columnMajor) {
    TensorType type = TensorType.of(DType.F32, 0, 3);
    StoredValue value = StoredValue.allocate(type, columnMajor);
    value.set(Tensor.zeros(type));
    assertThat(value.get().type()).isEqualTo(type);
  }

  /** A view of a buffer, as outputs are: its first element is not that of the buffer. */
  @Test
  void theFirstElementIsThatOfTheView() {
    Operand reversed = new Operand(0, TensorType.of(DType.F64, 3), IndexMap.of(2, -1));
    StoredValue value = new StoredValue(reversed, new TensorBuffer.F64(new double[] {7, 8, 9}));
    assertThat(value.get(0)).isEqualTo(9);
    assertThat(value.get().bitEquals(Tensor.vector(9, 8, 7))).isTrue();
  }
}
