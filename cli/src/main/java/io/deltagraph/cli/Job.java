package io.deltagraph.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command that is timed as a user runs it: in a process of its own, from before its start until
 * after its end.
 *
 * @param arguments what the user writes behind {@code deltagraph}
 */
record Job(List<String> arguments) {
  /** Seconds until the run begins: the JVM, the options, the plugins. */
  static final String START = "start";

  /** Seconds from the end of the run until the process is gone. */
  static final String END = "end";

  /** Seconds from before the process until after it. */
  static final String WHOLE = "whole";

  /** What a training says of its pace. */
  static final ImmutableList<String> PACE =
      ImmutableList.of(
          "rowsPerSecond",
          "rowsPerSecondAtFirst",
          "settledAfterSeconds",
          "settledRowsPerSecond",
          "fastSteps",
          "steps");

  Job {
    arguments = ImmutableList.copyOf(arguments);
  }

  static Job train(String spec, Path folder, List<String> more) {
    return new Job(
        ImmutableList.<String>builder()
            .add("train", spec, "--json", "--output", folder.resolve("m").toString())
            .addAll(more)
            .build());
  }

  static Job check(String spec) {
    return new Job(List.of("check", spec, "--json"));
  }

  static Job version() {
    return new Job(List.of("--version"));
  }

  /** What the user would write, but for where the model goes. */
  String name() {
    int output = arguments.indexOf("--output");
    return String.join(
        " ",
        Iterables.filter(
            output < 0
                ? arguments
                : Iterables.concat(
                    arguments.subList(0, output), arguments.subList(output + 2, arguments.size())),
            argument -> !argument.equals("--json")));
  }

  /**
   * Runs it once.
   *
   * @param folder for what it writes
   * @return its figures by name, in order; a phase has its name in the report's JSON
   * @throws IOException if it does not end well
   */
  Map<String, Double> run(OwnCommand own, Path folder) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(own.running(Main.class, arguments))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Instant before = Instant.now();
    long start = System.nanoTime();
    Process process = builder.start();
    try {
      process.waitFor();
    } finally {
      process.destroy();
    }
    double whole = (System.nanoTime() - start) * 1e-9;
    if (process.exitValue() != 0) {
      throw new IOException(
          "'deltagraph %s' ended with %d: %s"
              .formatted(name(), process.exitValue(), Files.readString(err).strip()));
    }
    return arguments.contains("--json")
        ? figures(JsonMapper.builder().build().readTree(out.toFile()), before, whole)
        : ImmutableMap.of(WHOLE, whole);
  }

  private static Map<String, Double> figures(JsonNode json, Instant before, double whole) {
    Map<String, Double> figures = new LinkedHashMap<>();
    JsonNode time = json.path("time");
    Instant began = Instant.parse(time.path("started").asText());
    double until = Duration.between(before, began).toNanos() * 1e-9;
    figures.put(START, until);
    time.path("phases").properties().forEach(e -> figures.put(e.getKey(), e.getValue().asDouble()));
    figures.put(END, whole - until - time.path("seconds").asDouble());
    figures.put(WHOLE, whole);
    for (String figure : PACE) {
      JsonNode value = json.path("training").path(figure);
      if (value.isNumber()) {
        figures.put(figure, value.asDouble());
      }
    }
    return ImmutableMap.copyOf(figures);
  }
}
