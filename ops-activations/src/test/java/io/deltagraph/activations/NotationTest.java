package io.deltagraph.activations;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.print.Printer;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How activations are written in text and in LaTeX. */
class NotationTest {
  private static final ImmutableMap<String, String> NAMES =
      ImmutableMap.<String, String>builder()
          .put("identity", "\\operatorname{id}")
          .put("heaviside", "\\operatorname{H}")
          .put("sign", "\\operatorname{sign}")
          .put("relu", "\\operatorname{ReLU}")
          .put("leaky_relu", "\\operatorname{LeakyReLU}")
          .put("elu", "\\operatorname{ELU}")
          .put("selu", "\\operatorname{SELU}")
          .put("sigmoid", "\\sigma")
          .put("logit", "\\operatorname{logit}")
          .put("tanh", "\\tanh")
          .put("softplus", "\\operatorname{softplus}")
          .put("softsign", "\\operatorname{softsign}")
          .put("silu", "\\operatorname{SiLU}")
          .put("gelu", "\\operatorname{GELU}")
          .put("mish", "\\operatorname{Mish}")
          .put("log_sigmoid", "\\ln\\sigma")
          .put("softmax", "\\operatorname{softmax}")
          .put("log_softmax", "\\ln\\operatorname{softmax}")
          .buildOrThrow();

  private final GraphBuilder builder = new GraphBuilder(OpRegistry.load());
  private final Value x = builder.input("x", TensorType.of(DType.F64, 3));

  private void assertPrinted(Value value, String text, String latex) {
    Printer printer = Printer.of(List.of(value.named("y" + value.id())));
    assertThat(printer.text()).contains(" = " + text);
    assertThat(printer.latex()).contains(" &= " + latex + " \\quad");
  }

  @Test
  void functionsHaveTheirUsualNames() {
    NAMES.forEach(
        (name, latex) -> assertPrinted(x.op(name), name + "(x)", latex + "\\left(x\\right)"));
  }

  @Test
  void theSlopeOfALinearNeuronStandsBeforeIt() {
    assertPrinted(Linear.of(x.plus(1), 2.5), "2.5·(x + 1)", "2.5 \\cdot \\left(x + 1\\right)");
  }

  @Test
  void whatDiffersFromTheUsualIsStated() {
    assertThat(Printer.of(List.of(Sigmoid.of(x, 3))).text()).contains("slope = 3");
    assertThat(Printer.of(List.of(Sigmoid.of(x, 1))).text()).doesNotContain("slope");
    assertThat(Printer.of(List.of(Softmax.of(x, 0, 2))).text())
        .contains("axis = 0")
        .contains("temperature = 2");
    assertThat(Printer.of(List.of(Gelu.approximate(x))).text()).contains("approximate = tanh");
    assertThat(Printer.of(List.of(x.op("elu", Map.of("alpha", 0.5)))).text())
        .contains("alpha = 0.5");
  }

  @Test
  void theLearntSlopeIsAnArgument() {
    Value alpha = builder.input("alpha", TensorType.of(DType.F64, 3));
    assertPrinted(
        Prelu.of(x, alpha), "prelu(x, alpha)", "\\operatorname{PReLU}\\left(x, \\alpha\\right)");
  }
}
