package io.deltagraph.activations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.rewrite.RewriteRule;
import io.deltagraph.rewrite.Simplifier;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class LogOfSoftmaxTest {
  private static final Tensor LOGITS = Tensor.matrix(new double[] {0, 2e3}, new double[] {3, 4});

  private final GraphBuilder builder = new GraphBuilder(OpRegistry.load());
  private final Value logits = builder.input("z", TensorType.of(DType.F64, 2, 2));

  private Simplifier.Simplified simplified(Value value) {
    Graph graph = builder.graph(Map.of("y", value));
    return Simplifier.of(new LogOfSoftmax()).simplify(graph);
  }

  private double[] run(Value value) {
    return Evaluate.value(value, Map.of("z", LOGITS)).toDoubles();
  }

  @Test
  void theLogarithmOfAVanishedProbabilityIsKept() {
    Value plain = Softmax.of(logits, 1).log();
    Simplifier.Simplified after = simplified(plain);
    assertThat(after.applied()).containsExactly(Map.entry(new LogOfSoftmax().name(), 1));
    assertThat(after.graph().output("y")).isSameAs(LogSoftmax.of(logits, 1));
    double log = -Math.log1p(Math.exp(1));
    assertArrayEquals(new double[] {Double.NEGATIVE_INFINITY, 0, log, 1 + log}, run(plain), 1e-15);
    assertArrayEquals(new double[] {-2e3, 0, log, 1 + log}, run(after.graph().output("y")), 1e-15);
  }

  @Test
  void axisAndTemperatureAreKept() {
    Simplifier.Simplified after = simplified(Softmax.of(logits, 0, 0.5).log());
    assertThat(after.applied()).hasSize(1);
    assertArrayEquals(
        new double[] {-Math.log1p(Math.exp(6)), 0, 6 - Math.log1p(Math.exp(6)), -3992},
        run(after.graph().output("y")),
        1e-15);
  }

  @Test
  void otherLogarithmsStay() {
    Value other = Sigmoid.of(logits).log();
    Simplifier.Simplified after = simplified(other);
    assertThat(after.applied()).isEmpty();
    assertThat(after.graph().output("y")).isSameAs(other);
    Value softmax = Softmax.of(logits, 1).exp();
    assertThat(simplified(softmax).graph().output("y")).isSameAs(softmax);
  }

  @Test
  void isProvidedByBothLists() throws Exception {
    assertThat(ServiceLoader.load(RewriteRule.class).stream().map(ServiceLoader.Provider::type))
        .contains(LogOfSoftmax.class);
    Path classes = Path.of(Relu.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
      assertThat(ModuleDescriptor.read(in).provides())
          .filteredOn(provides -> provides.service().equals(RewriteRule.class.getName()))
          .flatExtracting(ModuleDescriptor.Provides::providers)
          .isEqualTo(List.of(LogOfSoftmax.class.getName()));
    }
  }
}
