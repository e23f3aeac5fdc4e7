package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The signature tells the truth: as many inputs as it says are taken, no others are. */
final class ArityChecks {
  /** How many inputs beyond the declared ones are tried. */
  private static final int MORE = 2;

  private static final Case NOTHING =
      new Case(ImmutableMap.of(), ImmutableList.of(), ImmutableMap.of(), List.of());

  private final Subject subject;
  private final List<Trial> trials;

  ArityChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  void counts() {
    Findings findings = new Findings(subject);
    OpSignature signature = subject.op().signature();
    for (int count = 0; count <= signature.inputs().size() + MORE; count++) {
      if (signature.takes(count)) {
        if (signature.repeats()) {
          taken(findings, count);
        }
      } else {
        Case at = of(trials.isEmpty() ? NOTHING : trials.getFirst().at(), count);
        refusal(subject.op(), signature, at, applied(subject, at))
            .ifPresent(what -> findings.add(at, what));
      }
    }
    findings.conclude();
  }

  /** What is wrong with how a wrong number of inputs was met: with nothing, or by an exception. */
  static Optional<String> refusal(
      Op<?> op, OpSignature signature, Case at, Optional<RuntimeException> met) {
    String takes = takes(signature);
    if (met.isEmpty()) {
      return Optional.of("is taken, though the signature is " + takes);
    }
    if (!(met.get() instanceof GraphException.BadTypes refused)) {
      return Optional.of("is refused by " + met.get() + " instead of for its number of inputs");
    }
    String message = String.valueOf(refused.getMessage());
    List<String> missing =
        Stream.of(op.id().toString(), takes, "got " + at.inputs().size())
            .filter(part -> !message.contains(part))
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("is refused without a word of " + missing + ": " + message);
  }

  /** The names of the inputs, as the engine writes them. */
  private static String takes(OpSignature signature) {
    return signature.inputs().stream()
        .map(OpSignature.Param::name)
        .collect(Collectors.joining(", ", "(", signature.repeats() ? ", ...)" : ")"));
  }

  private static Optional<RuntimeException> applied(Subject subject, Case at) {
    try {
      Trial.apply(GraphBuilder.withoutSites(subject.ops()), subject.op(), at, DType.F64);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  /** An op whose last input repeats takes that many somewhere, and then computes with them. */
  private void taken(Findings findings, int count) {
    boolean taken = false;
    for (Trial trial : trials) {
      Case at = of(trial.at(), count);
      Optional<RuntimeException> met = applied(subject, at);
      if (met.isEmpty()) {
        taken = true;
        findings.guard(at, () -> Trial.of(subject, at).run());
      } else if (!(met.get() instanceof GraphException.BadTypes)) {
        taken = true; // not refused, but it has its finding
        findings.add(at, "throws " + met.get());
      }
    }
    if (!taken && !trials.isEmpty()) {
      findings.add(
          "its signature takes "
              + count
              + (count == 1 ? " input" : " inputs")
              + ", but it refuses every case with so many");
    }
  }

  /** A case with its last inputs left out, or its last one repeated. */
  private static Case of(Case at, int count) {
    ImmutableList.Builder<TensorType> inputs = ImmutableList.builder();
    ImmutableMap.Builder<Integer, Sampler> samplers = ImmutableMap.builder();
    int last = at.inputs().size() - 1;
    for (int i = 0; i < count; i++) {
      int known = Math.min(i, last);
      inputs.add(last < 0 ? TensorType.scalar(DType.F64) : at.inputs().get(known));
      Sampler sampler = at.samplers().get(known);
      if (sampler != null) {
        samplers.put(i, sampler);
      }
    }
    return new Case(at.attributes(), inputs.build(), samplers.buildOrThrow(), at.outputs());
  }
}
