package io.deltagraph.benchmarks.peers;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.print.TextTable;
import io.deltagraph.workloads.Pace;
import io.deltagraph.workloads.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Times this project and others side by side, each engine and workload in a process of its own, one
 * after another, and compares their losses after 1 and 20 steps.
 */
final class Peers {
  private static final String OURS = "deltagraph";

  private static final ImmutableMap<String, BiFunction<Workload, Integer, Engine>> ENGINES =
      ImmutableMap.of(
          OURS, Deltagraph::start, "tf-java", TensorFlowJava::new, "djl", DeepJavaLibrary::new);

  /** Written by hand in Python; runs where the property {@code python} names an interpreter. */
  private static final String NUMPY = "numpy";

  private static final String RESULT = "RESULT ";

  /** An engine on so many threads. */
  private record Contestant(String engine, int threads) {}

  /** What an engine said. */
  private record Outcome(double micros, double first, double twentieth) {}

  private Peers() {}

  /**
   * Arguments: the names of workloads, all if there are none. The property {@code threads} is 1 if
   * it is not set; the others run on one thread besides, which may be what suits them better. The
   * property {@code python} names an interpreter that has numpy, which then takes part.
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
            "workload",
            "engine",
            "threads",
            "step µs",
            "times as long",
            "loss after 1",
            "after 20",
            "losses");
    List<String> differing = new ArrayList<>();
    for (Workload workload : workloads) {
      Outcome ours = inAnotherProcess(new Contestant(OURS, threads), workload);
      row(table, workload, new Contestant(OURS, threads), ours, ours);
      for (String engine : others()) {
        for (int number : threads == 1 ? new int[] {1} : new int[] {threads, 1}) {
          Contestant other = new Contestant(engine, number);
          Outcome theirs = inAnotherProcess(other, workload);
          row(table, workload, other, theirs, ours);
          if (!agree(workload, ours, theirs)) {
            differing.add(workload.name() + " of " + other.engine());
          }
        }
      }
    }
    IO.println(table.text());
    IO.println(
        "f32; the median of nine repeats of a quarter of a second after a warm-up; TensorFlow's"
            + " updates wait for all gradients, but not in nets of one layer (W4, W5)."
            + " Load average at the end %.1f on %d cores."
                .formatted(
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                    Runtime.getRuntime().availableProcessors()));
    if (!differing.isEmpty()) {
      throw new IllegalStateException(
          "Times are not comparable where losses differ: " + String.join(", ", differing));
    }
  }

  private static List<String> others() {
    List<String> engines = new ArrayList<>(ENGINES.keySet());
    engines.remove(OURS);
    if (System.getProperty("python") != null) {
      engines.add(NUMPY);
    }
    return engines;
  }

  private static void row(
      TextTable table, Workload workload, Contestant contestant, Outcome outcome, Outcome ours) {
    table.row(
        workload.name(),
        contestant.engine(),
        Integer.toString(contestant.threads()),
        "%.2f".formatted(outcome.micros()),
        "%.2f".formatted(outcome.micros() / ours.micros()),
        "%.6f".formatted(outcome.first()),
        "%.6f".formatted(outcome.twentieth()),
        agree(workload, ours, outcome) ? "agree" : "DIFFER");
  }

  /**
   * W2 passes a kink of relu within 1e-8 before its second step, and engines place Adam's ε (W3)
   * differently: there only the first step is compared, and W3's within 1e-3.
   */
  private static boolean agree(Workload workload, Outcome ours, Outcome theirs) {
    boolean adam = workload.name().equals("W3");
    boolean kink = workload.name().equals("W2");
    boolean first = Math.abs(ours.first() - theirs.first()) <= (adam ? 1e-3 : 1e-5);
    boolean twentieth = adam || kink || Math.abs(ours.twentieth() - theirs.twentieth()) <= 1e-5;
    return first && twentieth;
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
    return System.getProperty("warmUp", "30");
  }

  private static Outcome inAnotherProcess(Contestant contestant, Workload workload)
      throws IOException {
    String threads = Integer.toString(contestant.threads());
    ProcessBuilder builder = new ProcessBuilder(command(contestant, workload));
    builder.redirectErrorStream(true);
    // Libraries below the engines take their number of threads from here.
    for (String variable : List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
      builder.environment().put(variable, threads);
    }
    Process process = builder.start();
    List<String> said = new ArrayList<>();
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        said.add(line);
        if (line.startsWith(RESULT)) {
          List<String> words = Splitter.on(' ').splitToList(line.substring(RESULT.length()));
          return new Outcome(
              Double.parseDouble(words.get(0)),
              Double.parseDouble(words.get(1)),
              Double.parseDouble(words.get(2)));
        }
      }
    } finally {
      process.destroy();
    }
    throw new IllegalStateException(
        "%s on %s gave no result:\n%s"
            .formatted(contestant, workload.name(), String.join("\n", said)));
  }

  private static List<String> command(Contestant contestant, Workload workload) {
    if (contestant.engine().equals(NUMPY)) {
      String script = System.getProperty("script", "benchmarks/src/peers/python/numpy_by_hand.py");
      return List.of(System.getProperty("python", "python3"), script, workload.name(), warmUp());
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-Dthreads=" + contestant.threads(),
            "-Dai.djl.offline=true",
            "-Dai.djl.disable_telemetry=true",
            "-cp",
            System.getProperty("java.class.path"),
            Peers.class.getName(),
            "only=" + contestant.engine(),
            workload.name()));
    return command;
  }
}
