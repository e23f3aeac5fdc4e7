package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the figures are called and how they hang together; how fast anything is, no test asks. */
class BenchCommandTest {
  @TempDir private Path folder;

  @Test
  void writesAllFiguresAsJson() throws Exception {
    Run run = Run.here("bench", "W4", "W5", "W4", "--quick", "--dtype", "f64", "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode json = run.json();
    assertThat(json.get("machine").fieldNames())
        .toIterable()
        .contains("fmaPeakGflops", "bandwidthGBs", "cores", "java");
    assertThat(json.get("backend").asText()).isNotBlank();
    assertThat(json.get("workloads")).hasSize(2);
    for (JsonNode workload : json.get("workloads")) {
      assertThat(workload.get("threads").asInt()).isEqualTo(1);
      assertThat(workload.get("dtype").asText()).isEqualTo("f64");
      double micros = workload.get("stepMicros").asDouble();
      assertThat(micros)
          .isBetween(
              workload.get("fastestMicros").asDouble(), workload.get("slowestMicros").asDouble())
          .isPositive();
      assertThat(workload.get("gflops").asDouble() * micros * 1e3)
          .isCloseTo(workload.get("flops").asDouble(), within(1e-6));
      assertThat(workload.get("firstStepMillis").asDouble()).isPositive();
      assertThat(workload.get("warmUpSeconds").asDouble()).isPositive();
      assertThat(workload.get("planBytes").asLong()).isBetween(1_000L, 1_000_000L);
      assertThat(workload.get("peakBytes").asLong()).isGreaterThan(1_000_000L);
      JsonNode peak = json.at("/machine/fmaPeakGflops");
      JsonNode share = workload.get("shareOfPeak");
      assertThat(share.isNull()).isEqualTo(peak.isNull());
      if (!peak.isNull()) {
        assertThat(share.asDouble() * peak.asDouble())
            .isCloseTo(workload.get("gflops").asDouble(), within(1e-9));
      }
    }
    assertThat(json.at("/workloads/0/name").asText()).isEqualTo("W4");
    assertThat(json.at("/workloads/0/flops").asLong()).isEqualTo(3_840);
    assertThat(json.at("/workloads/1/name").asText()).isEqualTo("W5");
    assertThat(json.at("/workloads/1/flops").asLong()).isEqualTo(26_312);
    assertThat(json.has("processStart")).isFalse();
    assertThat(run.err()).contains("Measuring W4: 30-1, batch 32.", "step µs", "2mnk");
  }

  @Test
  void timesTheFirstStepFromTheStartOfAProcess() throws Exception {
    Run run = Run.process(folder, "bench", "W2", "--quick", "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode start = run.json().get("processStart");
    assertThat(start.get("workload").asText()).isEqualTo("W2");
    assertThat(start.get("runs")).hasSize(1);
    // A JVM alone takes tens of milliseconds: less would mean that nothing was run.
    assertThat(start.get("firstStepMillis").asDouble()).isGreaterThan(20);
    assertThat(run.err()).contains("First trained step of W2");
  }

  @Test
  void printsATable() {
    Run run = Run.here("bench", "W4", "--quick", "--backend", "plain loops");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^workload +net +step µs +GFLOP/s +of peak +first step ms")
        .containsPattern("(?m)^ +W4 +30-1, batch 32 ")
        .contains("f32, 1 thread, backend plain loops; ");
  }

  @Test
  void refusesWhatItCannotRun() {
    refused(Run.here("bench", "W8"), "'W8'", "one of W1, W2", "perhaps");
    refused(Run.here("bench", "W4", "--backend", "plain lops"), "'plain loops'");
    refused(Run.here("bench", "W4", "--threads", "0"), "--threads");
    refused(Run.here("bench", "W4", "--dtype", "f16"), "f16");
  }

  private static void refused(Run run, String... words) {
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("deltagraph: ").contains(words).doesNotContain("\tat ");
  }
}
