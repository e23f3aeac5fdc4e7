package io.deltagraph.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How long it takes from the start of a process to the end of the first training step in it: of a
 * program that does nothing else, in the JVM that this command runs in.
 *
 * @param workload whose step
 * @param millis of each process, in ascending order
 */
record ProcessStart(String workload, ImmutableDoubleArray millis) {
  /** Starts this program again and again as it was started itself; empty if that is not known. */
  static Optional<ProcessStart> measure(String workload, int times) throws IOException {
    Optional<ImmutableList<String>> command =
        OwnCommand.find().map(own -> own.running(FirstStep.class, List.of(workload)));
    if (command.isEmpty()) {
      return Optional.empty();
    }
    double[] millis = new double[times];
    for (int i = 0; i < times; i++) {
      Optional<Double> time = once(command.get());
      if (time.isEmpty()) {
        return Optional.empty();
      }
      millis[i] = time.get();
    }
    Arrays.sort(millis);
    return Optional.of(new ProcessStart(workload, ImmutableDoubleArray.copyOf(millis)));
  }

  double median() {
    return millis.get(millis.length() / 2);
  }

  private static Optional<Double> once(List<String> command) throws IOException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader reader = process.inputReader()) {
      String line = reader.readLine();
      double millis = (System.nanoTime() - start) * 1e-6;
      return FirstStep.DONE.equals(line) ? Optional.of(millis) : Optional.empty();
    } finally {
      process.destroy();
    }
  }
}
