package io.deltagraph.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.OpId;
import io.deltagraph.registry.OpRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairingTest {
  private static final OpRegistry OPS = OpRegistry.load();

  private static Pairing pair(int outputs, OpChoice activation, String loss, Pairing.Task task) {
    return new Pairing(activation, outputs, OpChoice.of(loss), task);
  }

  @ParameterizedTest(name = "{0} of {1} and {2}: {3} for one, {4} for three, {5} as a number")
  @CsvSource({
    // A margin has both signs, and its sign is what is predicted.
    "hinge, identity, true, true, false",
    "hinge, tanh, true, true, false",
    "hinge, sigmoid, false, false, false",
    "hinge, relu, false, false, false",
    "hinge, softplus, false, false, false",
    "hinge, softmax, false, false, false",
    "hinge, log_softmax, false, false, false",
    "hinge, log_sigmoid, false, false, false",
    // Each output is the probability of an event, which a softmax's is as well, but not a lone one.
    "binary_cross_entropy, sigmoid, true, true, true",
    "binary_cross_entropy, softmax, false, true, false",
    "binary_cross_entropy, identity, false, false, false",
    "binary_cross_entropy, relu, false, false, false",
    "elementwise_cross_entropy, softmax, false, true, false",
    "elementwise_cross_entropy, tanh, false, false, false",
    // The sigmoid is the loss's own: what is shown is that, or grows as the logit does.
    "binary_cross_entropy_with_logits, sigmoid, true, true, true",
    "binary_cross_entropy_with_logits, identity, true, true, false",
    "binary_cross_entropy_with_logits, tanh, true, true, false",
    "binary_cross_entropy_with_logits, gelu, true, false, false",
    "binary_cross_entropy_with_logits, softmax, false, false, false",
    "binary_cross_entropy_with_logits, log_softmax, false, false, false",
    "binary_cross_entropy_with_logits, softplus, false, false, false",
    "binary_cross_entropy_with_logits, log_sigmoid, false, false, false",
    "binary_cross_entropy_with_logits, relu, false, false, false",
    "binary_cross_entropy_with_logits, negate, false, false, false",
    "binary_cross_entropy_with_logits, sin, false, false, false",
    // The softmax is the loss's own; of one logit it is always 1.
    "softmax_cross_entropy, softmax, false, true, false",
    "softmax_cross_entropy, log_softmax, false, true, false",
    "softmax_cross_entropy, identity, false, true, false",
    "softmax_cross_entropy, sigmoid, false, false, false",
    "softmax_cross_entropy, relu, false, false, false",
    "softmax_cross_entropy, cos, false, false, false",
    "sparse_softmax_cross_entropy, softmax, false, true, false",
    "sparse_softmax_cross_entropy, sigmoid, false, false, false",
    // Probabilities of all classes together.
    "categorical_cross_entropy, softmax, false, true, false",
    "categorical_cross_entropy, sigmoid, false, false, false",
    "categorical_cross_entropy, identity, false, false, false",
    "kl_divergence, softmax, false, true, false",
    "kl_divergence, sigmoid, false, false, false",
    "negative_log_likelihood, log_softmax, false, true, false",
    "negative_log_likelihood, softmax, false, false, false",
    "negative_log_likelihood, identity, false, false, false",
    "negative_log_likelihood, log_sigmoid, false, false, false",
    // Estimates of 0 and 1, or of a number.
    "half_squared_error, identity, true, true, true",
    "half_squared_error, sigmoid, true, true, true",
    "half_squared_error, softmax, false, true, false",
    "half_squared_error, relu, true, true, true",
    "half_squared_error, log_sigmoid, false, false, true",
    "mean_absolute_error, log_softmax, false, false, false",
    "huber, softmax, false, true, false",
    "squared_distance, heaviside, true, true, true"
  })
  @DisplayName("A loss and an output make a pair where a small loss means good predictions")
  void fits(String loss, String activation, boolean one, boolean several, boolean number) {
    OpChoice last = OpChoice.of(activation);
    assertThat(pair(1, last, loss, Pairing.Task.CLASSES).fits(OPS)).as("one").isEqualTo(one);
    assertThat(pair(3, last, loss, Pairing.Task.CLASSES).fits(OPS)).as("3").isEqualTo(several);
    assertThat(pair(1, last, loss, Pairing.Task.NUMBERS).fits(OPS)).as("number").isEqualTo(number);
  }

  @Test
  @DisplayName("A sigmoid of another slope is not the one that the loss applies")
  void slope() {
    String loss = "binary_cross_entropy_with_logits";
    OpChoice steep = OpChoice.of("sigmoid", "slope", 2);
    assertThat(pair(1, steep, loss, Pairing.Task.CLASSES).fits(OPS)).isFalse();
    assertThat(pair(1, steep, "binary_cross_entropy", Pairing.Task.CLASSES).fits(OPS)).isTrue();
  }

  @Test
  @DisplayName("The pairs that there are can be listed from either side")
  void lists() {
    Pairing wrong = pair(1, OpChoice.of("sigmoid"), "hinge", Pairing.Task.CLASSES);
    assertThat(wrong.losses(OPS))
        .extracting(OpId::name)
        .contains("binary_cross_entropy", "binary_cross_entropy_with_logits", "half_squared_error")
        .doesNotContain("hinge", "softmax_cross_entropy", "relu", "l2_penalty");
    assertThat(wrong.activations(OPS))
        .extracting(OpId::name)
        .contains("identity", "tanh", "elu")
        .doesNotContain("sigmoid", "relu", "sign", "heaviside", "logit", "sin", "gelu");
  }

  @Test
  @DisplayName("What compares two inputs is a loss; activations, sums and penalties are none")
  void losses() {
    assertThat(Pairing.losses(OPS, 1))
        .extracting(OpId::name)
        .contains("hinge", "huber", "sparse_softmax_cross_entropy", "kl_divergence")
        .doesNotContain("add", "relu", "l1_penalty", "matmul", "maximum", "norm2");
  }
}
