package io.deltagraph.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pairs are those of ONNX's docs/Versioning.md. */
class OpsetTest {
  @ParameterizedTest
  @CsvSource({
    "13, 7, 7",
    "14, 7, 7",
    "15, 8, 8",
    "18, 8, 8",
    "19, 9, 9",
    "20, 9, 9",
    "21, 10, 10",
    "22, 10, 10",
    "23, 11, 10",
    "24, 12, 10",
    "25, 13, 10",
    "26, 13, 10",
    "27, 13, 10",
    "28, 14, 10"
  })
  void anOpsetCameWithAVersionOfTheFormat(int opset, int format, int written) {
    assertThat(new Opset(opset).format()).isEqualTo(format);
    assertThat(new Opset(opset).formatWritten()).isEqualTo(written);
  }

  @Test
  void othersAreRefused() {
    assertThatThrownBy(() -> new Opset(12))
        .hasMessage("The opset 12 is not known here: it has to be from 13 to 28.");
    assertThatThrownBy(() -> new Opset(29)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Opset.USUAL.version()).isEqualTo(18);
  }
}
