package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanCommandTest {
  @Test
  void countsWhatAStepCosts() throws Exception {
    // 64-64-64-10: the first layer takes no gradient of its inputs, so two products, the others
    // three.
    long flops = 2L * 50 * (2 * 64 * 64 + 3 * 64 * 64 + 3 * 64 * 10);
    JsonNode json = Run.here("plan", "digits", "--rows", 50, "--json").json();
    assertThat(json.at("/sizes/N").asInt()).isEqualTo(50);
    assertThat(json.get("productFlops").asLong()).isEqualTo(flops);
    long products = 0;
    long bytes = 0;
    for (JsonNode buffer : json.get("buffers")) {
      bytes += buffer.get("bytes").asLong();
    }
    assertThat(json.get("bytes").asLong()).isEqualTo(bytes).isGreaterThan(4 * 64 * 64);
    assertThat(json.get("scratchBytes").asLong()).isPositive().isLessThan(bytes);
    for (JsonNode step : json.get("steps")) {
      assertThat(step.get("kind").asText()).isIn("loop", "fold", "rows", "product", "copy", "call");
      assertThat(step.get("what").asText()).isNotBlank();
      assertThat(step.get("fills")).isNotEmpty();
      step.get("reads")
          .forEach(place -> assertThat(place.asInt()).isBetween(0, json.get("buffers").size() - 1));
      products += step.get("productFlops").asLong();
    }
    assertThat(products).isEqualTo(flops);
  }

  /** Maximum, exponentials, their sum and the gradient, whatever else goes through these rows. */
  @Test
  void softmaxWithCrossEntropyIsOneStep() throws Exception {
    JsonNode rows = null;
    for (JsonNode step : Run.here("plan", "digits", "--rows", 50, "--json").json().get("steps")) {
      if (step.get("kind").asText().equals("rows")) {
        assertThat(rows).as("only one of them").isNull();
        rows = step;
      }
    }
    List<String> parts = new ArrayList<>();
    rows.get("parts").forEach(part -> parts.add(part.get("what").asText()));
    assertThat(parts).startsWith("max", "subtract exp", "sum").anyMatch(p -> p.contains("divide"));
    assertThat(rows.get("what").asText()).isEqualTo(String.join(", ", parts));
    assertThat(Run.here("plan", "digits", "--rows", 50).out())
        .containsPattern("(?m)^4 +rows +%d steps on all 50 rows".formatted(parts.size()))
        .containsPattern("(?m)^4\\.1 +fold +max ")
        .containsPattern("(?m)^4\\.2 +loop +subtract exp .*#\\d+ f32\\[50, 10\\]");
  }

  @Test
  void printsStepsAndBuffers() {
    Run run = Run.here("plan", "iris", "--rows", 8);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("step  kind")
        .containsPattern("(?m)^\\d+ +product +.*matmul.* f32\\[8, 3\\]")
        .containsPattern("(?m)^#\\d+ +f32\\[12\\] +48 +parameter layer1.weight$")
        .containsPattern("(?m)^#\\d+ +f32\\[32\\] +128 +input X$")
        .containsPattern("(?m)^N = 8: \\d+ steps, \\d+ of them fused of several ops")
        .contains("384 FLOPs in products");
  }

  @Test
  void takesTheBatchOfTheSpec() throws Exception {
    assertThat(Run.here("plan", "digits", "--json").json().at("/sizes/N").asInt()).isEqualTo(32);
    assertThat(Run.here("plan", "xor", "--json").json().at("/sizes/N").asInt()).isEqualTo(4);
    assertThat(Run.here("plan", "iris", "--rows", 0).exitCode()).isEqualTo(2);
  }
}
