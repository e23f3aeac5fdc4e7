package io.deltagraph.runtime;

import static io.deltagraph.runtime.Samples.f64;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NonFiniteTest {

  @Test
  void namesTheFirstValueThatGoesWrong() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(3));
    GraphParameter w = builder.parameter("w", f64(3));
    Value log = TestOps.loop("log", v -> v.get(0).log(), TestOps.add(x, w)).named("logits");
    Value zero = TestOps.loop("zero", v -> v.get(0).times(0), log);
    Graph graph = builder.graph(Map.of("y", TestOps.add(zero, x)), Map.of(w, zero));
    try (Session session = Session.open(graph)) {
      session.set("w", Tensor.vector(1, 1, 1));
      assertThat(session.firstNonFinite(Map.of("x", Tensor.vector(1, 2, 3)))).isEmpty();
      NonFinite found = session.firstNonFinite(Map.of("x", Tensor.vector(1, -1, -2))).orElseThrow();
      assertThat(found.value()).isSameAs(log);
      assertThat(found.toString())
          .startsWith(
              "element 1 of logits: f64[3] is -Infinity, made by test:log from finite inputs.\n"
                  + "  built   TestOps.java:");
      assertThat(found.toString()).endsWith("\n  input   %2: f64[3]  from -1.0 to 2.0");
      assertThat(session.get("w").toDoubles()).containsExactly(1, 1, 1);
      assertThat(session.firstNonFinite(Map.of("x", Tensor.vector(1, 2, Double.NaN))).orElseThrow())
          .hasToString("element 2 of x: f64[3] is NaN, as it was given.");
      session.set("w", Tensor.vector(Double.POSITIVE_INFINITY, 1, 1));
      assertThat(session.firstNonFinite(Map.of("x", Tensor.vector(1, 2, 3))).orElseThrow())
          .hasToString("element 0 of w: f64[3] is Infinity, as it was given.");
    }
  }
}
