package io.deltagraph.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;

/** Collects what a check found wrong over all cases, and fails once with all of it. */
final class Findings {
  private static final int SHOWN = 5;

  private final Subject subject;
  private final List<String> found = new ArrayList<>();

  /** A step of a check on one case. */
  @FunctionalInterface
  interface Step {
    /** Runs it. */
    void run();
  }

  Findings(Subject subject) {
    this.subject = subject;
  }

  /** Notes that something is wrong. */
  void add(String what) {
    found.add(what);
  }

  /** Notes {@code what} with the case that shows it. */
  void add(Case at, String what) {
    found.add(at + ": " + what);
  }

  /** Runs a step; what it throws is a finding. */
  void guard(Case at, Step step) {
    try {
      step.run();
    } catch (RuntimeException | StackOverflowError e) {
      add(at, "throws " + e);
    }
  }

  /** The first thing that was found. */
  Optional<String> first() {
    return found.stream().findFirst();
  }

  /** Fails if anything was found. */
  void conclude() {
    if (found.isEmpty()) {
      return;
    }
    StringBuilder message =
        new StringBuilder("The op '").append(subject.op().id()).append("' breaks its contract:");
    found.stream().limit(SHOWN).forEach(what -> message.append("\n  ").append(what));
    if (found.size() > SHOWN) {
      message.append("\n  and ").append(found.size() - SHOWN).append(" more");
    }
    throw new AssertionFailedError(message.append("\n  ").append(subject.replay()).toString());
  }
}
