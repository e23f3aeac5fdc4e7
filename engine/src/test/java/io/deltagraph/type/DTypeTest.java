package io.deltagraph.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DTypeTest {

  @Test
  void roundsToWhatItCanHold() {
    assertThat(DType.F64.round(0.1)).isEqualTo(0.1);
    assertThat(DType.F32.round(0.1)).isEqualTo(0.10000000149011612);
    assertThat(DType.I32.round(-2.9)).isEqualTo(-2);
    assertThat(DType.I32.round(1e18)).isEqualTo(2147483647.0);
    assertThat(DType.I64.round(3.5)).isEqualTo(3);
    assertThat(DType.BOOL.round(-7)).isEqualTo(1);
  }

  @Test
  void readsWhatItPrints() {
    for (DType dtype : DType.values()) {
      assertThat(DType.parse(dtype.toString())).isEqualTo(dtype);
    }
    assertThatThrownBy(() -> DType.parse("float"))
        .hasMessage("No dtype named 'float'; there are f64, f32, i64, i32 and bool.");
  }
}
