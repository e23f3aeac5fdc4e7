package io.deltagraph.cli;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** The figures of the runs of a job. */
final class JobFigures {
  private final Job job;
  private final ListMultimap<String, Double> figures =
      MultimapBuilder.linkedHashKeys().arrayListValues().build();

  private JobFigures(Job job) {
    this.job = job;
  }

  static JobFigures of(Job job) {
    return new JobFigures(job);
  }

  Job job() {
    return job;
  }

  /** A run has ended. */
  void add(Map<String, Double> run) {
    run.forEach(figures::put);
  }

  /** What there are figures of. */
  Set<String> names() {
    return figures.keySet();
  }

  /** The median; empty where no run had such a figure. */
  OptionalDouble median(String name) {
    List<Double> sorted = figures.get(name).stream().sorted().toList();
    return sorted.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(sorted.get(sorted.size() / 2));
  }

  /** The figures of all runs that had such a one, in order. */
  List<Double> all(String name) {
    return figures.get(name);
  }
}
