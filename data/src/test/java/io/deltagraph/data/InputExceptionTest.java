package io.deltagraph.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InputExceptionTest {
  private static final List<String> KNOWN = List.of("softmax", "elu", "selu", "house-prices");

  @Test
  void theSentenceHasItsFourParts() {
    InputException e = new InputException("a.csv, line 2", "'x'", "a number", "correct the cell");
    assertThat(e).hasMessage("a.csv, line 2: found 'x', expected a number; correct the cell.");
    assertThat(List.of(e.where(), e.found(), e.expected(), e.advice()))
        .containsExactly("a.csv, line 2", "'x'", "a number", "correct the cell");
  }

  @Test
  void suggestionsReadAsAClause() {
    assertThat(InputException.suggestion("sotfmax", KNOWN, "no"))
        .isEqualTo("perhaps 'softmax' was meant");
    assertThat(InputException.suggestion("slu", KNOWN, "no"))
        .isEqualTo("perhaps 'elu' or 'selu' was meant");
    assertThat(InputException.suggestion("House_Prices", KNOWN, "no"))
        .isEqualTo("perhaps 'house-prices' was meant");
    assertThat(InputException.suggestion("convolution", KNOWN, "no")).isEqualTo("no");
  }

  @Test
  void endlessNamesAreNotCompared() {
    String endless = "x".repeat(101);
    assertThat(InputException.suggestion(endless, List.of(endless), "no")).isEqualTo("no");
    String long100 = "x".repeat(100);
    assertThat(InputException.suggestion(long100, List.of(long100), "no")).startsWith("perhaps");
  }

  @Test
  void quotedTextIsShortAndHarmless() {
    assertThat(InputException.quoted("plain 'text' ü")).isEqualTo("'plain 'text' ü'");
    assertThat(InputException.quoted("a\n\t\u001b\u202e\u0000"))
        .isEqualTo("'a\\u000a\\u0009\\u001b\\u202e\\u0000'");
    assertThat(InputException.quoted("z".repeat(41))).isEqualTo("'" + "z".repeat(40) + "…'");
    assertThat(InputException.quoted("z".repeat(40))).isEqualTo("'" + "z".repeat(40) + "'");
  }
}
