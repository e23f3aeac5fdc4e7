package io.deltagraph.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearNamesTest {

  @Test
  void countsEditsWithSwaps() {
    assertThat(NearNames.distance("relu", "relu")).isZero();
    assertThat(NearNames.distance("rleu", "relu")).isEqualTo(1);
    assertThat(NearNames.distance("sigmid", "sigmoid")).isEqualTo(1);
    assertThat(NearNames.distance("", "abc")).isEqualTo(3);
    assertThat(NearNames.distance("kitten", "sitting")).isEqualTo(3);
  }

  @Test
  void ordersByDistanceAndSeesThroughPrefixes() {
    List<String> names = List.of("acme:swish", "sinh", "switch", "softplus");
    assertThat(NearNames.of("swish", names)).containsExactly("acme:swish");
    assertThat(NearNames.of("SOFTPLSU", names)).containsExactly("softplus");
    assertThat(NearNames.of("matmul", names)).isEmpty();
  }

  @Test
  void seesThroughAbbreviations() {
    List<String> names = List.of("variance", "acme:variety", "mean_and_variance", "var_of");
    assertThat(NearNames.of("var", names)).containsExactly("acme:variety", "var_of", "variance");
    assertThat(NearNames.of("va", names)).isEmpty();
  }

  @Test
  void fallsBackToSharedWords() {
    List<String> names =
        List.of("softmax_cross_entropy", "binary_cross_entropy", "softmax", "l2_penalty");
    assertThat(NearNames.of("cross_entropy_loss", names))
        .containsExactly("binary_cross_entropy", "softmax_cross_entropy");
    assertThat(NearNames.of("entropy", names)).isEmpty();
  }
}
