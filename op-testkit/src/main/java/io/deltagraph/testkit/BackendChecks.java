package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.check.Program;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.TestReporter;

/**
 * Every backend gives the bits of the plain loops on one thread, forward and backward, in f64 and
 * f32, where a dimension of a case has each of the sizes at which vectors begin and end. The plain
 * loops themselves are held to it on two threads.
 */
final class BackendChecks {
  /** How many ways to vary a size are followed, and how many cases are run as they are. */
  private static final int VARIED = 6;

  private static final int AS_THEY_ARE = 3;

  /** Elements of the largest tensor. */
  private static final int LARGEST = 20_000;

  /** Elements from which two threads share the work, if it is shared at all. */
  private static final int SPLIT = 2_000;

  private final Subject subject;
  private final List<Trial> trials;
  private int runs;

  BackendChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  /** A case, one of whose dimensions takes all sizes. */
  private record Variation(Case at, Dim varied) {
    Case of(int size) {
      ImmutableList.Builder<TensorType> types = ImmutableList.builder();
      for (TensorType type : at.inputs()) {
        List<Dim> dims =
            type.shape().dims().stream().map(d -> d.equals(varied) ? Dim.of(size) : d).toList();
        types.add(type.with(Shape.of(dims)));
      }
      return at.taking(types.build());
    }
  }

  void agree(TestReporter reporter) {
    Findings findings = new Findings(subject);
    Backend reference =
        subject.backends().stream()
            .filter(Backend::isReference)
            .findFirst()
            .orElseThrow(() -> new AssertionError("backends() lacks the plain loops."));
    List<Case> cases = cases();
    for (Case at : cases) {
      for (DType dtype : List.of(DType.F64, DType.F32)) {
        findings.guard(at, () -> compare(findings, reference, at, dtype));
      }
    }
    reporter.publishEntry(subject.op().id() + " on backends", summary(cases.size()));
    findings.conclude();
  }

  private String summary(int cases) {
    String names = subject.backends().stream().map(Backend::name).collect(Collectors.joining(", "));
    return names
        + ": "
        + runs
        + " runs of "
        + cases
        + " cases compared with the plain loops on one thread"
        + (subject.backends().size() > 1
            ? ""
            : "; no other backend is on the class path, so that at most two threads of them were");
  }

  private List<Case> cases() {
    Set<Case> cases = new LinkedHashSet<>();
    trials.stream().map(Trial::at).limit(AS_THEY_ARE).forEach(cases::add);
    List<Variation> variations = variations();
    int stride = Math.max(1, variations.size() / VARIED);
    for (int i = 0; i < variations.size() && i / stride < VARIED; i += stride) {
      for (int size : SizeChecks.SIZES) {
        Case at = variations.get(i).of(size);
        if (taken(at)) {
          cases.add(at);
        }
      }
    }
    return List.copyOf(cases);
  }

  /** The dimensions that can be varied, those of plain cases first. */
  private List<Variation> variations() {
    List<Variation> variations = new ArrayList<>();
    Set<Case> seen = new HashSet<>();
    for (Trial trial : trials) {
      Set<Dim> dims = new LinkedHashSet<>();
      trial.at().inputs().forEach(type -> dims.addAll(type.shape().dims()));
      for (Dim dim : dims) {
        Variation variation = new Variation(trial.at(), dim);
        boolean wide = !dim.isFixed() || dim.size() > 1;
        if (wide && seen.add(variation.of(SizeChecks.SIZES.getLast())) && taken(variation.of(17))) {
          variations.add(variation);
        }
      }
    }
    return variations;
  }

  /** Whether the op takes the case, and nothing gets too large. */
  private boolean taken(Case at) {
    if (at.inputs().stream().anyMatch(type -> tooLarge(type.bind(at.sizes())))) {
      return false;
    }
    try {
      GraphBuilder builder = GraphBuilder.withoutSites(subject.ops());
      TensorType type = Trial.apply(builder, subject.op(), at, DType.F64).type();
      return !tooLarge(type.bind(at.sizes()));
    } catch (GraphException.BadTypes | GraphException.BadAttribute e) {
      return false;
    }
  }

  private static boolean tooLarge(TensorType type) {
    return type.shape().elements() > LARGEST;
  }

  private void compare(Findings findings, Backend reference, Case at, DType dtype) {
    Trial trial = Trial.of(subject, subject.op(), at, dtype, Map.of());
    List<Value> values = new ArrayList<>(List.of(trial.output()));
    List<String> names = new ArrayList<>(List.of("of its output"));
    for (int input : trial.floats()) {
      if (trial.flow(input) instanceof Trial.Flow.Of flow && !spreads(trial, flow.gradient())) {
        values.add(flow.gradient());
        names.add("of the gradient of input " + input);
      }
    }
    List<Tensor> expected;
    try {
      expected = run(trial, values, reference, 1);
    } catch (GraphException.BadInput e) {
      return; // such as an index beyond the size that was varied
    }
    int threads = trial.point().values().stream().anyMatch(t -> t.length() >= SPLIT) ? 2 : 1;
    for (Backend backend : subject.backends()) {
      for (int t = backend.equals(reference) ? 2 : 1; t <= threads; t++) {
        List<Tensor> actual = run(trial, values, backend, t);
        runs++;
        for (int i = 0; i < names.size(); i++) {
          if (!actual.get(i).bitEquals(expected.get(i))) {
            findings.add(
                at,
                "the backend '"
                    + backend.name()
                    + "' on "
                    + (t == 1 ? "1 thread" : t + " threads")
                    + ": element "
                    + difference(actual.get(i), expected.get(i))
                    + ", "
                    + names.get(i)
                    + ", in "
                    + dtype);
            return;
          }
        }
      }
    }
  }

  /** Whether a rule makes more of a large case than a quick test can compute: squares of it. */
  private static boolean spreads(Trial trial, Value gradient) {
    return gradient.builder().graph(Map.of("gradient", gradient)).nodes().stream()
        .anyMatch(node -> node.type().bind(trial.at().sizes()).shape().elements() > 4 * LARGEST);
  }

  private static List<Tensor> run(Trial trial, List<Value> values, Backend backend, int threads) {
    Session.Options options = Session.Options.defaults().withBackend(backend).withThreads(threads);
    try (Program program = Program.of(values, trial.point().keySet(), options)) {
      return program.run(trial.point());
    }
  }

  private static String difference(Tensor actual, Tensor expected) {
    for (int i = 0; i < actual.length(); i++) {
      if (Double.doubleToRawLongBits(actual.get(i))
          != Double.doubleToRawLongBits(expected.get(i))) {
        return i
            + " of "
            + actual.length()
            + " is "
            + actual.get(i)
            + " in place of "
            + expected.get(i);
      }
    }
    return "0 is " + actual + " in place of " + expected;
  }
}
