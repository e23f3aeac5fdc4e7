package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltagraph.plan.Planner;
import io.deltagraph.plan.Step;
import io.deltagraph.type.DType;
import io.deltagraph.workloads.PlanCost;
import io.deltagraph.workloads.Workload;
import io.deltagraph.workloads.WorkloadRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    assertThat(json.at("/workloads/0").has("profile")).isFalse();
    assertThat(run.err()).contains("Measuring W4: 30-1, batch 32.", "step µs", "2mnk");
  }

  @Test
  void profilesTheStepsOfThePlan() throws Exception {
    Run run = Run.here("bench", "W7", "W5", "--quick", "--profile", "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    List<Step> steps =
        PlanCost.steps(
                Planner.plan(WorkloadRun.graph(Workload.named("W7"), DType.F32), Map.of("N", 32)))
            .toList();
    JsonNode profile = run.json().at("/workloads/0/profile");
    assertThat(profile.get("stepMicros").asDouble()).isPositive();
    assertThat(profile.get("clockNanos").asDouble()).isPositive();
    double sum = 0;
    double shares = 0;
    double before = Double.POSITIVE_INFINITY;
    Set<Integer> numbers = new TreeSet<>();
    for (JsonNode part : profile.get("steps")) {
      int number = part.get("step").asInt();
      numbers.add(number);
      if (number == 0) {
        assertThat(part.get("kind").asText()).isEqualTo("input");
      } else {
        assertThat(part.get("kind").asText()).isEqualTo(PlanText.kind(steps.get(number - 1)));
        assertThat(part.get("what").asText()).isEqualTo(PlanText.what(steps.get(number - 1)));
        assertThat(part.get("backend").asText())
            .isIn("plain loops", "plain loops with rows on vectors", "SIMD");
      }
      assertThat(part.get("calls").asInt()).isPositive();
      double micros = part.get("microsPerCall").asDouble();
      assertThat(micros).isBetween(0.0, before);
      assertThat(part.get("totalMicros").asDouble())
          .isCloseTo(micros * part.get("calls").asInt(), within(1e-6));
      before = micros;
      sum += micros;
      shares += part.get("share").asDouble();
    }
    assertThat(numbers)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(0, steps.size()).boxed().collect(Collectors.toList()));
    assertThat(shares).isCloseTo(1, within(1e-9));
    assertThat(profile.get("sumMicros").asDouble()).isCloseTo(sum, within(1e-6));
    assertThat(run.json().at("/workloads/1/profile/steps")).isNotEmpty();
    assertThat(run.err())
        .contains("Where the time of W7 goes", "Where the time of W5 goes", "Reading the clock")
        .containsPattern("(?m)^step +kind +by +calls +total µs +µs a call +share +what$")
        .containsPattern("(?m)^1 +product +(plain loops|SIMD) .*% +matmul");
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
  void timesWholeJobsInProcessesOfTheirOwn() throws Exception {
    Run run = Run.process(folder, "bench", "jobs", "iris", "xor", "--quick", "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode json = run.json();
    assertThat(json.get("jobs").findValuesAsText("command"))
        .containsExactly("train xor", "train iris", "check iris", "--version");
    for (JsonNode job : json.get("jobs")) {
      double whole = median(job, "whole");
      // A JVM alone takes tens of milliseconds: less would mean that nothing was run.
      assertThat(whole).isGreaterThan(0.02);
      assertThat(job.at("/whole/runs")).hasSize(1);
      if (job.has("start")) {
        double parts =
            job.properties().stream()
                .filter(figure -> !figure.getKey().matches("command|whole|.*(Second|First|teps).*"))
                .mapToDouble(figure -> figure.getValue().get("median").asDouble())
                .sum();
        assertThat(parts).isPositive().isCloseTo(whole, within(0.01 * whole));
      }
    }
    JsonNode iris = json.at("/jobs/1");
    assertThat(median(iris, "training")).isPositive();
    assertThat(median(iris, "rowsPerSecond")).isPositive();
    assertThat(median(iris, "rowsPerSecondAtFirst")).isPositive();
    assertThat(median(iris, "fastSteps")).isLessThanOrEqualTo(median(iris, "steps"));
    assertThat(json.at("/predictor/rowMicros").asDouble()).isPositive();
    assertThat(run.err())
        .containsPattern("(?m)^ +seconds +start +data +check +folds +training +check after")
        .containsPattern("(?m)^ *train iris( +[0-9.]+){10}$")
        .containsPattern("(?m)^rows a second +all +first second +settled +settled after s")
        .containsPattern("One row by a predictor that is kept: [0-9.]+ µs");
  }

  private static double median(JsonNode job, String figure) {
    return job.get(figure).get("median").asDouble();
  }

  @Test
  void jobsOfWhatIsNotThereAreRefused() throws Exception {
    Run here = Run.here("bench", "jobs", "xor");
    assertThat(here.exitCode()).isEqualTo(2);
    assertThat(here.err()).contains("bench jobs: found no command line of its own");
    Run none = Run.process(folder, "bench", "jobs", "xxor", "--quick");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("'deltagraph train xxor' ended with 2: deltagraph: xxor");
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
