package io.deltagraph.experiments;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When a run began, and what its time was spent on so far. */
final class RunTime {
  private final String name;
  private final Instant started = Instant.now();
  private final long start = System.nanoTime();
  private final List<RunReport.Timed> phases = new ArrayList<>();
  private long last = start;

  private RunTime(String name) {
    this.name = name;
  }

  /** The run of that name begins. */
  static RunTime of(String name) {
    return new RunTime(name);
  }

  /** All since the phase before was spent on this one. */
  void spentOn(RunReport.Phase phase) {
    long now = System.nanoTime();
    phases.add(new RunReport.Timed(phase, Duration.ofNanos(now - last)));
    last = now;
  }

  RunReport.Origin ended() {
    return new RunReport.Origin(
        name, version(), started, Duration.ofNanos(System.nanoTime() - start), phases);
  }

  private static String version() {
    return Optional.ofNullable(Runs.class.getModule().getDescriptor())
        .flatMap(module -> module.rawVersion())
        .or(() -> Optional.ofNullable(Runs.class.getPackage().getImplementationVersion()))
        .orElse("");
  }
}
