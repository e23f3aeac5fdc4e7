package io.deltagraph.models.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearNamesTest {
  private static final List<String> KNOWN =
      List.of("sigmoid", "softmax", "softplus", "softsign", "relu", "elu", "selu", "tanh");

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "kitten, sitting, 3",
    "flaw, lawn, 2",
    "ab, ba, 1",
    "learningRate, learningRaet, 1",
    "ca, abc, 3"
  })
  void distanceIsTheTextbooks(String a, String b, int expected) {
    assertThat(NearNames.distance(a, b)).isEqualTo(expected);
    assertThat(NearNames.distance(b, a)).isEqualTo(expected);
  }

  @Test
  void nearestComeFirstThenTheAlphabet() {
    assertThat(NearNames.of("sigmiod", KNOWN)).containsExactly("sigmoid");
    assertThat(NearNames.of("rleu", KNOWN)).containsExactly("relu");
    assertThat(NearNames.of("sofplus", KNOWN)).containsExactly("softplus");
    assertThat(NearNames.of("slu", KNOWN)).containsExactly("elu", "selu");
    assertThat(NearNames.of("softsmax", KNOWN)).containsExactly("softmax");
  }

  @Test
  void caseAndHyphensDoNotCount() {
    assertThat(NearNames.of("House_Prices", List.of("house-prices")))
        .containsExactly("house-prices");
  }

  @Test
  void whatIsFarIsNotSuggested() {
    assertThat(NearNames.of("convolution", KNOWN)).isEmpty();
    assertThat(NearNames.of("x".repeat(101), ImmutableList.of("x".repeat(101)))).isEmpty();
  }

  @Test
  void suggestionsReadAsAClause() {
    assertThat(NearNames.suggestion("softmaxx", KNOWN, "no"))
        .isEqualTo("perhaps 'softmax' was meant");
    assertThat(NearNames.suggestion("slu", KNOWN, "no"))
        .isEqualTo("perhaps 'elu' or 'selu' was meant");
    assertThat(NearNames.suggestion("convolution", KNOWN, "correct the name"))
        .isEqualTo("correct the name");
  }
}
