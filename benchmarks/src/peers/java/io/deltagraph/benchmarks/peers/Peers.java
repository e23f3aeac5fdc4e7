package io.deltagraph.benchmarks.peers;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.cli.bench.Pace;
import io.deltagraph.cli.bench.Workload;
import io.deltagraph.models.metrics.TextTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Times this project and others side by side, each engine and workload in a process of its own, one
 * after another, and compares their losses after 1 and 20 steps.
 */
final class Peers {
  private static final ImmutableMap<String, BiFunction<Workload, Integer, Engine>> ENGINES =
      ImmutableMap.of(
          "deltagraph", Deltagraph::start,
          "tf-java", TensorFlowJava::new,
          "djl", DeepJavaLibrary::new);

  private static final String RESULT = "RESULT ";

  /** What an engine said. */
  private record Outcome(double micros, double first, double twentieth) {}

  private Peers() {}

  /**
   * Arguments: the names of workloads, all if there are none. The property {@code threads} is 1 if
   * it is not set.
   */
  public static void main(String[] arguments) throws IOException {
    int threads = Integer.getInteger("threads", 1);
    if (arguments.length == 2 && arguments[0].startsWith("only=")) {
      measure(arguments[0].substring("only=".length()), Workload.named(arguments[1]), threads);
      return;
    }
    List<Workload> workloads =
        arguments.length == 0
            ? Workload.ALL
            : Arrays.stream(arguments).map(Workload::named).toList();
    TextTable table =
        TextTable.of(
            "workload", "engine", "step µs", "times as long", "loss after 1", "after 20", "losses");
    for (Workload workload : workloads) {
      Map<String, Outcome> outcomes = new TreeMap<>();
      for (String engine : ENGINES.keySet()) {
        outcomes.put(engine, inAnotherProcess(engine, workload, threads));
      }
      Outcome ours = outcomes.getOrDefault("deltagraph", new Outcome(0, 0, 0));
      outcomes.forEach((engine, outcome) ->
          table.row(
              workload.name(),
              engine,
              "%.2f".formatted(outcome.micros()),
              "%.2f".formatted(outcome.micros() / ours.micros()),
              "%.6f".formatted(outcome.first()),
              "%.6f".formatted(outcome.twentieth()),
              agreement(workload, ours, outcome)));
    }
    IO.println(table.text());
    IO.println("f32, %d thread(s); medians of repeats after a warm-up.".formatted(threads));
  }

  /**
   * W2 passes a kink of relu within 1e-8 before its second step, and engines place Adam's ε (W3)
   * differently: there only the first step is compared, and W3's within 1e-3.
   */
  private static String agreement(Workload workload, Outcome ours, Outcome theirs) {
    boolean adam = workload.name().equals("W3");
    boolean kink = workload.name().equals("W2");
    boolean first = Math.abs(ours.first() - theirs.first()) <= (adam ? 1e-3 : 1e-5);
    boolean twentieth = adam || kink || Math.abs(ours.twentieth() - theirs.twentieth()) <= 1e-5;
    return first && twentieth ? "agree" : "DIFFER";
  }

  private static void measure(String name, Workload workload, int threads) {
    BiFunction<Workload, Integer, Engine> start = ENGINES.get(name);
    if (start == null) {
      throw new IllegalArgumentException("Engines are " + ENGINES.keySet() + ", got " + name + ".");
    }
    try (Engine engine = start.apply(workload, threads)) {
      engine.step(0);
      double first = engine.loss();
      for (int i = 1; i < 20; i++) {
        engine.step(i);
      }
      double twentieth = engine.loss();
      Pace.Effort effort = new Pace.Effort(Double.parseDouble(warmUp()), 9, 0.25);
      Pace pace = Pace.of(number -> engine.step(number), engine::isSettled, effort);
      IO.println(RESULT + pace.stepMicros() + " " + first + " " + twentieth);
    }
  }

  private static String warmUp() {
    return System.getProperty("warmUp", "10");
  }

  private static Outcome inAnotherProcess(String engine, Workload workload, int threads)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-Dthreads=" + threads,
            "-Dai.djl.offline=true",
            "-Dai.djl.disable_telemetry=true",
            "-cp",
            System.getProperty("java.class.path"),
            Peers.class.getName(),
            "only=" + engine,
            workload.name()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    // Libraries below the engines take their number of threads from here.
    for (String variable : List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
      builder.environment().put(variable, Integer.toString(threads));
    }
    Process process = builder.start();
    try (BufferedReader reader = process.inputReader()) {
      String line = reader.readLine();
      while (line != null && !line.startsWith(RESULT)) {
        line = reader.readLine();
      }
      if (line == null) {
        return new Outcome(Double.NaN, Double.NaN, Double.NaN);
      }
      List<String> words = Splitter.on(' ').splitToList(line.substring(RESULT.length()));
      return new Outcome(
          Double.parseDouble(words.get(0)),
          Double.parseDouble(words.get(1)),
          Double.parseDouble(words.get(2)));
    } finally {
      process.destroy();
    }
  }
}
