package io.deltagraph.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.type.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are those of ONNX's docs/IR.md and of its description of the messages. */
class ElementTypesTest {
  @ParameterizedTest
  @CsvSource({"F32, 1", "I32, 6", "I64, 7", "BOOL, 9", "F64, 11"})
  void aTypeHasTheNumberThatTheFormatGivesIt(DType dtype, int number) {
    assertThat(ElementTypes.number(dtype)).isEqualTo(number);
    assertThat(ElementTypes.dtype(number)).contains(dtype);
  }

  @Test
  void aTypeThatTheEngineLacksIsNone() {
    assertThat(ElementTypes.dtype(10)).isEmpty();
    assertThat(ElementTypes.dtype(0)).isEmpty();
    assertThat(ElementTypes.text(10)).isEqualTo("FLOAT16");
    assertThat(ElementTypes.text(99)).isEqualTo("99");
  }
}
